import { expect } from 'chai';
import fc from 'fast-check';
import { compareDecimals, movePoint } from '../../../protocol/credentials/rules/decimal.ts';
import { judge } from '../../../protocol/law/judge.ts';
import { type Judgement, rankOf } from '../../../protocol/law/judgement.ts';
import type { LimitItem, LimitProfile } from '../../../protocol/law/limitProfile.ts';
import type { ReportLine } from '../../../protocol/law/report.ts';
import { UNITS, type Unit } from '../../../protocol/law/units.ts';
import { itemOf, lineOf, profileWith } from './judgeFixture.ts';

/** A decimal text with so many digits after its point. */
function decimalText(digits: bigint, scale: number): string {
  const plain = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const sign = digits < 0n ? '-' : '';
  return scale === 0 ? sign + plain : `${sign}${plain.slice(0, -scale)}.${plain.slice(-scale)}`;
}

const MASS = UNITS.filter(({ quantity }) => quantity === 'mass fraction');
const scale = fc.nat(12);
const digits = fc.bigInt(0n, 10n ** 15n);
// Few digits, so that figures meet their limits often.
const small = fc.tuple(fc.bigInt(0n, 40n), fc.nat(2)).map(([value, places]) => decimalText(value, places));
const limit = itemOf('Pb', { kind: 'maximum', limit: '2.5', unit: { code: 'NA', symbol: 'mg/kg' } });
const plan = itemOf('APC', { kind: 'plan', n: 5, c: 2, m: '2.5', M: '20', unit: { code: 'CFU/g', symbol: 'CFU/g' } });
const absent = itemOf('EGGS', { kind: 'absent', required: false });
const range = itemOf('PH', { kind: 'range', min: '1', max: '9', unit: { code: 'Q30', symbol: 'pH' }, required: false });
const profile = profileWith(limit, plan, absent, range);

const samples = fc.array(small, { minLength: 1, maxLength: 7 });
const anyLine: fc.Arbitrary<ReportLine> = fc.oneof(
  small.map((value) => lineOf(limit, { value })),
  small.map((loq) => lineOf(limit, { kind: 'BELOW_LOQ', loq })),
  fc.constantFrom('mg/kg', 'CFU/g', 'grain').map((unit) => lineOf(limit, { value: '1', unit })),
  samples.map((values) => lineOf(plan, { values, unit: 'CFU/g' })),
  fc.constantFrom('DETECTED' as const, 'NOT_DETECTED' as const, 'BELOW_LOQ' as const).map((kind) => lineOf(absent, { kind, unit: 'C62' })),
  small.map((value) => lineOf(range, { value, unit: 'pH' })),
  fc.constant<ReportLine>({ analyte: { name: 'Zinc' }, kind: 'NUMERIC', value: '1', unit: 'mg/kg' }),
);
const anyReport = fc.array(anyLine, { maxLength: 6 });

const by = (of: LimitProfile, result: readonly ReportLine[]): Judgement => judge({ issuedOn: '2026-06-01', result }, of);
const codeOf = (item: LimitItem, line: Partial<ReportLine>) => by(profileWith(item), [lineOf(item, line)]).code;
/** How good a code is, the worst being 0. */
const goodness = ({ code }: Judgement) => ['NONCONFORM', 'MISSING_ITEM', 'INCONCLUSIVE', 'CONFORM', 'NOT_JUDGED'].indexOf(code);
const said = ({ code, reason, confidence, lines }: Judgement) => ({
  whole: [code, reason, confidence],
  lines: lines.map((line) => `${line.analyte} ${line.reason} ${[...(line.value ?? '')].sort().join('')}`).sort(),
});

