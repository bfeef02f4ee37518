import type { VerdictCode } from './codes.ts';
import type { Finding, Question, Verdict } from './verdict.ts';

/** Codes that the ledger's proven state alone decides; any other INVALID is the fault of whoever gave the answer. */
const DECIDED_BY_STATE: Readonly<Partial<Record<Question, 'any' | readonly string[]>>> = {
  anchored: ['NOT_ANCHORED', 'KIND_MISMATCH'],
  issuer: ['KEY_UNKNOWN', 'KEY_OF_ANOTHER'],
  accreditation: 'any',
  status: 'any',
  superseded: 'any',
  free: 'any',
};
/** Codes about what an answer tells of a registration, not about the registration. */
const TOLD_WRONG: ReadonlySet<string> = new Set<VerdictCode>(['LINES_WRONG', 'FACTS_WRONG', 'PANEL_WRONG']);

/** The first finding for which the answer is to blame, not the document: such an answer says nothing. */
export function answerFault({ findings }: Pick<Verdict, 'findings'>): Finding | undefined {
  return findings.find(({ question, answer, code }) => {
    if (question === 'block') return answer !== 'VALID';
    const decided = DECIDED_BY_STATE[question];
    return answer === 'INVALID' && (TOLD_WRONG.has(code) || (decided !== 'any' && !decided?.includes(code)));
  });
}
