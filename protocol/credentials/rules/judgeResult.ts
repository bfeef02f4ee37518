import { compareDecimals, isDecimal } from './decimal.ts';

/** One line of a laboratory report that satisfies its schema. */
export interface TestResult {
  kind: 'NUMERIC' | 'BELOW_LOQ' | 'NOT_DETECTED' | 'QUALITATIVE' | 'DETECTED';
  value?: string;
  values?: string[];
  loq?: string;
  limit?: Limit;
  plan?: SamplingPlan;
  verdict: Verdict;
}

/** Sampling plan with `n` units: at most `c` above `m`, none above `M` (ICMSF; GB 4789.1, Korean Food Code). Two classes where `M` is absent. */
export interface SamplingPlan {
  n: number;
  c: number;
  m: string;
  M?: string;
}

/** An upper or lower limit, or none at all allowed. */
export interface Limit {
  operator: '<=' | '<' | '>=' | '>' | 'ABSENT';
  value: string;
}

type Verdict = 'PASS' | 'FAIL' | 'INCONCLUSIVE' | 'NO_LIMIT';

/**
 * What follows from the figures alone, by exact decimal comparison; undefined where they do not decide, such as words of a qualitative test.
 */
export function judgeResult(result: TestResult): Verdict | undefined {
  if (result.plan === undefined && result.limit === undefined) return 'NO_LIMIT';
  const values = valuesOf(result);
  if (result.kind === 'NUMERIC') return values.length === 0 ? undefined : judgeNumbers(result, values);
  if (result.kind === 'QUALITATIVE') return undefined;
  if (result.kind === 'DETECTED') return result.limit?.operator === 'ABSENT' ? 'FAIL' : undefined;
  return judgeAbsence(result);
}

/** The figures of a result: of each unit under a plan, else one. */
export function valuesOf({ value, values }: Pick<TestResult, 'value' | 'values'>): string[] {
  return values ?? (value !== undefined && isDecimal(value) ? [value] : []);
}

/** What units taken under a plan break of it: `M` where one lies above M, `c` where too many lie above m; undefined where they keep to it. */
export function breachOf({ c, m, M }: SamplingPlan, values: readonly string[]): 'M' | 'c' | undefined {
  const above = (bound: string) => values.filter((value) => compareDecimals(value, bound) > 0).length;
  if (M !== undefined && above(M) > 0) return 'M';
  return above(m) > c ? 'c' : undefined;
}

/** Tells whether a figure keeps to a limit. */
export function keepsTo({ operator, value: limit }: Limit, value: string): boolean {
  const order = compareDecimals(value, limit);
  if (operator === 'ABSENT') return compareDecimals(value, '0') === 0;
  if (operator.startsWith('<')) return order < 0 || (operator === '<=' && order === 0);
  return order > 0 || (operator === '>=' && order === 0);
}

function judgeNumbers({ plan, limit }: TestResult, values: readonly string[]): Verdict | undefined {
  // Under a plan the plan decides: single units may lie above the limit m.
  if (plan !== undefined) return pass(breachOf(plan, values) === undefined);
  return limit === undefined ? undefined : pass(values.every((value) => keepsTo(limit, value)));
}

/** Not detected, or below what can be quantified: known to be under an upper limit where the limit of quantification is. */
function judgeAbsence({ kind, loq, limit }: TestResult): Verdict | undefined {
  if (limit === undefined) return undefined;
  const isUpper = limit.operator === '<=' || limit.operator === '<';
  if (kind === 'NOT_DETECTED' && (limit.operator === 'ABSENT' || isUpper)) return 'PASS';
  if (kind === 'BELOW_LOQ' && isUpper && loq !== undefined) return compareDecimals(loq, limit.value) <= 0 ? 'PASS' : 'INCONCLUSIVE';
  return undefined;
}

function pass(holds: boolean): Verdict {
  return holds ? 'PASS' : 'FAIL';
}
