import { hasCheckDigit } from '../../gs1/checkDigit.ts';
import type { Problem } from '../schema/jsonSchema.ts';
import { compareDecimals, isDecimal } from './decimal.ts';
import { judgeResult, type TestResult, valuesOf } from './judgeResult.ts';

/** What the rules read of a laboratory report that satisfies its schema. */
export interface ReportClaims {
  credentialSubject: Report;
}

interface Report {
  product: { gtin: string };
  sample: { sampledOn: string; receivedOn: string };
  analysedFrom: string;
  analysedTo: string;
  issuedOn: string;
  result: TestResult[];
  overall: 'CONFORM' | 'NONCONFORM' | 'INCONCLUSIVE' | 'NOT_JUDGED';
}

const SUBJECT = '/credentialSubject';

/** Rules of a laboratory report beyond its schema. */
export function reportRules(report: Report): Problem[] {
  return [
    ...dateRules(report),
    ...when(!hasCheckDigit(report.product.gtin), '/product/gtin', 'CHECK_DIGIT_WRONG'),
    ...report.result.flatMap((result, index) => resultRules(result, `/result/${index}`)),
    ...when(!overallFollows(report), '/overall', 'OVERALL_WRONG'),
  ];
}

/** Sampled, received, analysed, issued: none before the other. */
function dateRules({ sample: { sampledOn, receivedOn }, analysedFrom, analysedTo, issuedOn }: Report): Problem[] {
  const steps = [
    ['/sample/sampledOn', sampledOn],
    ['/sample/receivedOn', receivedOn],
    ['/analysedFrom', analysedFrom],
    ['/analysedTo', analysedTo],
    ['/issuedOn', issuedOn],
  ] as const;
  return steps.flatMap(([at, day], index) => when(index > 0 && day < (steps[index - 1]?.[1] ?? ''), at, 'DATE_ORDER'));
}

function resultRules(result: TestResult, at: string): Problem[] {
  return [...valueRules(result, at), ...planRules(result, at), ...when(!verdictFollows(result), `${at}/verdict`, 'VERDICT_WRONG')];
}

/** A figure for a numeric result and none for one without: a hidden or a second one would leave it to the reader what to believe. */
function valueRules({ kind, value, values, loq }: TestResult, at: string): Problem[] {
  const numeric = kind === 'NUMERIC';
  const silent = kind === 'BELOW_LOQ' || kind === 'NOT_DETECTED';
  return [
    ...when(numeric && value === undefined && values === undefined, `${at}/value`, 'REQUIRED'),
    ...when(numeric && value !== undefined && !isDecimal(value), `${at}/value`, 'WRONG_FORMAT'),
    ...when(silent && value !== undefined, `${at}/value`, 'UNEXPECTED'),
    ...when(!numeric && values !== undefined, `${at}/values`, 'UNEXPECTED'),
    ...when(value !== undefined && values !== undefined, `${at}/values`, 'UNEXPECTED'),
    ...when(kind === 'BELOW_LOQ' && loq === undefined, `${at}/loq`, 'REQUIRED'),
  ];
}

function planRules(result: TestResult, at: string): Problem[] {
  const { plan, kind } = result;
  if (plan === undefined) return [];
  return [
    ...when(kind === 'NUMERIC' && valuesOf(result).length !== plan.n, `${at}/values`, 'PLAN_COUNT_WRONG'),
    ...when(plan.c > plan.n, `${at}/plan/c`, 'PLAN_WRONG'),
    ...when(plan.M !== undefined && compareDecimals(plan.M, plan.m) < 0, `${at}/plan/M`, 'PLAN_WRONG'),
  ];
}

/** A laboratory may be more careful than its figures (ISO/IEC 17025 clause 7.8.6, decision rules): INCONCLUSIVE is always its to say, where it had a limit. */
function verdictFollows(result: TestResult): boolean {
  const expected = judgeResult(result);
  if (expected === 'NO_LIMIT' || result.verdict === 'NO_LIMIT') return result.verdict === expected;
  return expected === undefined || result.verdict === expected || result.verdict === 'INCONCLUSIVE';
}

function overallFollows({ result, overall }: Report): boolean {
  const verdicts = new Set(result.map(({ verdict }) => verdict));
  if (verdicts.has('FAIL')) return overall === 'NONCONFORM';
  if (verdicts.has('INCONCLUSIVE')) return overall === 'INCONCLUSIVE';
  return overall === (verdicts.has('PASS') ? 'CONFORM' : 'NOT_JUDGED');
}

function when(holds: boolean, pointer: string, code: string): Problem[] {
  return holds ? [{ pointer: SUBJECT + pointer, code, severity: 'error' }] : [];
}
