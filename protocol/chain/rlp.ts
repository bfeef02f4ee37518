import { concatBytes } from '@noble/hashes/utils.js';
import { fromUint, toUint } from '../encoding/uint.ts';
import { ProtocolError } from '../errors.ts';

/** What RLP (Ethereum Yellow Paper, appendix B) says: bytes, or a list of such items. */
export type RlpItem = Uint8Array | readonly RlpItem[];

// Headers, extra data and trie nodes nest at most four deep.
const MAX_DEPTH = 8;
const SHORT = 55;
const BYTES = 0x80;
const LIST = 0xc0;

/** Writes an item as RLP. */
export function encodeRlp(item: RlpItem): Uint8Array {
  if (!(item instanceof Uint8Array)) {
    const payload = concatBytes(...item.map(encodeRlp));
    return concatBytes(prefix(LIST, payload.length), payload);
  }
  return item.length === 1 && (item[0] as number) < BYTES ? item : concatBytes(prefix(BYTES, item.length), item);
}

function prefix(kind: number, length: number): Uint8Array {
  if (length <= SHORT) return Uint8Array.of(kind + length);
  const digits = integerBytes(length);
  return concatBytes(Uint8Array.of(kind + SHORT + digits.length), digits);
}

/** An integer as RLP holds it: big-endian without leading zeros, 0 as no bytes. */
export function integerBytes(value: number | bigint): Uint8Array {
  return toUint(value, Math.ceil(BigInt(value).toString(16).length / 2)).subarray(value === 0 || value === 0n ? 1 : 0);
}

/** Reads an integer as `integerBytes` writes it. @throws ProtocolError `RLP_MALFORMED`: it has leading zeros */
export function fromIntegerBytes(bytes: Uint8Array): bigint {
  if (bytes[0] === 0) throw malformed('an integer has leading zeros');
  return fromUint(bytes);
}

/**
 * Reads the one item that the bytes encode. Only the encoding that `encodeRlp` writes is read, so that one item has one hash.
 *
 * @throws ProtocolError `RLP_MALFORMED`
 */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  const { item, end } = decodeAt(bytes, 0, bytes.length, 0);
  if (end !== bytes.length) throw malformed('bytes follow the item');
  return item;
}

function decodeAt(bytes: Uint8Array, at: number, limit: number, depth: number): { item: RlpItem; end: number } {
  if (depth > MAX_DEPTH) throw malformed('lists are nested too deep');
  const first = bytes[at];
  if (first === undefined || at >= limit) throw malformed('the item is cut off');
  if (first < BYTES) return { item: bytes.subarray(at, at + 1), end: at + 1 };
  const isList = first >= LIST;
  const { from, length } = payloadOf(bytes, at, first - (isList ? LIST : BYTES));
  const end = from + length;
  if (end > limit) throw malformed('the item is cut off');
  if (isList) return { item: decodeItems(bytes, from, end, depth + 1), end };
  if (length === 1 && (bytes[from] as number) < BYTES) throw malformed('a single byte stands for itself');
  return { item: bytes.subarray(from, end), end };
}

function payloadOf(bytes: Uint8Array, at: number, size: number): { from: number; length: number } {
  if (size <= SHORT) return { from: at + 1, length: size };
  const from = at + 1 + size - SHORT;
  const length = Number(fromIntegerBytes(bytes.subarray(at + 1, from)));
  if (length <= SHORT) throw malformed('a short length is written long');
  return { from, length };
}

function decodeItems(bytes: Uint8Array, from: number, end: number, depth: number): RlpItem[] {
  const items: RlpItem[] = [];
  for (let at = from; at < end; ) {
    const decoded = decodeAt(bytes, at, end, depth);
    items.push(decoded.item);
    at = decoded.end;
  }
  return items;
}

function malformed(message: string): ProtocolError {
  return new ProtocolError('RLP_MALFORMED', message);
}
