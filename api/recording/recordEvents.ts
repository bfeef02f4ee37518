import type { RecordRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { ApiNode } from '../node.ts';

/** What recording works with. */
export type RecordingNode = Pick<ApiNode, 'catalogue' | 'index' | 'log' | 'clock'>;

const LEAVES_AT_ONCE = 1_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 15_000;

interface Candidate {
  leaf: Hex;
  tries: number;
  /** Where its record may be, and its position there. */
  records: { id: Hex; position: number }[];
}

interface Found {
  leaf: Hex;
  record: RecordRow;
  position: number;
}

/**
 * Looks once for the records of events that are due; true where there may be more to look for at once.
 *
 * An event is recorded when the index shows a record of its issuer that anchors it, singly or in a batch whose leaves are known here. Its time is the one that
 * the ledger wrote into that record, the time of the block: of several records the oldest counts, so that both nodes say the same.
 */
export async function recordDueEvents(node: RecordingNode): Promise<boolean> {
  const waiting = node.catalogue.waitingEvents(node.clock(), LEAVES_AT_ONCE);
  if (waiting.length === 0) return false;
  const candidates = waiting.map(({ leaf, tries }) => ({ leaf, tries, records: possibleRecords(node, leaf) }));
  const ids = [...new Set(candidates.flatMap(({ records }) => records.map(({ id }) => id)))];
  const rows = await node.index.records(ids);
  const byId = new Map(ids.map((id, index) => [id, rows[index]]));
  const found = candidates.flatMap((candidate) => oldestRecord(candidate, byId) ?? []).sort(byPlace);
  node.catalogue.record(found.map(({ leaf, record }) => ({ leaf, recordedAt: record.anchored.anchoredAt * 1_000 })));
  const recorded = new Set(found.map(({ leaf }) => leaf));
  const now = node.clock();
  const missing = waiting.filter(({ leaf }) => !recorded.has(leaf));
  node.catalogue.postpone(missing.map(({ leaf, tries }) => ({ leaf, tries: tries + 1, due: now + pauseAfter(tries) })));
  return waiting.length === LEAVES_AT_ONCE;
}

function possibleRecords({ catalogue }: RecordingNode, leaf: Hex): Candidate['records'] {
  const issuer = catalogue.document(leaf)?.issuer;
  if (issuer === undefined) return [];
  const places = catalogue.placesOf(leaf).map(({ root, position }) => ({ id: recordId(issuer, root), position }));
  return [{ id: recordId(issuer, leaf), position: 0 }, ...places];
}

function oldestRecord({ leaf, records }: Candidate, byId: ReadonlyMap<Hex, RecordRow | undefined>): Found | undefined {
  const found = records.flatMap(({ id, position }) => {
    const record = byId.get(id);
    return record === undefined ? [] : [{ leaf, record, position }];
  });
  return found.sort(byPlace)[0];
}

function byPlace(a: Found, b: Found): number {
  return a.record.block - b.record.block || a.record.logIndex - b.record.logIndex || a.position - b.position;
}

// What was never anchored, after a crash, is looked for ever more seldom but never given up.
function pauseAfter(tries: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(tries, 20), LONGEST_PAUSE_MS);
}
