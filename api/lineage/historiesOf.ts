import type { Place, SubjectEntryRow, SubjectHead } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { type KindName, kindName } from '../../protocol/ledger/codes.ts';
import type { CatalogueSubject } from '../catalogue/catalogue.ts';
import type { ApiNode } from '../node.ts';

/** An entry of a history that the reader is not shown: that it exists, of which kind and by whom, is told always. */
export interface SealedEntry {
  leaf: Hex;
  /** Of the record that anchors it; undefined while that is not indexed. */
  kind: KindName | undefined;
  issuer: number;
}

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
const ENTRIES_A_PAGE = 1_000;

/**
 * Counts what the ledger holds of each identifier and finds what is not shown of it. One query for all heads; the entries themselves are read only where the
 * ledger counts more than is known here.
 *
 * @param ids canonical Digital Link URIs, at most 1,000
 */
export async function historiesOf(node: ApiNode, ids: readonly string[]): Promise<Map<string, GoodsHistory>> {
  const subjects = node.catalogue.subjectsOfAll(ids);
  const heads = await headsOf(
    node,
    subjects.map(({ key }) => key),
  );
  const histories = new Map<string, GoodsHistory>(ids.map((id) => [id, { id, heads: [], entries: 0, sealed: [] }]));
  for (const { id, key, salt, documents } of subjects) {
    const head = heads.get(key);
    const history = histories.get(id);
    if (head === undefined || history === undefined) continue;
    history.heads.push({ ...head, subject: key, salt });
    history.entries += head.entries;
    if (head.entries !== documents) history.sealed.push(...(await sealedEntries(node, { id, key, salt })));
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

/** Entries whose document is not kept here. */
async function sealedEntries(node: ApiNode, { key }: CatalogueSubject): Promise<SealedEntry[]> {
  const sealed = new Map<Hex, SubjectEntryRow>();
  for (let after: Place | undefined; ; ) {
    const page = await node.index.subjectEntries(key, { first: ENTRIES_A_PAGE, ...(after !== undefined && { after }) });
    for (const row of page.rows) if (node.catalogue.document(row.leaf) === undefined) sealed.set(row.leaf, row);
    after = page.rows.at(-1);
    if (!page.hasNext || after === undefined) break;
  }
  const rows = [...sealed.values()];
  const records = await node.index.records(rows.map(({ record }) => record));
  return rows.map(({ leaf, issuer }, index) => ({ leaf, issuer, kind: kindName(records[index]?.kind ?? 0) }));
}
