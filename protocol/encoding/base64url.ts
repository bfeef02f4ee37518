import { ProtocolError } from '../errors.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const INVALID = 255;
const VALUE_OF = new Uint8Array(128).fill(INVALID);
for (let value = 0; value < 64; value++) VALUE_OF[ALPHABET.charCodeAt(value)] = value;

/** Writes bytes as base64url without padding (RFC 4648 section 5; RFC 7515 section 2). */
export function toBase64Url(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const byte of bytes) {
    bits = ((bits & 0x3f) << 8) | byte;
    held += 8;
    while (held >= 6) {
      held -= 6;
      codes[at++] = ALPHABET.charCodeAt((bits >>> held) & 0x3f);
    }
  }
  if (held > 0) codes[at] = ALPHABET.charCodeAt((bits << (6 - held)) & 0x3f);
  return new TextDecoder().decode(codes);
}

/**
 * Reads base64url without padding. Exactly the texts that `toBase64Url` writes are read: no padding, white space, other alphabet or stray last bits
 * (RFC 4648 section 3.5), so a signed text cannot be respelled.
 *
 * @throws ProtocolError `NOT_BASE64URL`
 */
export function fromBase64Url(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const value = VALUE_OF[text.charCodeAt(index)] ?? INVALID;
    if (value === INVALID) throw notBase64Url(index);
    bits = ((bits & 0xff) << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >>> held) & 0xff;
    }
  }
  if (held >= 6 || (bits & ((1 << held) - 1)) !== 0) throw notBase64Url(text.length);
  return bytes;
}

function notBase64Url(index: number): ProtocolError {
  return new ProtocolError('NOT_BASE64URL', 'expected base64url without padding', { facts: { index } });
}
