import { ARRANGEMENT_LEVEL, DECISION } from '../law/codes.ts';
import { nameOf } from '../law/names.ts';
import { KIND } from '../ledger/codes.ts';
import type { Inquiry } from './inquiry.ts';
import { cannotCheck, type Judgement, toTime, valid } from './judgement.ts';
import { registrationsOf } from './judgeReport.ts';

/**
 * Asks what the authority of the destination had decided on a laboratory report by the moment. None of it makes the report invalid, and none is final.
 *
 * @returns undefined where there is nothing to ask: of another kind of document, and on a ledger without such a law
 * @throws MissingProof, UnknownRules
 */
export function judgeAccepted({ document, read, law, at, isLater }: Inquiry): Judgement | undefined {
  const laboratories = read.kind === KIND.LABORATORY_REPORT ? law.laboratories() : undefined;
  if (laboratories === undefined) return undefined;
  // A decision may be about the report or about its whole batch.
  const decided = registrationsOf(document, law).flatMap(({ word }) => (word.decidedAt === 0 ? [] : [word]));
  if (isLater) return cannotCheck('STALE');
  const [newest] = decided.filter(({ decidedAt }) => decidedAt <= at).sort((one, other) => other.decidedAt - one.decidedAt);
  // The ledger keeps the newest decision: of one before it nobody can show that there was none.
  if (newest === undefined) return decided.length === 0 ? valid(undefined, 'NOT_DECIDED') : valid(undefined, 'DECIDED_LATER');
  const { decision, decidedAt, by, arrangement } = newest;
  const facts = {
    authority: by,
    decidedAt: toTime(decidedAt),
    decision: nameOf(DECISION, decision),
    arrangement,
    level: nameOf(ARRANGEMENT_LEVEL, laboratories.arrangement(arrangement).level),
  };
  return valid(facts, decision === DECISION.ACCEPTED ? 'ACCEPTED' : 'REFUSED');
}
