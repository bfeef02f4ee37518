import type { JudgementCode, Reason } from '../judgement.ts';
import type { Confidence } from '../limitProfile.ts';

/** What a judgement for a destination says to people, in one language. Reasons say what was found and, where something is open, what to do next. */
export interface JudgementWords {
  readonly codes: Readonly<Record<JudgementCode, string>>;
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
}
