import { KIND, STATUS } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { CatalogueDocument, CatalogueRelease } from '../catalogue/catalogue.ts';
import type { ApiNode } from '../node.ts';
import { isAgency, type Reader } from './reader.ts';

type Document = Pick<CatalogueDocument, 'leaf' | 'issuer' | 'visibility'>;
type Access = Pick<ApiNode, 'index' | 'catalogue'>;

/**
 * Whether a reader may see the body of a document. The one place that decides it (docs/spec/api.md, "Release"): everybody sees what is public; what stays in its
 * country is seen by its issuer, by that country's customs and regulator, and by those to whom a release was given that stands on the ledger.
 */
export async function maySee(node: Access, reader: Reader, document: Document): Promise<boolean> {
  const { visibility, issuer } = document;
  if (visibility === 'PUBLIC' || reader.member === issuer) return true;
  if (reader.agencyOf !== undefined && reader.agencyOf === (await shoreOf(node, issuer))) return true;
  for (const release of node.catalogue.releasesOf(document.leaf)) {
    if ((await isFor(node, release, reader)) && (await isStanding(node, release, issuer))) return true;
  }
  return false;
}

/** Those of the documents that a reader may see, in their order. */
export async function seen<Kept extends Document>(node: Access, reader: Reader, documents: readonly Kept[]): Promise<Kept[]> {
  const allowed = await Promise.all(documents.map((document) => maySee(node, reader, document)));
  return documents.filter((_, index) => allowed[index]);
}

/** Whether a release reaches a reader: a member in good standing, or the node of a member's shore. */
export async function isFor(node: Access, { to }: CatalogueRelease, reader: Reader): Promise<boolean> {
  if (to === null) return true;
  if (reader.nodeOf !== undefined) return (await shoreOf(node, to)) === reader.nodeOf;
  return reader.isLive === true && reader.member === to;
}

/**
 * Whether a release stands: the ledger has it, nobody withdrew it, and it was theirs to give. Whether who gave it was in good standing the ledger looked at when
 * it took the record; an agency whose time is over has given it all the same, one that is suspended has not for as long as it is.
 */
export async function isStanding(node: Access, { leaf, by }: CatalogueRelease, issuer: number): Promise<boolean> {
  const record = await node.index.record(recordId(by, leaf));
  if (record?.kind !== KIND.RELEASE || record.current.status !== STATUS.ACTIVE) return false;
  return mayRelease(node, by, issuer);
}

/** Whether documents of an issuer are a member's to release: its own, or, by an agency, those of its shore. */
export async function mayRelease({ index }: Access, by: number, issuer: number): Promise<boolean> {
  if (by === issuer) return true;
  const [agency, home] = await Promise.all([index.member(by), index.member(issuer)]);
  return agency !== undefined && home !== undefined && agency.standing.shore === home.standing.shore && isAgency(agency.standing);
}

async function shoreOf({ index }: Access, member: number): Promise<number | undefined> {
  return (await index.member(member))?.standing.shore;
}
