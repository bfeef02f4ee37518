import type { Hex } from '../../protocol/encoding/hex.ts';
import type { ElementString } from '../../protocol/gs1/elementString.ts';
import { type ShoreName, shoreName } from '../../protocol/ledger/codes.ts';
import type { Reader } from '../access/reader.ts';
import { whySealed } from '../access/sealedEntries.ts';
import { seenLots } from '../access/seenLots.ts';
import { knownSubjects } from '../bundles/assemble.ts';
import { findFiling, textHere } from '../filings/findFiling.ts';
import type { ApiNode } from '../node.ts';
import type { Level } from './readLink.ts';

/** A document that the ledger's history of a thing names, and that the reader is given. */
export interface KnownDocument {
  leaf: Hex;
  kind: number;
  /** As signed; absent where the body is not here. */
  number?: string;
  shore?: ShoreName;
}

/** What a node knows of a thing at one depth of its Digital Link. */
export interface Knowledge extends Level {
  id: string;
  key: readonly ElementString[];
  /** Has a page: documents, or lots that have some. */
  page: boolean;
  /** The ledger counts documents of it, whether or not they are shown. */
  proven: boolean;
  /** The ledger has something of it, so that it can say whether it is held or recalled. */
  recorded: boolean;
  /** Oldest first; the first of many. */
  documents: readonly KnownDocument[];
  /** A text is filed, and can be read here. */
  filed: boolean;
}

const MOST_DOCUMENTS = 200;
const FILEABLE = /^\/(?:417\/\d{13}|01\/\d{14})$/;
const PRODUCT = /^\/01\/(\d{14})$/;

/** What the node knows of one level of a link, as a reader may know it; undefined: nothing. */
export async function knowledgeOf(
  node: ApiNode,
  reader: Reader,
  { path, id }: Level,
  key: readonly ElementString[],
): Promise<Knowledge | undefined> {
  if (id === undefined) return undefined;
  const subjects = await knownSubjects(node, id);
  const subjectKeys = subjects.map((subject) => subject.key);
  const { documents, entries } = await documentsOf(node, reader, subjectKeys);
  const proven = entries > 0;
  // What is held or recalled is known, even where no document of it is.
  const recorded = proven || (await node.index.safety.lots(subjectKeys)).some((change) => change !== undefined);
  const gtin = PRODUCT.exec(path)?.[1];
  const page = proven || (gtin !== undefined && (await seenLots(node, reader, gtin, 1)).length > 0);
  const filed = FILEABLE.test(path) && (await isFiled(node, id));
  return page || filed || recorded ? { path, id, key, page, proven, recorded, documents, filed } : undefined;
}

/** Documents for a reader, and how many the ledger counts for everybody. */
async function documentsOf(
  node: ApiNode,
  reader: Reader,
  subjects: readonly Hex[],
): Promise<{ documents: KnownDocument[]; entries: number }> {
  const pages = await Promise.all(subjects.map((subject) => node.index.subjectEntries(subject, { first: MOST_DOCUMENTS })));
  const all = [...new Map(pages.flatMap(({ rows }) => rows).map((row) => [row.id, row])).values()];
  const reasons = await Promise.all(all.map(({ leaf }) => whySealed(node, reader, leaf)));
  // What is not here yet may come when it is asked for.
  const entries = all.filter((_, at) => reasons[at] !== 'NOT_RELEASED');
  const records = await node.index.records(entries.map(({ record }) => record));
  const shores = await shoresOf(node, new Set(entries.map(({ issuer }) => issuer)));
  const documents = entries.flatMap(({ leaf, issuer }, at) => {
    const kind = records[at]?.kind;
    const number = node.catalogue.document(leaf)?.number;
    const shore = shores.get(issuer);
    return kind === undefined ? [] : [{ leaf, kind, ...(number !== undefined && { number }), ...(shore !== undefined && { shore }) }];
  });
  return { documents, entries: all.length };
}

async function shoresOf(node: ApiNode, members: ReadonlySet<number>): Promise<Map<number, ShoreName | undefined>> {
  const rows = await Promise.all([...members].map((member) => node.index.member(member)));
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.member, shoreName(row.standing.shore)]])));
}

async function isFiled(node: ApiNode, id: string): Promise<boolean> {
  const found = await findFiling(node, id);
  return found !== undefined && (await textHere(node, found)) !== undefined;
}
