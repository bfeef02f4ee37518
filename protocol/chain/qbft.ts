import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { type Hex, toHex } from '../encoding/hex.ts';
import { ProtocolError } from '../errors.ts';
import { decodeHeader, EXTRA_DATA, headerItems } from './header.ts';
import { decodeRlp, encodeRlp, fromIntegerBytes, type RlpItem } from './rlp.ts';

/**
 * Finality of QBFT blocks (EEA QBFT specification; Hyperledger Besu). This file alone needs secp256k1: who has no seals to check leaves it, and its weight, out.
 */

/** What QBFT keeps in a header's `extraData`: `RLP[vanity, validators, vote, round, seals]`. */
interface QbftExtraData {
  vanity: Uint8Array;
  /** Addresses of the set that seals this very block. */
  validators: Hex[];
  vote: readonly RlpItem[];
  round: bigint;
  /** Signatures `r || s || v`, v being 0 or 1. */
  seals: Uint8Array[];
}

const VANITY_LENGTH = 32;
const SEAL_LENGTH = 65;
const NO_BYTES = new Uint8Array(0);

/**
 * Reads QBFT extra data.
 *
 * @throws ProtocolError `EXTRA_DATA_MALFORMED`, `RLP_MALFORMED`
 */
function decodeExtraData(bytes: Uint8Array): QbftExtraData {
  const items = decodeRlp(bytes);
  const [vanity, validators, vote, round, seals] = items instanceof Uint8Array ? [] : items;
  const isWhole =
    (items as readonly RlpItem[]).length === 5 && vote !== undefined && !(vote instanceof Uint8Array) && round instanceof Uint8Array;
  if (!isWhole || !(vanity instanceof Uint8Array) || vanity.length !== VANITY_LENGTH) throw malformed('extra data is not that of QBFT');
  return {
    vanity,
    validators: bytesList(validators, 20).map(toHex),
    vote,
    round: fromIntegerBytes(round),
    seals: bytesList(seals, SEAL_LENGTH),
  };
}

function bytesList(item: RlpItem | undefined, length: number): Uint8Array[] {
  if (item === undefined || item instanceof Uint8Array) throw malformed('extra data lacks a list');
  return item.map((entry) => {
    if (entry instanceof Uint8Array && entry.length === length) return entry;
    throw malformed(`extra data has an entry that is not of ${length} bytes`);
  });
}

/**
 * Hash of a QBFT block, as `eth_getBlockByNumber` and the child's `parentHash` give it: taken with round 0 and without seals, since both differ between nodes.
 *
 * @throws ProtocolError `HEADER_MALFORMED`, `EXTRA_DATA_MALFORMED`, `RLP_MALFORMED`
 */
export function qbftBlockHash(header: Hex): Hex {
  return toHex(hashWithExtraData(header, (vanity, validators, vote) => [vanity, validators, vote, NO_BYTES, []]));
}

/** What validators sign: the header's hash with the round kept and without seals. */
function commitDigest(header: Hex): Uint8Array {
  return hashWithExtraData(header, (vanity, validators, vote, round) => [vanity, validators, vote, round, []]);
}

function hashWithExtraData(header: Hex, change: (...extraData: [RlpItem, RlpItem, RlpItem, RlpItem]) => RlpItem): Uint8Array {
  const items: RlpItem[] = headerItems(header);
  const extraData = items[EXTRA_DATA] as Uint8Array;
  decodeExtraData(extraData);
  const [vanity, validators, vote, round] = decodeRlp(extraData) as [RlpItem, RlpItem, RlpItem, RlpItem];
  items[EXTRA_DATA] = encodeRlp(change(vanity, validators, vote, round));
  return keccak_256(encodeRlp(items));
}

/** Seals that a set of `size` validators needs: two thirds, rounded up. */
export function quorum(size: number): number {
  return Math.ceil((2 * size) / 3);
}

/**
 * Addresses that sealed a header, in the order of the seals.
 *
 * @throws ProtocolError `SEAL_MALFORMED`, `HEADER_MALFORMED`, `EXTRA_DATA_MALFORMED`, `RLP_MALFORMED`
 */
