import { ProtocolError } from '../errors.ts';

// Under the u flag a pair is one character, so this finds halves only. (String.isWellFormed would do, but phones' browsers of 2022 lack it.)
const LONE_SURROGATE = /\p{Surrogate}/u;

const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF in the text, so that readers see it and can refuse it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Tells whether text is free of lone surrogates, so that it has a UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

/**
 * Writes text as UTF-8.
 *
 * @throws ProtocolError `LONE_SURROGATE`: such text has no UTF-8 form (TextEncoder alone would silently write U+FFFD)
 */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  if (!isWellFormed(text)) throw new ProtocolError('LONE_SURROGATE', 'text holds half of a surrogate pair');
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
