import { ProtocolError } from '../errors.ts';

const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF in the text, so that readers see it and can refuse it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Writes text as UTF-8.
 *
 * @throws ProtocolError `LONE_SURROGATE`: such text has no UTF-8 form (TextEncoder alone would silently write U+FFFD)
 */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  if (!text.isWellFormed()) throw new ProtocolError('LONE_SURROGATE', 'text holds half of a surrogate pair');
  return encoder.encode(text);
}

/**
 * Reads UTF-8 strictly, keeping a leading byte order mark as U+FEFF.
 *
 * @throws ProtocolError `NOT_UTF8`
 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProtocolError('NOT_UTF8', 'bytes are not UTF-8');
  }
}
