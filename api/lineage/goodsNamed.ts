import { KIND } from '../../protocol/ledger/codes.ts';
import { compareTyped } from '../../protocol/text/compareTyped.ts';
import { seen } from '../access/maySee.ts';
import { type Reader, viewOf } from '../access/reader.ts';
import { knownSubjects } from '../bundles/assemble.ts';
import type { CatalogueDocument } from '../catalogue/catalogue.ts';
import { fingerprintIn } from '../catalogue/fingerprint.ts';
import type { View } from '../catalogue/view.ts';
import { ApiError } from '../errors.ts';
import { readerId } from '../http/identifiers.ts';
import type { ApiNode } from '../node.ts';
import { typedLink } from './typedLink.ts';

/**
 * The goods that a person means: by an identifier in any spelling, also as it stands on a label, or those that a certificate, a report or an event names that the
 * reader may see, by its number or fingerprint. What is the number of a document is taken for one, even if it is a GTIN as well.
 *
 * @returns canonical Digital Link URIs, each once
 * @throws ApiError `UNKNOWN_SUBJECT`; `ProtocolError` where a Digital Link is malformed
 */
export async function goodsNamed(node: ApiNode, reader: Reader, text: string, pointer = '/id'): Promise<string[]> {
  if (/^[a-z][a-z\d+.-]*:/i.test(text)) return [await identified(node, text, pointer)];
  const fingerprint = fingerprintIn(text);
  const known = fingerprint === undefined ? byNumber(node, viewOf(reader), text) : node.catalogue.byFingerprint(fingerprint);
  const documents = await seen(node, reader, known);
  const ids = [...new Set(documents.flatMap(({ leaf }) => node.catalogue.subjectsOf(leaf).map((subject) => subject.id)))];
  if (ids.length > 0) return ids;
  const link = typedLink(text);
  if (link !== undefined) return [await identified(node, link, pointer)];
  throw new ApiError('UNKNOWN_SUBJECT', 'neither an identifier of goods nor a number or fingerprint of a document that names any', {
    pointer,
  });
}

/** The canonical identifier; of what only the peer has heard of, the ledger's count is told all the same. */
async function identified(node: ApiNode, text: string, pointer: string): Promise<string> {
  const id = readerId(node, text, pointer);
  await knownSubjects(node, id);
  return id;
}

/** The document with exactly this number, else those that differ by what a typist may have changed. */
function byNumber({ catalogue }: ApiNode, view: View, text: string): CatalogueDocument[] {
  const found = [KIND.CERTIFICATE_OF_ORIGIN, KIND.LABORATORY_REPORT].flatMap((kind) => catalogue.byNumber(kind, text, view));
  const exact = found.filter(({ number = '' }) => compareTyped(text, number).match === 'EXACT');
  return exact.length > 0 ? exact : found;
}
