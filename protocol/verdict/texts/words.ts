import type { VerdictCode } from '../codes.ts';
import type { Answer, Question } from '../verdict.ts';

/** What a verdict says to people, in one language. Codes say what was found and what to do next. */
export interface VerdictWords {
  readonly questions: Readonly<Record<Question, string>>;
  readonly answers: Readonly<Record<Answer, string>>;
  readonly codes: Readonly<Record<VerdictCode, string>>;
}
