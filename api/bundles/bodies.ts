import type { RecordRow } from '../../indexer/store/rows.ts';
import { publicPresentation } from '../../protocol/credentials/present.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { maySee } from '../access/maySee.ts';
import type { Reader } from '../access/reader.ts';
import type { CatalogueDocument } from '../catalogue/catalogue.ts';
import type { CredentialBody, EventBody } from '../documents/body.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import { acquireBody } from '../peer/acquire.ts';

/** A body for a reader, or why there is none. */
export type FoundBody = CredentialBody | EventBody | 'NOT_RELEASED' | 'UNAVAILABLE';

/** The body of an anchored document: from here, else from the peer. */
export async function findBody(node: ApiNode, leaf: Hex, record: RecordRow, reader: Reader): Promise<FoundBody> {
  const here = await bodyHere(node, leaf, reader);
  if (here !== undefined) return here;
  const acquired = await acquireBody(node, leaf, record);
  if (acquired !== 'KEPT') return acquired;
  return (await bodyHere(node, leaf, reader)) ?? 'UNAVAILABLE';
}

/** The body as it is kept here; undefined where it is not, NOT_RELEASED where it is not for this reader. */
export async function bodyHere(node: ApiNode, leaf: Hex, reader: Reader): Promise<CredentialBody | EventBody | 'NOT_RELEASED' | undefined> {
  const document = node.catalogue.document(leaf);
  if (document === undefined) return undefined;
  if (!(await maySee(node, reader, document))) return 'NOT_RELEASED';
  const body = await keptBody(node, document);
  if (body === undefined || body.type === 'event' || reader.member === body.issuer) return body;
  return { ...body, sdJwt: publicPresentation(body.sdJwt) };
}

/** The body as it is kept, whoever it is for: for what the node works out of it, not to be given. */
export async function keptBody(node: ApiNode, document: CatalogueDocument): Promise<CredentialBody | EventBody | undefined> {
  try {
    const body = await node.vault.get(document.cid);
    return body.type === 'credential' || body.type === 'event' ? body : undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    node.log('error', 'body lost', { kind: document.kind, issuer: document.issuer });
    return undefined;
  }
}
