import { expect } from 'chai';
import fc from 'fast-check';
import { certificateOfOrigin } from '../../../protocol/credentials/profiles/certificateOfOrigin.ts';
import { laboratoryReport } from '../../../protocol/credentials/profiles/laboratoryReport.ts';
import type { Profile } from '../../../protocol/credentials/profiles/profile.ts';
import { oneYearAfter } from '../../../protocol/credentials/rules/days.ts';
import { compareDecimals } from '../../../protocol/credentials/rules/decimal.ts';
import { judgeResult, type TestResult } from '../../../protocol/credentials/rules/judgeResult.ts';
import { demoClaims, withField } from '../../fixtures/demoClaims.ts';
import { issuerIn, MEMBER } from '../../fixtures/ledgerFixture.ts';

const ID = 'urn:uuid:00000000-0000-4000-8000-000000000000';

/** Problems of a demo document with fields changed, as `pointer CODE`; the subject's pointers without their beginning. */
function problemsOf(profile: Profile, name: Parameters<typeof demoClaims>[0], changes: Record<string, unknown>): string[] {
  // Left to the profile, which knows it by the date.
  let claims = withField(demoClaims(name), '/formVersion', undefined);
  for (const [path, value] of Object.entries(changes)) claims = withField(claims, `/credentialSubject${path}`, value);
  const whole = profile.complete({ ...claims, type: [...profile.type], id: ID, issuer: { ...issuerIn(MEMBER.laboratory) } });
  return profile.validate(whole).map(({ pointer, code }) => `${pointer.replace('/credentialSubject', '')} ${code}`);
}

const certificate = (changes: Record<string, unknown> = {}) => problemsOf(certificateOfOrigin, 'laver/certificate-of-origin', changes);
const report = (changes: Record<string, unknown> = {}) => problemsOf(laboratoryReport, 'laver/lab-report-export', changes);
const kimchi = (changes: Record<string, unknown> = {}) => problemsOf(laboratoryReport, 'kimchi/lab-report', changes);

describe('certificateOfOrigin', () => {
  const line = (demoClaims('laver/certificate-of-origin').credentialSubject as { lineItem: object[] }).lineItem[0];
  const lines = (count: number) => Array.from({ length: count }, (_, index) => ({ ...line, sequence: index + 1 }));

  it('finds nothing in a certificate that is in order', () => {
    expect(certificate()).to.deep.equal([]);
  });

  it('knows the form by the date of issue', () => {
    const old = { '/issuedOn': '2022-06-11', '/transport/departureDate': '2022-06-11' };
    expect(certificate({ ...old, '/lineItem': lines(20) })).to.deep.equal([]);
    expect(certificate({ ...old, '/lineItem': lines(21) })).to.deep.equal(['/lineItem TOO_MANY_LINES']);
    expect(certificate({ '/issuedOn': '2022-06-12', '/transport/departureDate': '2022-06-12', '/lineItem': lines(21) })).to.deep.equal([]);
    const wrong = certificateOfOrigin.validate({
      ...certificateOfOrigin.complete({
        ...demoClaims('laver/certificate-of-origin'),
        type: [...certificateOfOrigin.type],
        id: ID,
        issuer: { ...issuerIn(1) },
      }),
      formVersion: '2015',
    });
    expect(wrong.map(({ code }) => code)).to.deep.equal(['FORM_VERSION_WRONG']);
  });

  it('lets late issue pass with a warning, unless it is marked', () => {
    expect(certificate({ '/transport/departureDate': '2026-10-05' })).to.deep.equal([]);
    expect(certificate({ '/transport/departureDate': '2026-10-04' })).to.deep.equal(['/issuedOn LATE_ISSUE']);
    const retroactive = { '/remarks': { issuedRetroactively: true } };
    expect(certificate({ '/transport/departureDate': '2025-10-12', ...retroactive })).to.deep.equal([]);
    expect(certificate({ '/transport/departureDate': '2025-10-11', ...retroactive })).to.deep.equal(['/issuedOn TOO_LATE_RETROACTIVE']);
  });

  it('wants item numbers without gaps', () => {
    expect(certificate({ '/lineItem': [line, { ...line, sequence: 3 }] })).to.deep.equal(['/lineItem/1/sequence ITEM_NUMBER_WRONG']);
  });

  it('checks the digits of products and parties', () => {
    expect(certificate({ '/lineItem/0/gtin': '09521001001020' })).to.deep.equal(['/lineItem/0/gtin CHECK_DIGIT_WRONG']);
    expect(certificate({ '/exporter/gln': '9521001000001' })).to.deep.equal(['/exporter/gln CHECK_DIGIT_WRONG']);
    expect(certificate({ '/producer/0/gln': '9521001000011' })).to.deep.equal(['/producer/0/gln CHECK_DIGIT_WRONG']);
  });

  it('takes the words of box 2, and no others', () => {
    for (const words of ['SAME', 'AVAILABLE UPON REQUEST']) expect(certificate({ '/producer': words })).to.deep.equal([]);
    expect(certificate({ '/producer': 'same' })).to.deep.equal(['/producer NOT_ALLOWED']);
    expect(certificate({ '/producer/0/country': 'Korea' })).to.deep.equal(['/producer/0/country WRONG_FORMAT']);
  });

  it('is valid for one year', () => {
    expect(oneYearAfter('2026-10-12')).to.equal('2027-10-12');
    expect(oneYearAfter('2028-02-29')).to.equal('2029-02-28');
  });
});

