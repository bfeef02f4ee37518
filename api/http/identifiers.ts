import { ProtocolError } from '../../protocol/errors.ts';
import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import { parseDigitalLink } from '../../protocol/gs1/parseDigitalLink.ts';
import { ApiError } from '../errors.ts';

/**
 * The canonical form of an identifier that a reader asks for: an EPC URN, or a Digital Link of any domain, which is judged as on a pack. What a partner
 * captured is never judged so: a mistyped identifier keeps its history, and nobody asks for it by mistake.
 *
 * @throws ApiError `BAD_REQUEST`; ProtocolError as `parseDigitalLink`, with the pointer of the parameter
 */
export function readerId(text: string, pointer = '/id'): string {
  judgeLink(text, pointer);
  const id = canonicalId(text);
  if (id === undefined) throw new ApiError('BAD_REQUEST', 'expected a GS1 Digital Link URI or an EPC URN', { pointer });
  return id;
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
