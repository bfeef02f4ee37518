import { ProtocolError } from '../errors.ts';

/**
 * Writes a non-negative integer as `length` bytes, big-endian.
 *
 * @throws ProtocolError `OUT_OF_RANGE`: negative, not an integer, or too large
 */
export function toUint(value: number | bigint, length: number): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw outOfRange(value, length);
  let rest = BigInt(value);
  if (rest < 0n || rest >> BigInt(8 * length) !== 0n) throw outOfRange(value, length);
  const bytes = new Uint8Array(length);
  for (let at = length - 1; rest > 0n; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

/** Reads bytes as a big-endian integer; no bytes are 0. */
export function fromUint(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

function outOfRange(value: number | bigint, length: number): ProtocolError {
  return new ProtocolError('OUT_OF_RANGE', `expected an integer of at most ${8 * length} bits`, { facts: { value: String(value) } });
}
