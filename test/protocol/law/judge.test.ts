import { expect } from 'chai';
import { judge } from '../../../protocol/law/judge.ts';
import type { LimitItem, LimitProfile } from '../../../protocol/law/limitProfile.ts';
import type { ReportLine } from '../../../protocol/law/report.ts';
import { refusalOf } from '../codeOf.ts';
import { itemOf, lineOf, profileWith } from './judgeFixture.ts';

const lead = itemOf('Pb', { kind: 'maximum', limit: '10', unit: { code: 'NA', symbol: 'mg/kg' } });
const dry = itemOf('Pb', { kind: 'maximum', limit: '10', unit: { code: 'NA', symbol: 'mg/kg' }, basis: 'DRY_WEIGHT' });
const count = itemOf('APC', { kind: 'plan', n: 5, c: 2, m: '30000', M: '100000', unit: { code: 'CFU/g', symbol: 'CFU/g' } });
const twoClass = itemOf('APC', { kind: 'plan', n: 3, c: 1, m: '100', unit: { code: 'CFU/g', symbol: 'CFU/g' } });
const oneTrace = itemOf('APC', { kind: 'plan', n: 3, c: 1, m: '0', unit: { code: 'CFU/g', symbol: 'CFU/g' } });
const salmonella = itemOf('SALM', {
  kind: 'plan',
  n: 5,
  c: 0,
  m: '0',
  unit: { code: 'C62', symbol: '1' },
  portion: { value: '25', unit: 'GRM' },
});
const eggs = itemOf('PARASITE', { kind: 'absent' });
const listeria = itemOf('LISTERIA', { kind: 'absent', portion: { value: '25', unit: 'GRM' } });
const acidity = itemOf('PH', { kind: 'range', min: '3', max: '9', unit: { code: 'Q30', symbol: 'pH' } });
const nickel = itemOf('Ni', { kind: 'unknown', required: false, confidence: 'unconfirmed' });

const numeric = (value: string, unit = 'mg/kg'): Partial<ReportLine> => ({ kind: 'NUMERIC', value, unit });
const below = (loq: string, unit = 'mg/kg'): Partial<ReportLine> => ({ kind: 'BELOW_LOQ', loq, unit });
const nothing = (more: Partial<ReportLine> = {}): Partial<ReportLine> => ({ kind: 'NOT_DETECTED', unit: 'mg/kg', ...more });
const counts = (...values: string[]): Partial<ReportLine> => ({ kind: 'NUMERIC', values, unit: 'CFU/g' });
const words = (value: string): Partial<ReportLine> => ({ kind: 'QUALITATIVE', value, unit: 'C62' });
const detected = (unit = 'C62'): Partial<ReportLine> => ({ kind: 'DETECTED', unit });
const of5 = { plan: { n: 5 } };

