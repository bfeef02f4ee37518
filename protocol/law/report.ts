import type { TestResult } from '../credentials/rules/judgeResult.ts';
import type { Basis } from './limitProfile.ts';

/** What judging reads of one line of a laboratory report that satisfies its schema and rules. The line's own limit and verdict are not read. */
export interface ReportLine extends Pick<TestResult, 'kind' | 'value' | 'values' | 'loq'> {
  readonly analyte: { readonly name: string; readonly code?: string };
  readonly unit: string;
  readonly lod?: string;
  /** How many units the line speaks for, where it has no figure for each. */
  readonly plan?: { readonly n: number };
  /** `AS_SOLD` where absent. */
  readonly basis?: Basis;
}

/** What judging reads of a laboratory report: its `credentialSubject`. */
export interface JudgedReport {
  readonly issuedOn: string;
  readonly result: readonly ReportLine[];
}
