import type { Hex } from '../encoding/hex.ts';
import type { Facts } from '../errors.ts';
import { nameOf } from '../law/names.ts';
import type { LotWord } from '../law/words.ts';
import { REASON, SHORES } from '../ledger/codes.ts';
import type { Inquiry } from './inquiry.ts';
import { cannotCheck, invalid, type Judgement, toTime, valid } from './judgement.ts';

/** A recall or a hold by one shore. */
interface Stop {
  code: 'RECALLED' | 'ON_HOLD';
  since: number;
  facts: Facts;
}

/**
 * Asks whether the goods of a subject were free at the moment: neither recalled nor held by either shore. Nothing of it is final.
 *
 * @returns undefined where there is nothing to ask: on a ledger without such a law
 * @throws MissingProof, UnknownRules
 */
export function judgeFree(
  subject: Hex,
  { law, at, isLater, timestamp }: Pick<Inquiry, 'law' | 'at' | 'isLater' | 'timestamp'>,
): Judgement | undefined {
  const clearance = law.clearance();
  if (clearance === undefined) return undefined;
  const stops = stopsOf(clearance.lot(subject));
  if (isLater) return cannotCheck('STALE');
  const stop = stops.find(({ since }) => since <= at);
  if (stop !== undefined) return invalid(stop.code, { since: toTime(stop.since), ...stop.facts });
  // Each stop that stands is one change: were there more, others stood and were taken off.
  const isPast = at < timestamp && clearance.lotChanges(subject) !== stops.length;
  return isPast ? cannotCheck('PAST_UNKNOWN') : valid();
}

/** What stops a lot: recalls before holds, the gravest class first. */
function stopsOf(lot: LotWord): Stop[] {
  const recalls = SHORES.map((shore): Stop => {
    const { recalledAt: since, recallClass } = lot[shore];
    return { code: 'RECALLED', since, facts: { shore, class: recallClass } };
  });
  const holds = SHORES.map((shore): Stop => {
    const { heldAt: since, heldBy, reason } = lot[shore];
    return { code: 'ON_HOLD', since, facts: { shore, by: heldBy, reason: nameOf(REASON, reason) } };
  });
  const byClass = recalls.sort((one, other) => Number(one.facts.class) - Number(other.facts.class));
  return [...byClass, ...holds].filter(({ since }) => since !== 0);
}