const CASES: [name: string, item: LimitItem, line: Partial<ReportLine>, expected: string][] = [
  // Upper limits.
  ['a value exactly at the limit', lead, numeric('10'), 'CONFORM WITHIN_LIMIT'],
  ['the limit with more zeros', lead, numeric('10.000'), 'CONFORM WITHIN_LIMIT'],
  ['one unit in the last place above', lead, numeric('10.001'), 'NONCONFORM ABOVE_LIMIT'],
  ['thirty places above the limit', lead, numeric(`10.${'0'.repeat(29)}1`), 'NONCONFORM ABOVE_LIMIT'],
  ['a negative value', lead, numeric('-0.1'), 'CONFORM WITHIN_LIMIT'],
  ['several values, one above', lead, { kind: 'NUMERIC', values: ['9', '10.1'], unit: 'mg/kg' }, 'NONCONFORM ABOVE_LIMIT'],
  ['a quantification below the limit', lead, below('9.99'), 'CONFORM BELOW_LOQ'],
  ['a quantification at the limit', lead, below('10.0'), 'CONFORM BELOW_LOQ'],
  ['a quantification above the limit', lead, below('10.01'), 'INCONCLUSIVE LOQ_ABOVE_LIMIT'],
  ['a quantification that is not told', lead, { kind: 'BELOW_LOQ', unit: 'mg/kg' }, 'INCONCLUSIVE NO_BOUND'],
  ['a detection below the limit', lead, nothing({ lod: '9.99' }), 'CONFORM NOT_DETECTED'],
  ['a detection at the limit', lead, nothing({ lod: '10' }), 'CONFORM NOT_DETECTED'],
  ['a detection above the limit', lead, nothing({ lod: '10.01' }), 'INCONCLUSIVE LOD_ABOVE_LIMIT'],
  ['a detection known by its quantification', lead, nothing({ loq: '10' }), 'CONFORM NOT_DETECTED'],
  ['a quantification above, without detection', lead, nothing({ loq: '11' }), 'INCONCLUSIVE LOQ_ABOVE_LIMIT'],
  ['a detection that is not told', lead, nothing(), 'INCONCLUSIVE NO_BOUND'],
  ['a detection without a figure', lead, detected('mg/kg'), 'INCONCLUSIVE NO_FIGURE'],
  ['words for a figure', lead, { ...words('low'), unit: 'mg/kg' }, 'INCONCLUSIVE NO_FIGURE'],
  // Units and basis.
  ['an equal unit', lead, numeric('10', 'ppm'), 'CONFORM WITHIN_LIMIT'],
  ['a smaller unit at the limit', lead, numeric('10000', 'ug/kg'), 'CONFORM WITHIN_LIMIT'],
  ['a smaller unit above the limit', lead, numeric('1000.1', 'ug/100g'), 'NONCONFORM ABOVE_LIMIT'],
  ['a larger unit above the limit', lead, numeric('0.010001', 'g/kg'), 'NONCONFORM ABOVE_LIMIT'],
  ['a percentage by mass', lead, numeric('0.001', '%w/w'), 'CONFORM WITHIN_LIMIT'],
  ['a quantification in a smaller unit', lead, below('10001', 'J33'), 'INCONCLUSIVE LOQ_ABOVE_LIMIT'],
  ['a unit that does not convert', lead, numeric('1', 'CFU/g'), 'INCONCLUSIVE OTHER_UNIT'],
  ['a unit that nobody knows', lead, numeric('1', 'grain'), 'INCONCLUSIVE OTHER_UNIT'],
  ['counts by volume', count, { ...counts('1', '1', '1', '1', '1'), unit: 'CFU/mL' }, 'INCONCLUSIVE OTHER_UNIT'],
  ['another basis in the report', lead, { ...numeric('1'), basis: 'DRY_WEIGHT' }, 'INCONCLUSIVE OTHER_BASIS'],
  ['another basis in the profile', dry, numeric('1'), 'INCONCLUSIVE OTHER_BASIS'],
  ['another basis of counts', count, { ...counts('1', '1', '1', '1', '1'), basis: 'DRY_WEIGHT' }, 'INCONCLUSIVE OTHER_BASIS'],
  ['one basis in both', dry, { ...numeric('10'), basis: 'DRY_WEIGHT' }, 'CONFORM WITHIN_LIMIT'],
  ['a basis said as it goes without saying', lead, { ...numeric('10'), basis: 'AS_SOLD' }, 'CONFORM WITHIN_LIMIT'],
  // Sampling plans.
  ['samples exactly at m', count, counts('30000', '30000', '30000', '30000', '30000'), 'CONFORM WITHIN_PLAN'],
  ['c samples between m and M', count, counts('30001', '100000', '1', '1', '1'), 'CONFORM WITHIN_PLAN'],
  ['more than c samples above m', count, counts('30001', '30001', '30001', '1', '1'), 'NONCONFORM TOO_MANY_ABOVE'],
  ['c kept and M broken', count, counts('100001', '1', '1', '1', '1'), 'NONCONFORM ABOVE_PLAN_MAXIMUM'],
  ['too few samples', count, counts('1', '1', '1', '1'), 'INCONCLUSIVE TOO_FEW_SAMPLES'],
  ['one value for a plan', count, numeric('1', 'CFU/g'), 'INCONCLUSIVE TOO_FEW_SAMPLES'],
  ['too few samples, one above M', count, counts('1', '100001'), 'NONCONFORM ABOVE_PLAN_MAXIMUM'],
  ['too few samples, too many above m', count, counts('30001', '30001', '30001'), 'NONCONFORM TOO_MANY_ABOVE'],
  ['more samples than the plan has', count, counts('30001', '30001', '1', '1', '1', '30001'), 'NONCONFORM TOO_MANY_ABOVE'],
  ['no values under a plan', count, { kind: 'NUMERIC', values: [], unit: 'CFU/g' }, 'INCONCLUSIVE NO_FIGURE'],
  ['two classes, c above m', twoClass, counts('101', '100', '100'), 'CONFORM WITHIN_PLAN'],
  ['two classes, more above m', twoClass, counts('101', '101', '100'), 'NONCONFORM TOO_MANY_ABOVE'],
  ['one trace that is allowed', oneTrace, counts('7', '0', '0'), 'CONFORM WITHIN_PLAN'],
  ['all samples below quantification', count, { ...below('30000', 'CFU/g'), ...of5 }, 'CONFORM BELOW_LOQ'],
  ['samples below quantification above m', count, { ...below('30001', 'CFU/g'), ...of5 }, 'INCONCLUSIVE LOQ_ABOVE_LIMIT'],
  ['below quantification in how many', count, below('10', 'CFU/g'), 'INCONCLUSIVE TOO_FEW_SAMPLES'],
  ['detected under a plan of counts', count, detected('CFU/g'), 'INCONCLUSIVE NO_FIGURE'],
  // Absence.
  ['nothing found', eggs, nothing({ unit: 'C62' }), 'CONFORM NOT_DETECTED'],
  ['something found', eggs, detected(), 'NONCONFORM DETECTED'],
  ['a count of nothing', eggs, numeric('0.0', 'C62'), 'CONFORM NOT_DETECTED'],
  ['a count of something', eggs, numeric('0.01', 'C62'), 'NONCONFORM DETECTED'],
  ['nothing quantified where nothing may be', eggs, below('0.1'), 'INCONCLUSIVE PRESENCE_OPEN'],
  ['words where nothing may be', eggs, words('typical'), 'INCONCLUSIVE NO_FIGURE'],
  ['a count that is missing', eggs, { kind: 'NUMERIC', unit: 'C62' }, 'INCONCLUSIVE NO_FIGURE'],
  ['absence from 25 g', listeria, nothing({ unit: '/25g' }), 'CONFORM NOT_DETECTED'],
  ['absence from more', listeria, nothing({ unit: '/50g' }), 'CONFORM NOT_DETECTED'],
  ['absence from less', listeria, nothing({ unit: '/10g' }), 'INCONCLUSIVE OTHER_PORTION'],
  ['absence by the method', listeria, nothing({ unit: 'C62' }), 'CONFORM NOT_DETECTED'],
  ['a concentration of nothing', listeria, numeric('0', 'CFU/g'), 'INCONCLUSIVE OTHER_UNIT'],
  ['a concentration of something', listeria, numeric('1', 'CFU/g'), 'NONCONFORM DETECTED'],
  ['presence in 25 g', listeria, detected('/25g'), 'NONCONFORM DETECTED'],
  ['presence in less', listeria, detected('/10g'), 'NONCONFORM DETECTED'],
  ['presence in more', listeria, detected('/100g'), 'INCONCLUSIVE OTHER_PORTION'],
  ['absence from each of five', salmonella, nothing({ unit: '/25g', ...of5 }), 'CONFORM NOT_DETECTED'],
  ['five counts of nothing', salmonella, { kind: 'NUMERIC', values: ['0', '0', '0', '0', '0'], unit: '/25g' }, 'CONFORM NOT_DETECTED'],
  ['absence from how many', salmonella, nothing({ unit: '/25g' }), 'INCONCLUSIVE TOO_FEW_SAMPLES'],
  ['absence from four', salmonella, nothing({ unit: '/25g', plan: { n: 4 } }), 'INCONCLUSIVE TOO_FEW_SAMPLES'],
  ['presence in one of how many', salmonella, detected('/25g'), 'NONCONFORM DETECTED'],
  ['presence in one of five', salmonella, { kind: 'NUMERIC', values: ['0', '0', '1', '0', '0'], unit: '/25g' }, 'NONCONFORM DETECTED'],
  // Ranges.
  ['the lower bound', acidity, numeric('3', 'pH'), 'CONFORM IN_RANGE'],
  ['the upper bound', acidity, numeric('9.00', 'Q30'), 'CONFORM IN_RANGE'],
  ['below the range', acidity, numeric('2.99', 'pH'), 'NONCONFORM OUT_OF_RANGE'],
  ['above the range', acidity, numeric('9.01', 'pH'), 'NONCONFORM OUT_OF_RANGE'],
  ['no figure for a range', acidity, below('1', 'pH'), 'INCONCLUSIVE NO_FIGURE'],
  // Limits without a figure.
  ['a limit that is not known', nickel, numeric('1000'), 'NOT_JUDGED LIMIT_UNKNOWN'],
];

