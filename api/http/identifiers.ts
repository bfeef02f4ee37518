import { ProtocolError } from '../../protocol/errors.ts';
import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import { parseDigitalLink } from '../../protocol/gs1/parseDigitalLink.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';

// RFC 3986 section 3.1; of the length that a request may have.
const URI = /^[a-z][a-z\d+.-]*:\S+$/i;

/**
 * The canonical form of an identifier as it is recorded, mistyped or not; what is no GS1 identifier stands for itself.
 *
 * @throws ApiError `BAD_REQUEST`
 */
export function subjectId(text: string, pointer = '/id'): string {
  const id = canonicalId(text) ?? (URI.test(text) ? text : undefined);
  if (id === undefined) throw new ApiError('BAD_REQUEST', 'expected a GS1 Digital Link URI, an EPC URN or another URI', { pointer });
  return id;
}

/**
 * The canonical form of an identifier that a reader asks for. What is recorded is found by its canonical form, mistyped or not: it keeps its history. Anything else
 * that looks like a Digital Link, of any domain, is judged as on a pack: better to say what is wrong with it than that nothing is known.
 *
 * @throws ApiError `BAD_REQUEST`; ProtocolError as `parseDigitalLink`, with the pointer of the parameter
 */
export function readerId({ catalogue }: Pick<ApiNode, 'catalogue'>, text: string, pointer = '/id'): string {
  const isRecorded = catalogue.subjects(text).length > 0;
  if (!isRecorded) judgeLink(text, pointer);
  return subjectId(text, pointer);
}

/** Judges an identifier where it is written as a link. @throws ProtocolError as `parseDigitalLink` */
export function judgeLink(uri: string, pointer: string): void {
  if (!/^https?:/i.test(uri)) return;
  try {
    parseDigitalLink(uri, { zeroSuppressedGtin: true, shortNames: true });
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new ProtocolError(error.code, error.message, { pointer, ...(error.facts !== undefined && { facts: error.facts }) });
  }
}
