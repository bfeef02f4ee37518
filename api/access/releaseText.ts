import type { CatalogueRelease } from '../catalogue/catalogue.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import { isFor, isStanding } from './maySee.ts';
import type { Reader } from './reader.ts';

/** Exact text of a release as it is kept here. @throws ApiError `BODY_NOT_KEPT` */
export async function releaseText({ vault }: ApiNode, { cid }: CatalogueRelease): Promise<string> {
  const body = await vault.get(cid);
  if (body.type !== 'release') throw new ApiError('BODY_NOT_KEPT', 'the text is missing from the store, or damaged');
  return body.text;
}

/** Texts of the releases of a document that stand and reach a reader: what the other node needs to know for whom it keeps the body. */
export async function releaseTexts(node: ApiNode, leaf: CatalogueRelease['leaf'], reader: Reader): Promise<string[]> {
  const issuer = node.catalogue.document(leaf)?.issuer;
  const texts: string[] = [];
  for (const release of node.catalogue.releasesOf(leaf)) {
    if (issuer !== undefined && (await isFor(node, release, reader)) && (await isStanding(node, release, issuer)))
      texts.push(await releaseText(node, release));
  }
  return texts;
}

/** Whether a reader may read a release: who gave or got it, whose documents it names, and the agencies of the shore that it leaves. */
export async function mayReadRelease(node: ApiNode, reader: Reader, release: CatalogueRelease): Promise<boolean> {
  const { by, leaf } = release;
  if (reader.member === by || (await isFor(node, release, reader))) return true;
  const { catalogue, index } = node;
  const issuers = catalogue.documentsOfRelease(leaf).map((document) => catalogue.document(document)?.issuer);
  if (reader.member !== undefined && issuers.includes(reader.member)) return true;
  return reader.agencyOf !== undefined && reader.agencyOf === (await index.member(by))?.standing.shore;
}
