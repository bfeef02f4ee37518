import type { SubjectHead } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { Reader } from '../access/reader.ts';
import { type SealedEntry, sealedEntries } from '../access/sealedEntries.ts';
import { inParallel } from '../inParallel.ts';
import type { ApiNode } from '../node.ts';

/** What the ledger counts under one identifier, under each salt that is known of it. */
export interface GoodsHistory {
  id: string;
  heads: (SubjectHead & { subject: Hex; salt: Hex })[];
  /** Entries on the ledger, over all heads. */
  entries: number;
  sealed: SealedEntry[];
}

/** Most identifiers asked for at once. */
export const MOST_HISTORIES = 1_000;
/** Histories whose entries are read at once, where they are read. */
const READ_AT_ONCE = 16;

/**
 * Counts what the ledger holds of each identifier and finds what the reader is not shown of it. One query for all heads; the entries themselves are read only
 * where the ledger counts other than the events that everybody may see here.
 *
 * @param ids canonical Digital Link URIs, at most 1,000
 */
export async function historiesOf(node: ApiNode, reader: Reader, ids: readonly string[]): Promise<Map<string, GoodsHistory>> {
  const subjects = node.catalogue.subjectsOfAll(ids);
  const heads = await headsOf(
    node,
    subjects.map(({ key }) => key),
  );
  // Of a history with certificates or reports the entries are always read: nothing here tells whether the ledger holds each of them.
  const doubtful = subjects.filter(({ key, recorded }) => heads.has(key) && heads.get(key)?.entries !== recorded);
  const sealed = new Map(
    await inParallel(READ_AT_ONCE, doubtful, async ({ key }) => [key, await sealedEntries(node, reader, key)] as const),
  );
  const histories = new Map<string, GoodsHistory>(ids.map((id) => [id, { id, heads: [], entries: 0, sealed: [] }]));
  for (const { id, key, salt } of subjects) {
    const head = heads.get(key);
    const history = histories.get(id);
    if (head === undefined || history === undefined) continue;
    history.heads.push({ ...head, subject: key, salt });
    history.entries += head.entries;
    history.sealed.push(...(sealed.get(key) ?? []));
  }
  return histories;
}

/** An identifier may have been recorded under several salts: there can be more subjects than identifiers. */
async function headsOf(node: ApiNode, keys: readonly Hex[]): Promise<Map<Hex, SubjectHead>> {
  const parts = Array.from({ length: Math.ceil(keys.length / MOST_HISTORIES) }, (_, part) =>
    node.index.subjectHeads(keys.slice(part * MOST_HISTORIES, (part + 1) * MOST_HISTORIES)),
  );
  return new Map((await Promise.all(parts)).flatMap((heads) => [...heads]));
}
