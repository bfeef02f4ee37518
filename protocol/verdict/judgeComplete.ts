import type { Hex } from '../encoding/hex.ts';
import { EMPTY_HEAD, extendHead, headCount, recordId, subjectKey } from '../ledger/ids.ts';
import type { Bundle, BundleSubject } from './bundle.ts';
import { invalid, type Judgement, valid } from './judgement.ts';
import type { LedgerState } from './ledgerState.ts';

/**
 * Asks whether a subject's history is whole: its entries give the head that the ledger keeps, and each of them has its document, in order.
 *
 * @throws MissingProof
 */
export function judgeComplete({ documents }: Bundle, { id, salt, entries }: BundleSubject, state: LedgerState): Judgement {
  const head = state.subjectHead(subjectKey(id, salt));
  const told = entries.reduce<Hex>(extendHead, EMPTY_HEAD);
  if (told !== head) return invalid('ENTRIES_OMITTED', { told: entries.length, recorded: headCount(head) });
  // A document may have been named for a subject more than once.
  const named = [...new Set(entries)];
  const stray = documents.findIndex(({ issuer, anchor }, index) => recordId(issuer, anchor.leaf) !== named[index]);
  if (documents.length !== named.length || stray >= 0)
    return invalid('ENTRY_UNKNOWN', { entries: entries.length, documents: documents.length });
  const withheld = documents.filter(({ type }) => type === 'withheld').length;
  return withheld === 0 ? valid({ entries: entries.length }) : valid({ entries: entries.length, withheld }, 'BODY_WITHHELD');
}
