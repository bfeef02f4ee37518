import type { Place, SubjectEntryRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { ApiNode } from '../node.ts';
import { maySee } from './maySee.ts';
import type { Reader } from './reader.ts';

/** An entry of a history that the reader is not shown: that it exists, of which kind and by whom, is told always. */
export interface SealedEntry {
  leaf: Hex;
  /** Code of the kind of the record that anchors it; 0 while that is not indexed. */
  kind: number;
  issuer: number;
  /** NOT_RELEASED: it is not for this reader; UNAVAILABLE: it is not here. */
  reason: 'NOT_RELEASED' | 'UNAVAILABLE';
}

const ENTRIES_A_PAGE = 1_000;

/** Entries of a history whose document is not kept here, or not for the reader. @param subject subject key */
export async function sealedEntries(node: ApiNode, reader: Reader, subject: Hex): Promise<SealedEntry[]> {
  const sealed = new Map<Hex, { row: SubjectEntryRow; reason: SealedEntry['reason'] }>();
  for (let after: Place | undefined; ; ) {
    const page = await node.index.subjectEntries(subject, { first: ENTRIES_A_PAGE, ...(after !== undefined && { after }) });
    for (const row of page.rows) {
      const reason = await whySealed(node, reader, row.leaf);
      if (reason !== undefined) sealed.set(row.leaf, { row, reason });
    }
    after = page.rows.at(-1);
    if (!page.hasNext || after === undefined) break;
  }
  const rows = [...sealed.values()];
  const records = await node.index.records(rows.map(({ row }) => row.record));
  return rows.map(({ row: { leaf, issuer }, reason }, index) => ({ leaf, issuer, kind: records[index]?.kind ?? 0, reason }));
}

/** Why a reader is not shown what the ledger holds under a leaf; undefined where he is. */
export async function whySealed(node: ApiNode, reader: Reader, leaf: Hex): Promise<SealedEntry['reason'] | undefined> {
  const document = node.catalogue.document(leaf);
  if (document !== undefined) return (await maySee(node, reader, document)) ? undefined : 'NOT_RELEASED';
  return node.catalogue.sealedAt(leaf) === undefined ? 'UNAVAILABLE' : 'NOT_RELEASED';
}
