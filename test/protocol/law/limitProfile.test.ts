import { createHash } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { profileDigest, readLimitProfile } from '../../../protocol/law/limitProfile.ts';
import { readTestPanel } from '../../../protocol/law/testPanel.ts';
import { withField } from '../../fixtures/demoClaims.ts';
import { refusalOf } from '../codeOf.ts';
import { lawText, lawValue } from './lawFiles.ts';

const COSMETICS = lawValue('profiles/kr-cosmetics') as JsonObject;
const PICKLED = lawValue('profiles/cn-pickled-vegetables') as JsonObject;
const PH = 13;

describe('readLimitProfile', () => {
  const CASES: [name: string, profile: JsonObject, path: string, value: unknown, code: string, at?: string][] = [
    ['a missing field', COSMETICS, '/destination', undefined, 'REQUIRED'],
    ['an unknown field', COSMETICS, '/notes', 'x', 'UNEXPECTED'],
    ['a profile that is none', COSMETICS, '/items/0', 'Pb', 'WRONG_TYPE'],
    ['a destination that is none', COSMETICS, '/destination', 'JP', 'NOT_ALLOWED'],
    ['a limit that is a number', COSMETICS, '/items/0/limit', 20, 'WRONG_TYPE'],
    ['a limit in powers of ten', COSMETICS, '/items/0/limit', '2e1', 'WRONG_FORMAT'],
    ['a negative limit', COSMETICS, '/items/0/limit', '-1', 'WRONG_FORMAT'],
    ['a kind that is none', COSMETICS, '/items/0/kind', 'minimum', 'NOT_ALLOWED'],
    ['a member of another kind', COSMETICS, '/items/0/min', '1', 'UNEXPECTED'],
    ['a unit that is none', COSMETICS, '/items/0/unit/code', 'MPN/g', 'UNIT_UNKNOWN'],
    ['a limit without its source', COSMETICS, '/items/0/source', undefined, 'REQUIRED'],
    ['a title in two languages', COSMETICS, '/title/ko', undefined, 'REQUIRED'],
    ['an empty title', COSMETICS, '/title/ko', '', 'TOO_SHORT'],
    ['an endless title', COSMETICS, '/title/ko', 'x'.repeat(501), 'TOO_LONG'],
    ['no items', COSMETICS, '/items', [], 'TOO_FEW'],
    ['too many HS codes', COSMETICS, '/product/hs', Array.from({ length: 21 }, () => '330499'), 'TOO_MANY'],
    ['a code beyond its bits', COSMETICS, '/code', 65_536, 'OUT_OF_RANGE'],
    ['a day that is none', COSMETICS, '/effectiveFrom', '2026-02-29', 'NO_SUCH_DATE'],
    ['an end before the beginning', COSMETICS, '/effectiveUntil', '2025-12-31', 'DATE_ORDER'],
    ['one analyte twice', COSMETICS, '/items/1/analyte/id', 'Pb', 'DUPLICATE_ANALYTE'],
    ['an upper bound below the lower', COSMETICS, `/items/${PH}/max`, '2.99', 'RANGE_WRONG'],
    ['a required item that is unconfirmed', COSMETICS, '/items/0/confidence', 'unconfirmed', 'REQUIRED_UNCONFIRMED', '/items/0/required'],
    ['an unknown limit that is confirmed', COSMETICS, '/items/14/confidence', 'confirmed', 'NOT_ALLOWED'],
    ['more exceptions than units', PICKLED, '/items/1/c', 6, 'PLAN_WRONG'],
    ['M below m', PICKLED, '/items/1/M', '99', 'PLAN_WRONG'],
    ['a portion by volume', PICKLED, '/items/0/portion/unit', 'MLT', 'NOT_ALLOWED'],
  ];
  for (const [name, profile, path, value, code, at = path] of CASES) {
    it(`refuses ${name}`, () => {
      expect(refusalOf(() => readLimitProfile(withField(profile, path, value)))).to.deep.equal({ code, pointer: at });
    });
  }

  it('refuses what is no object', () => {
    expect(refusalOf(() => readLimitProfile([]))).to.deep.equal({ code: 'WRONG_TYPE', pointer: '' });
  });

  it('takes a profile that ends on its first day', () => {
    expect(readLimitProfile({ ...COSMETICS, effectiveUntil: '2026-01-01' }).effectiveUntil).to.equal('2026-01-01');
  });

  it('refuses whatever the schema refuses', () => {
    const oracle = new Ajv2020({ strictRequired: false }).compile(lawValue('schema/limitProfile.schema') as object);
    // What a schema cannot say.
    const BEYOND = ['NO_SUCH_DATE', 'UNIT_UNKNOWN', 'DATE_ORDER', 'DUPLICATE_ANALYTE', 'RANGE_WRONG', 'PLAN_WRONG'];
    const paths = (value: unknown, path = ''): string[] =>
      typeof value !== 'object' || value === null
        ? [path]
        : [path, ...Object.entries(value).flatMap(([name, child]) => paths(child, `${path}/${name}`))];
    const values = fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      'x',
      '1',
      '-1',
      '1e2',
      0,
      1,
      1.5,
      300,
      true,
      [],
      {},
      'confirmed',
      'plan',
      'absent',
      '2026-13-01',
    );
    const change = fc.tuple(fc.constantFrom(COSMETICS, PICKLED), fc.nat(), fc.constantFrom('', '', '', '/added'), values);
    fc.assert(
      fc.property(change, ([profile, at, suffix, value]) => {
        const all = paths(profile).slice(1);
        const path = all[at % all.length] as string;
        let changed = profile;
        try {
          changed = JSON.parse(JSON.stringify(withField(profile, path + suffix, value))) as JsonObject;
        } catch {
          // A text holds no members.
        }
        let code = 'OK';
        try {
          readLimitProfile(changed);
        } catch (error) {
          code = (error as { code: string }).code;
        }
        expect(BEYOND.includes(code) || oracle(changed) === (code === 'OK'), `${path}${suffix} ${JSON.stringify(value)} ${code}`).to.equal(
          true,
        );
      }),
      { numRuns: 1500 },
    );
  });
});

describe('profileDigest', () => {
  it('is SHA-256 of the exact text', () => {
    const text = lawText('profiles/kr-kimchi');
    expect(profileDigest(text)).to.equal(`0x${createHash('sha256').update(text, 'utf8').digest('hex')}`);
    expect(profileDigest(`${text} `)).not.to.equal(profileDigest(text));
  });
});

describe('readTestPanel', () => {
  const panel = lawValue('panels/cosmetics') as JsonObject;
  const refused = (path: string, value: unknown) => refusalOf(() => readTestPanel(withField(panel, path, value)));

  it('refuses an entry away from its bit', () => {
    expect(refused('/entries/1/index', 2)).to.deep.equal({ code: 'INDEX_WRONG', pointer: '/entries/1/index' });
    expect(refused('/entries/1/index', 256)).to.deep.equal({ code: 'OUT_OF_RANGE', pointer: '/entries/1/index' });
  });

  it('refuses one test on two bits', () => {
    expect(refused('/entries/1/analyte', 'Pb')).to.deep.equal({ code: 'DUPLICATE_ENTRY', pointer: '/entries/1' });
  });
});
