import type { Hex } from '../encoding/hex.ts';
import { reasonName, STATUS } from '../ledger/codes.ts';
import { recordId } from '../ledger/ids.ts';
import type { LedgerRecord } from '../ledger/words.ts';
import type { BundleDocument } from './bundle.ts';
import { toTime } from './judgement.ts';
import type { LedgerState } from './ledgerState.ts';

/** How a record stood at a moment: status and reason as of its last change before, which was at `since`. */
export interface Standing {
  id: Hex;
  status: number;
  reason: number;
  since: number;
}

/** The record that anchors a document: its own, or that of its batch. */
export interface AnchoringRecord {
  id: Hex;
  record: LedgerRecord | undefined;
}

/** Finds the record that anchors a document. @throws MissingProof */
export function anchoringRecord({ issuer, anchor }: BundleDocument, state: LedgerState): AnchoringRecord {
  const id = recordId(issuer, anchor.inclusion?.root ?? anchor.leaf);
  return { id, record: state.record(id) };
}

/**
 * How a document stood at a moment: what was said of its batch and what was said of itself alone (docs/spec/ledger.md section 2).
 *
 * @throws MissingProof
 */
export function standingsAt(document: BundleDocument, state: LedgerState, at: number): Standing[] {
  const ids = new Set([anchoringRecord(document, state).id, recordId(document.issuer, document.anchor.leaf)]);
  return [...ids].flatMap((id) => standingOf(id, state, at) ?? []);
}

/** How a record stood at a moment; undefined where there is none. @throws MissingProof */
export function standingOf(id: Hex, state: LedgerState, at: number): Standing | undefined {
  const record = state.record(id);
  return record && standingAt(id, record, state, at);
}

/** When and why a standing came to be, for people. */
export function aboutChange({ since, reason }: Standing): { since: string; reason: string } {
  return { since: toTime(since), reason: reasonName(reason) ?? String(reason) };
}

/** Walks back from the current word to the one that held at the moment; before its first change a record is active. */
function standingAt(id: Hex, current: LedgerRecord, state: LedgerState, at: number): Standing {
  let word = current;
  for (let change = current.changes; change >= 1; change--) {
    if (word.changedAt <= at) return { id, status: word.status, reason: word.reason, since: word.changedAt };
    if (change > 1) word = state.pastRecord(id, change);
  }
  return { id, status: STATUS.ACTIVE, reason: 0, since: current.anchoredAt };
}
