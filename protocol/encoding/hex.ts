import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ProtocolError } from '../errors.ts';

/** Lower-case hex with the prefix `0x`, two digits a byte. */
export type Hex = `0x${string}`;

const HEX = /^0x(?:[0-9a-f]{2})*$/;

/** Writes bytes as hex. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

/** Tells whether a value is hex in the one form that `fromHex` reads, of `length` bytes where given. */
export function isHex(value: unknown, length?: number): value is Hex {
  return typeof value === 'string' && (length === undefined || value.length === 2 + 2 * length) && HEX.test(value);
}

/**
 * Reads hex into bytes: lower case, prefixed, whole bytes, and `length` of them where given. One value has one spelling, so texts can be compared.
 *
 * @throws ProtocolError `NOT_HEX`, `WRONG_LENGTH`
 */
export function fromHex(hex: Hex, length?: number): Uint8Array {
  if (!isHex(hex)) throw new ProtocolError('NOT_HEX', 'expected lower-case hex with the prefix 0x');
  const found = (hex.length - 2) / 2;
  if (length !== undefined && found !== length)
    throw new ProtocolError('WRONG_LENGTH', `expected ${length} bytes`, { facts: { length, found } });
  return hexToBytes(hex.slice(2));
}