describe('judge, of any report', () => {
  it('never forgives a higher value', () => {
    fc.assert(
      fc.property(small, small, (value, more) => {
        const [lower, higher] = compareDecimals(value, more) <= 0 ? [value, more] : [more, value];
        if (codeOf(limit, { value: lower }) === 'NONCONFORM') expect(codeOf(limit, { value: higher })).to.equal('NONCONFORM');
      }),
    );
  });

  it('never forgives a higher sample', () => {
    fc.assert(
      fc.property(samples, fc.nat(), small, (values, at, more) => {
        const place = at % values.length;
        const raised = values.map((value, index) => (index === place && compareDecimals(more, value) > 0 ? more : value));
        const before = codeOf(plan, { values, unit: 'CFU/g' });
        const after = codeOf(plan, { values: raised, unit: 'CFU/g' });
        if (before === 'NONCONFORM') expect(after).to.equal('NONCONFORM');
        if (after === 'CONFORM') expect(before).to.equal('CONFORM');
      }),
    );
  });

  it('does not depend on the unit', () => {
    fc.assert(
      fc.property(
        digits,
        scale,
        fc.constantFrom(...MASS),
        fc.constantFrom(...MASS),
        fc.constantFrom('NUMERIC', 'BELOW_LOQ'),
        (value, places, from, to, kind) => {
          const asTold = (unit: Unit) => {
            const figure = movePoint(decimalText(value, places), from.exponent - unit.exponent);
            return by(profile, [
              lineOf(limit, { unit: unit.code, ...(kind === 'NUMERIC' ? { value: figure } : { kind: 'BELOW_LOQ', loq: figure }) }),
            ]).lines[0]?.reason;
          };
          // Longer figures than a report may have: exactness does not end there.
          expect(asTold(to)).to.equal(asTold(from)).and.not.equal('OTHER_UNIT');
        },
      ),
    );
  });

  it('does not depend on the unit of the limit', () => {
    fc.assert(
      fc.property(small, fc.constantFrom(...MASS), (value, unit) => {
        const moved = movePoint('2.5', -6 - unit.exponent);
        const same = itemOf('Pb', { kind: 'maximum', limit: moved, unit: { code: unit.code, symbol: unit.symbol } });
        expect(codeOf(same, { value })).to.equal(codeOf(limit, { value }));
      }),
    );
  });

  it('does not depend on the order of lines', () => {
    const shuffled = anyReport.chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })));
    fc.assert(
      fc.property(shuffled, ([lines, other]) => {
        expect(said(by(profile, other))).to.deep.equal(said(by(profile, lines)));
      }),
    );
  });

  it('does not depend on the order of samples', () => {
    const shuffled = samples.chain((values) => fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })));
    fc.assert(
      fc.property(shuffled, ([values, other]) => {
        const report = (each: string[]) => said(by(profile, [lineOf(plan, { values: each, unit: 'CFU/g' })]));
        expect(report(other)).to.deep.equal(report(values));
      }),
    );
  });

  it('is never worse for a conforming line more', () => {
    fc.assert(
      fc.property(anyReport, anyLine, (lines, line) => {
        const before = by(profile, lines);
        const after = by(profile, [...lines, line]);
        const added = by(profileWith(...profile.items.map((item) => ({ ...item, required: false }))), [line]);
        if (added.code === 'CONFORM' && before.code !== 'NOT_JUDGED') expect(goodness(after)).to.be.at.least(goodness(before));
        if (added.code === 'NONCONFORM') expect(after.code).to.equal('NONCONFORM');
      }),
    );
  });

  it('is as grave as its gravest line', () => {
    fc.assert(
      fc.property(anyReport, (lines) => {
        const { reason, code, lines: judged } = by(profile, lines);
        expect(rankOf(reason)).to.equal(Math.min(...judged.map((line) => rankOf(line.reason))));
        expect(goodness({ code } as Judgement)).to.equal(Math.min(...judged.map((line) => goodness({ code: line.code } as Judgement))));
      }),
    );
  });
});

describe('decimals', () => {
  const decimal = fc.tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.nat(30));

  it('compare as rationals do', () => {
    fc.assert(
      fc.property(decimal, decimal, ([a, aScale], [b, bScale]) => {
        // a / 10^aScale < b / 10^bScale exactly where a * 10^bScale < b * 10^aScale.
        const one = a * 10n ** BigInt(bScale);
        const other = b * 10n ** BigInt(aScale);
        expect(compareDecimals(decimalText(a, aScale), decimalText(b, bScale))).to.equal(one < other ? -1 : one > other ? 1 : 0);
      }),
    );
  });

  it('move their point as rationals do', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: -40, max: 40 }), ([value, places], move) => {
        const [whole = '', fraction = ''] = movePoint(decimalText(value, places), move).split('.');
        // moved / 10^f = value * 10^move / 10^places
        const moved = BigInt(whole + fraction) * 10n ** BigInt(places + Math.max(0, -move));
        expect(moved).to.equal(value * 10n ** BigInt(fraction.length + Math.max(0, move)));
      }),
    );
  });
});
