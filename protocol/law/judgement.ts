import type { Confidence } from './limitProfile.ts';

/** What is said of one line or of the whole report. */
export type JudgementCode = 'CONFORM' | 'NONCONFORM' | 'INCONCLUSIVE' | 'MISSING_ITEM' | 'NOT_JUDGED';

/**
 * Every reason, the gravest first, with the code that follows from it. The report as a whole is judged by the gravest reason of its lines: it cannot be better
 * than its worst line, a missing test weighs more than one that decides nothing, and what is not judged weighs nothing.
 */
export const REASONS = {
  ABOVE_LIMIT: 'NONCONFORM',
  ABOVE_PLAN_MAXIMUM: 'NONCONFORM',
  TOO_MANY_ABOVE: 'NONCONFORM',
  OUT_OF_RANGE: 'NONCONFORM',
  DETECTED: 'NONCONFORM',
  ITEM_MISSING: 'MISSING_ITEM',
  TOO_FEW_SAMPLES: 'INCONCLUSIVE',
  LOQ_ABOVE_LIMIT: 'INCONCLUSIVE',
  LOD_ABOVE_LIMIT: 'INCONCLUSIVE',
  NO_BOUND: 'INCONCLUSIVE',
  PRESENCE_OPEN: 'INCONCLUSIVE',
  OTHER_UNIT: 'INCONCLUSIVE',
  OTHER_BASIS: 'INCONCLUSIVE',
  OTHER_PORTION: 'INCONCLUSIVE',
  NO_FIGURE: 'INCONCLUSIVE',
  WITHIN_LIMIT: 'CONFORM',
  WITHIN_PLAN: 'CONFORM',
  IN_RANGE: 'CONFORM',
  BELOW_LOQ: 'CONFORM',
  NOT_DETECTED: 'CONFORM',
  LIMIT_UNKNOWN: 'NOT_JUDGED',
  NOT_TESTED: 'NOT_JUDGED',
  NOT_IN_PROFILE: 'NOT_JUDGED',
  NOT_IN_FORCE: 'NOT_JUDGED',
} as const satisfies Record<string, JudgementCode>;

/** Why a line, or the whole report, is judged as it is. */
export type Reason = keyof typeof REASONS;

/** What is said of one line of a report, or of an item that it lacks. */
export interface LineJudgement {
  readonly code: JudgementCode;
  readonly reason: Reason;
  /** The profile's id; of a line that the profile does not know, the report's code or name. */
  readonly analyte: string;
  /** Place of the line in the report; absent where the report has none. */
  readonly line?: number;
  /** As the report tells it, in its unit: figures, `<` and a limit of quantification, `ND`, `DETECTED`, or words. */
  readonly value?: string;
  readonly unit?: string;
  /** As the profile has it, in its unit. */
  readonly limit?: string;
  readonly limitUnit?: string;
  /** Of the profile's item. */
  readonly confidence?: Confidence;
}

/** What is said of a report for one destination. */
export interface Judgement {
  readonly code: JudgementCode;
  /** The gravest reason of the lines. */
  readonly reason: Reason;
  /** `unconfirmed` where the confirmed items alone give another code. */
  readonly confidence: Confidence;
  /** In the order of the profile's items, then those that it does not know. */
  readonly lines: readonly LineJudgement[];
}

const ORDER = Object.keys(REASONS) as Reason[];

/** How grave a reason is: the lower, the graver. */
export function rankOf(reason: Reason): number {
  return ORDER.indexOf(reason);
}

/** The gravest of some reasons; of none, that nothing was tested. */
export function gravest(reasons: readonly Reason[]): Reason {
  return ORDER.find((reason) => reasons.includes(reason)) ?? 'NOT_TESTED';
}
