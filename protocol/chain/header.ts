import { keccak_256 } from '@noble/hashes/sha3.js';
import { fromHex, type Hex, toHex } from '../encoding/hex.ts';
import { ProtocolError } from '../errors.ts';
import { decodeRlp, encodeRlp, fromIntegerBytes, integerBytes, type RlpItem } from './rlp.ts';

/** What a verdict needs of a block's header. */
export interface Header {
  parentHash: Hex;
  stateRoot: Hex;
  /** Height. */
  number: number;
  /** Unix seconds. */
  timestamp: number;
  extraData: Hex;
}

type Kind = number | 'integer' | 'bytes';

/** The fields in the order of the RLP list (execution-specs `Header`), by their JSON-RPC names; a number is a length in bytes. */
const FIELDS: readonly (readonly [name: string, kind: Kind])[] = [
  ['parentHash', 32],
  ['sha3Uncles', 32],
  ['miner', 20],
  ['stateRoot', 32],
  ['transactionsRoot', 32],
  ['receiptsRoot', 32],
  ['logsBloom', 256],
  ['difficulty', 'integer'],
  ['number', 'integer'],
  ['gasLimit', 'integer'],
  ['gasUsed', 'integer'],
  ['timestamp', 'integer'],
  ['extraData', 'bytes'],
  ['mixHash', 32],
  ['nonce', 8],
  // Each fork since London added one or more at the end.
  ['baseFeePerGas', 'integer'],
  ['withdrawalsRoot', 32],
  ['blobGasUsed', 'integer'],
  ['excessBlobGas', 'integer'],
  ['parentBeaconBlockRoot', 32],
  ['requestsHash', 32],
  ['blockAccessListHash', 32],
  ['slotNumber', 'integer'],
];
const REQUIRED = 15;
// JSON-RPC writes integers as hex of any number of digits.
const QUANTITY = /^0x[0-9a-f]+$/;

/** Place of `extraData` in the RLP list. */
export const EXTRA_DATA = 12;

/**
 * Writes a block as JSON-RPC gives it (`eth_getBlockByNumber`) as RLP header: fields up to the first that the block lacks. Its keccak-256 is the block's
 * hash, so a caller that compares the two knows that nothing was left out.
 *
 * @throws ProtocolError `HEADER_INCOMPLETE`, `NOT_HEX`, `WRONG_LENGTH`
 */
export function encodeHeader(rpcBlock: Readonly<Record<string, unknown>>): Hex {
  const items: Uint8Array[] = [];
  for (const [name, kind] of FIELDS) {
    const value = rpcBlock[name];
    if (value === undefined || value === null) break;
    items.push(fieldBytes(String(value).toLowerCase() as Hex, kind));
  }
  if (items.length < REQUIRED) throw new ProtocolError('HEADER_INCOMPLETE', `the block has no ${FIELDS[items.length]?.[0]}`);
  return toHex(encodeRlp(items));
}

function fieldBytes(hex: Hex, kind: Kind): Uint8Array {
  if (kind === 'integer') {
    if (!QUANTITY.test(hex)) throw new ProtocolError('NOT_HEX', 'expected a quantity in hex');
    return integerBytes(BigInt(hex));
  }
  return fromHex(hex, kind === 'bytes' ? undefined : kind);
}

/**
 * Reads an RLP header.
 *
 * @throws ProtocolError `RLP_MALFORMED`, `HEADER_MALFORMED`
 */
export function decodeHeader(rlp: Hex): Header {
  const items = headerItems(rlp);
  const field = (name: string) => items[FIELDS.findIndex((entry) => entry[0] === name)] as Uint8Array;
  return {
    parentHash: toHex(field('parentHash')),
    stateRoot: toHex(field('stateRoot')),
    number: safeInteger(field('number')),
    timestamp: safeInteger(field('timestamp')),
    extraData: toHex(field('extraData')),
  };
}

/**
 * Reads an RLP header as its items, each of the right kind.
 *
 * @throws ProtocolError `RLP_MALFORMED`, `HEADER_MALFORMED`
 */
export function headerItems(rlp: Hex): Uint8Array[] {
  const items = decodeRlp(fromHex(rlp));
  if (items instanceof Uint8Array || items.length < REQUIRED || items.length > FIELDS.length)
    throw malformed(`a header has ${REQUIRED} to ${FIELDS.length} fields`);
  return items.map((item, index) => headerItem(item, index));
}

function headerItem(item: RlpItem, index: number): Uint8Array {
  const [name, kind] = FIELDS[index] as (typeof FIELDS)[number];
  if (!(item instanceof Uint8Array) || (typeof kind === 'number' && item.length !== kind)) throw malformed(`${name} is of the wrong kind`);
  if (kind === 'integer') fromIntegerBytes(item);
  return item;
}

function safeInteger(bytes: Uint8Array): number {
  const value = Number(fromIntegerBytes(bytes));
  if (!Number.isSafeInteger(value)) throw malformed('a number is beyond 2^53 - 1');
  return value;
}

/** Hash of a block on an engine whose headers carry no seals: keccak-256 of the RLP header. (For QBFT see `qbftBlockHash`.) */
export function blockHash(rlp: Hex): Hex {
  return toHex(keccak_256(fromHex(rlp)));
}

function malformed(message: string): ProtocolError {
  return new ProtocolError('HEADER_MALFORMED', message);
}