describe('laboratoryReport', () => {
  it('finds nothing in reports that are in order', () => {
    expect(report()).to.deep.equal([]);
    expect(kimchi()).to.deep.equal([]);
  });

  it('wants dates in their order', () => {
    expect(report({ '/sample/receivedOn': '2026-09-15' })).to.deep.equal(['/sample/receivedOn DATE_ORDER']);
    expect(report({ '/issuedOn': '2026-09-19' })).to.deep.equal(['/issuedOn DATE_ORDER']);
  });

  it('wants as many values as the plan has units', () => {
    expect(report({ '/result/0/values': ['2100', '4800'] })).to.deep.equal(['/result/0/values PLAN_COUNT_WRONG']);
    expect(report({ '/result/0/plan': { n: 5, c: 6, m: '30000', M: '100000' } })).to.deep.equal(['/result/0/plan/c PLAN_WRONG']);
    expect(report({ '/result/0/plan': { n: 5, c: 2, m: '30000', M: '20000' } })).to.deep.equal(['/result/0/plan/M PLAN_WRONG']);
  });

  it('wants the verdict that the figures give', () => {
    // Scenario S4: two between m and M are allowed, one above M is not.
    const recalled = { '/result/0/values': ['18000', '42000', '61000', '150000', '9500'] };
    expect(report(recalled)).to.deep.equal(['/result/0/verdict VERDICT_WRONG']);
    expect(report({ ...recalled, '/result/0/verdict': 'FAIL', '/overall': 'NONCONFORM' })).to.deep.equal([]);
    expect(report({ '/result/0/verdict': 'NO_LIMIT', '/overall': 'NOT_JUDGED' })).to.deep.equal(['/result/0/verdict VERDICT_WRONG']);
    expect(report({ '/result/0/verdict': 'INCONCLUSIVE', '/overall': 'INCONCLUSIVE' })).to.deep.equal([]);
    expect(kimchi({ '/result/0/value': '0.3000' })).to.deep.equal([]);
    expect(kimchi({ '/result/0/value': '0.3001' })).to.deep.equal(['/result/0/verdict VERDICT_WRONG']);
  });

  it('wants the overall result that the verdicts give', () => {
    expect(report({ '/overall': 'NOT_JUDGED' })).to.deep.equal(['/overall OVERALL_WRONG']);
  });

  it('wants figures where there are some, and none where there are none', () => {
    expect(kimchi({ '/result/0/value': undefined })).to.deep.equal(['/result/0/value REQUIRED']);
    expect(kimchi({ '/result/0/value': '1e-2' })).to.deep.equal(['/result/0/value WRONG_FORMAT']);
    expect(kimchi({ '/result/2/value': '0.1' })).to.deep.equal(['/result/2/value UNEXPECTED']);
    expect(kimchi({ '/result/0/kind': 'BELOW_LOQ', '/result/0/value': undefined })).to.include('/result/0/loq REQUIRED');
  });
});

describe('judgeResult', () => {
  const limit = { operator: '<=', value: '10' } as const;
  const CASES: [name: string, result: Omit<TestResult, 'verdict'>, expected: string | undefined][] = [
    ['a value at the limit', { kind: 'NUMERIC', value: '10.0', limit }, 'PASS'],
    ['a value at a strict limit', { kind: 'NUMERIC', value: '10.0', limit: { ...limit, operator: '<' } }, 'FAIL'],
    ['a least value', { kind: 'NUMERIC', value: '9.99', limit: { ...limit, operator: '>=' } }, 'FAIL'],
    ['a negative value', { kind: 'NUMERIC', value: '-10.5', limit }, 'PASS'],
    ['below a quantification under the limit', { kind: 'BELOW_LOQ', loq: '0.5', limit }, 'PASS'],
    ['below a quantification over the limit', { kind: 'BELOW_LOQ', loq: '10.1', limit }, 'INCONCLUSIVE'],
    ['nothing detected', { kind: 'NOT_DETECTED', limit: { operator: 'ABSENT', value: '0' } }, 'PASS'],
    ['something detected', { kind: 'DETECTED', limit: { operator: 'ABSENT', value: '0' } }, 'FAIL'],
    ['words', { kind: 'QUALITATIVE', value: 'typical', limit }, undefined],
    ['no limit', { kind: 'NUMERIC', value: '1' }, 'NO_LIMIT'],
    ['two classes, one too many', { kind: 'NUMERIC', values: ['1', '2', '2'], plan: { n: 3, c: 1, m: '1' } }, 'FAIL'],
    ['two classes, as many as allowed', { kind: 'NUMERIC', values: ['1', '1', '2'], plan: { n: 3, c: 1, m: '1' } }, 'PASS'],
  ];
  for (const [name, result, expected] of CASES) {
    it(`judges ${name}`, () => {
      expect(judgeResult({ ...result, verdict: 'PASS' })).to.equal(expected);
    });
  }
});

describe('compareDecimals', () => {
  it('orders as exact numbers do', () => {
    const decimal = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.nat(4));
    fc.assert(
      fc.property(decimal, decimal, ([a, aScale], [b, bScale]) => {
        const text = (value: number, scale: number) => {
          const digits = String(Math.abs(value)).padStart(scale + 1, '0');
          return `${value < 0 ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
        };
        const exact = BigInt(a) * 10n ** BigInt(4 - aScale) - BigInt(b) * 10n ** BigInt(4 - bScale);
        expect(compareDecimals(text(a, aScale), text(b, bScale))).to.equal(exact < 0n ? -1 : exact > 0n ? 1 : 0);
      }),
    );
  });
});