export function signersOf(header: Hex): Hex[] {
  const digest = commitDigest(header);
  return decodeExtraData(headerItems(header)[EXTRA_DATA] as Uint8Array).seals.map((seal) => signerOf(seal, digest));
}

function signerOf(seal: Uint8Array, digest: Uint8Array): Hex {
  try {
    const signature = new secp256k1.Signature(integerAt(seal, 0), integerAt(seal, 32), seal[64]);
    const publicKey = signature.recoverPublicKey(digest).toBytes(false);
    return toHex(keccak_256(publicKey.subarray(1)).subarray(-20));
  } catch {
    throw new ProtocolError('SEAL_MALFORMED', 'a seal is no signature');
  }
}

function integerAt(bytes: Uint8Array, at: number): bigint {
  return BigInt(toHex(bytes.subarray(at, at + 32)));
}

/**
 * Checks that a trusted set of validators sealed a header: every seal is by another member of the set, and they are a quorum of it. Answers who sealed.
 *
 * @throws ProtocolError `VALIDATORS_DIFFER`: the header names another set; `SIGNER_UNKNOWN`, `SIGNER_TWICE`, `TOO_FEW_SEALS`, and those of `signersOf`
 */
export function verifySeals(header: Hex, validators: readonly Hex[]): Hex[] {
  if (!sameSet(validatorsOf(header), validators))
    throw new ProtocolError('VALIDATORS_DIFFER', 'the header names another set of validators');
  const signers = distinct(signersOf(header));
  const unknown = signers.find((signer) => !validators.includes(signer));
  if (unknown !== undefined)
    throw new ProtocolError('SIGNER_UNKNOWN', 'a seal is by none of the validators', { facts: { signer: unknown } });
  requireQuorum(signers, validators);
  return signers;
}

/**
 * Checks that a header is final, given the validators trusted at the start and the headers that named new ones since, oldest first.
 *
 * Each header of the history must be sealed by a quorum of the set it names *and* by a quorum of the set before it, so that no minority can hand the ledger on.
 * Where the block that changed the set carries too few seals of the old one, a later block under the new set that carries enough does as well.
 *
 * @throws ProtocolError `HISTORY_UNORDERED`, and those of `verifySeals`
 */
export function verifyFinality(header: Hex, trusted: readonly Hex[], history: readonly Hex[] = []): void {
  let validators = trusted;
  let height = -1;
  for (const change of history) {
    height = heightAbove(height, change);
    const next = validatorsOf(change);
    const signers = verifySeals(change, next);
    requireQuorum(
      signers.filter((signer) => validators.includes(signer)),
      validators,
    );
    validators = next;
  }
  // The last change may be the header itself.
  heightAbove(height - 1, header);
  verifySeals(header, validators);
}

function heightAbove(height: number, header: Hex): number {
  const { number } = decodeHeader(header);
  if (number > height) return number;
  throw new ProtocolError('HISTORY_UNORDERED', 'the headers of the validator history go up to the block', { facts: { height: number } });
}

function requireQuorum(signers: readonly Hex[], validators: readonly Hex[]): void {
  const needed = quorum(validators.length);
  if (validators.length > 0 && signers.length >= needed) return;
  throw new ProtocolError('TOO_FEW_SEALS', `a quorum is ${needed} of ${validators.length}`, { facts: { seals: signers.length, needed } });
}

function validatorsOf(header: Hex): Hex[] {
  return distinct(decodeExtraData(headerItems(header)[EXTRA_DATA] as Uint8Array).validators);
}

function distinct(addresses: Hex[]): Hex[] {
  if (new Set(addresses).size === addresses.length) return addresses;
  throw new ProtocolError('SIGNER_TWICE', 'one address is counted twice');
}

function sameSet(one: readonly Hex[], other: readonly Hex[]): boolean {
  return one.length === other.length && one.every((address) => other.includes(address));
}

function malformed(message: string): ProtocolError {
  return new ProtocolError('EXTRA_DATA_MALFORMED', message);
}