const say = ({ code, reason }: { code: string; reason: string }) => `${code} ${reason}`;
const on = (profile: LimitProfile, ...result: ReportLine[]) => judge({ issuedOn: '2026-06-01', result }, profile);

describe('judge', () => {
  for (const [name, item, line, expected] of CASES) {
    it(`judges ${name}`, () => {
      const { lines, ...whole } = on(profileWith(item), lineOf(item, line));
      expect(lines.map(say)).to.deep.equal([expected]);
      expect(say(whole)).to.equal(expected);
    });
  }

  describe('of a whole report', () => {
    const optional = itemOf('Cd', { kind: 'maximum', limit: '5', unit: { code: 'NA', symbol: 'mg/kg' }, required: false });
    const profile = profileWith(lead, eggs, optional, nickel);
    const clean = lineOf(eggs, nothing({ unit: 'C62' }));

    it('asks for required items only', () => {
      const { code, lines } = on(profile, lineOf(lead, numeric('1')));
      expect(code).to.equal('MISSING_ITEM');
      expect(lines.map((line) => `${line.analyte} ${say(line)}`)).to.deep.equal([
        'Pb CONFORM WITHIN_LIMIT',
        'PARASITE MISSING_ITEM ITEM_MISSING',
        'Cd NOT_JUDGED NOT_TESTED',
        'Ni NOT_JUDGED NOT_TESTED',
      ]);
    });

    it('goes by the worst line', () => {
      const overall = (...lines: ReportLine[]) => on(profile, ...lines).code;
      expect(overall(lineOf(lead, numeric('1')), clean)).to.equal('CONFORM');
      expect(overall(lineOf(lead, below('11')), clean)).to.equal('INCONCLUSIVE');
      expect(overall(lineOf(lead, below('11')))).to.equal('MISSING_ITEM');
      expect(overall(lineOf(lead, numeric('11')))).to.equal('NONCONFORM');
    });

    it('lets no second line take back a first', () => {
      const overall = (...lines: ReportLine[]) => say(on(profile, clean, ...lines));
      expect(overall(lineOf(lead, numeric('1')), lineOf(lead, numeric('2')))).to.equal('CONFORM WITHIN_LIMIT');
      expect(overall(lineOf(lead, numeric('1')), lineOf(lead, numeric('11')))).to.equal('NONCONFORM ABOVE_LIMIT');
      expect(overall(lineOf(lead, numeric('1')), lineOf(lead, below('11')))).to.equal('INCONCLUSIVE LOQ_ABOVE_LIMIT');
    });

    it('shows what the profile does not know', () => {
      const { code, lines } = on(profile, lineOf(lead, numeric('1')), clean, {
        analyte: { name: 'Zinc' },
        kind: 'NUMERIC',
        value: '9999',
        unit: 'mg/kg',
      });
      expect(code).to.equal('CONFORM');
      expect(lines.at(-1)).to.deep.equal({
        code: 'NOT_JUDGED',
        reason: 'NOT_IN_PROFILE',
        analyte: 'Zinc',
        line: 2,
        value: '9999',
        unit: 'mg/kg',
      });
    });

    it('judges nothing where nothing is required or tested', () => {
      expect(say(on(profileWith(optional)))).to.equal('NOT_JUDGED NOT_TESTED');
      expect(say(on(profileWith(optional), clean))).to.equal('NOT_JUDGED NOT_TESTED');
    });

    it('knows analytes by code, else by name', () => {
      const named = (name: string, code?: string) =>
        on(profileWith(lead), { ...lineOf(lead, numeric('1')), analyte: code === undefined ? { name } : { name, code } }).code;
      for (const name of ['name of Pb', ' NAME  of pb', 'zh Pb', 'ko Pb']) expect(named(name), name).to.equal('CONFORM');
      expect(named('anything', 'Pb')).to.equal('CONFORM');
      expect(named('name of Pb', '7439-92-1')).to.equal('CONFORM');
      expect(named('name of Cd', '7440-43-9')).to.equal('MISSING_ITEM');
    });

    it('says when it rests on an unconfirmed limit', () => {
      const doubtful = itemOf('Cd', {
        kind: 'maximum',
        limit: '5',
        unit: { code: 'NA', symbol: 'mg/kg' },
        required: false,
        confidence: 'unconfirmed',
      });
      const confidence = (value: string) => {
        const judgement = on(profileWith(lead, doubtful), lineOf(lead, numeric('1')), lineOf(doubtful, numeric(value)));
        return `${judgement.code} ${judgement.confidence}`;
      };
      expect(confidence('5')).to.equal('CONFORM confirmed');
      expect(confidence('6')).to.equal('NONCONFORM unconfirmed');
    });

    it('tells values and limits as they stand', () => {
      const told = (item: LimitItem, line: Partial<ReportLine>) => {
        const { value, unit, limit, limitUnit } = on(profileWith(item), lineOf(item, line)).lines[0] ?? {};
        return [value, unit, limit, limitUnit];
      };
      expect(told(lead, numeric('1.50', 'ppm'))).to.deep.equal(['1.50', 'ppm', '10', 'mg/kg']);
      expect(told(lead, below('0.5'))).to.deep.equal(['<0.5', 'mg/kg', '10', 'mg/kg']);
      expect(told(eggs, nothing({ unit: 'C62' }))).to.deep.equal(['ND', 'C62', 'ND', undefined]);
      expect(told(listeria, detected('/25g'))).to.deep.equal(['DETECTED', '/25g', 'ND/25g', undefined]);
      expect(told(count, counts('1', '2'))).to.deep.equal(['1 / 2', 'CFU/g', 'n=5 c=2 m=30000 M=100000', 'CFU/g']);
      expect(told(salmonella, words('x'))).to.deep.equal(['x', 'C62', 'n=5 c=0 m=0/25g', '1']);
      expect(told(acidity, numeric('7', 'pH'))).to.deep.equal(['7', 'pH', '3–9', 'pH']);
    });
  });

  describe('on a day', () => {
    const profile = { ...profileWith(lead), effectiveFrom: '2026-02-01', effectiveUntil: '2026-06-30' };
    const report = (issuedOn: string) => ({ issuedOn, result: [lineOf(lead, numeric('11'))] });

    it('judges on the first and the last day in force', () => {
      for (const day of ['2026-02-01', '2026-06-30']) expect(judge(report('2020-01-01'), profile, day).code, day).to.equal('NONCONFORM');
    });

    it('does not judge out of force', () => {
      for (const day of ['2026-01-31', '2026-07-01'])
        expect(judge(report('2026-03-01'), profile, day), day).to.deep.equal({
          code: 'NOT_JUDGED',
          reason: 'NOT_IN_FORCE',
          confidence: 'confirmed',
          lines: [],
        });
    });

    it('goes by the day of issue where none is given', () => {
      expect(judge(report('2026-06-30'), profile).code).to.equal('NONCONFORM');
      expect(judge(report('2026-07-01'), profile).code).to.equal('NOT_JUDGED');
    });

    it('refuses a day that is none', () => {
      expect(refusalOf(() => judge(report('2026-03-01'), profile, '2026-02-30'))).to.deep.equal({ code: 'NO_SUCH_DATE', pointer: '' });
      expect(refusalOf(() => judge(report('soon'), profile))).to.deep.equal({ code: 'WRONG_FORMAT', pointer: '/issuedOn' });
    });
  });
});
