import { fromHex, type Hex, toHex } from '../encoding/hex.ts';
import { fromUint, toUint } from '../encoding/uint.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { sha256 } from '../hash/sha256.ts';

/** Hashes that name things on the ledger: docs/spec/ledger.md sections 1 and 2. All are SHA-256, so that outsiders can recompute them. */

const WORD = 32;
const SALT = 16;
/** The head of an empty history. */
export const EMPTY_HEAD: Hex = `0x${'00'.repeat(WORD)}`;
const CHAIN_BITS = 224n;
const CHAIN_MASK = (1n << CHAIN_BITS) - 1n;

/** Record id of a document or batch: `SHA-256(uint256(issuer member) || leaf or root)`. */
export function recordId(member: number | bigint, leafOrRoot: Hex): Hex {
  return toHex(sha256(toUint(member, WORD), fromHex(leafOrRoot, WORD)));
}

/**
 * Key of a subject's history on the ledger.
 *
 * @param id canonical GS1 Digital Link URI
 * @param salt 16 random bytes, which travel with the goods
 */
export function subjectKey(id: string, salt: Hex): Hex {
  return toHex(sha256(toUtf8(`tidemark-subject/1\n${id}\n${plain(salt, SALT)}`)));
}

/**
 * The document bytes of an EPCIS event: what is fingerprinted.
 *
 * @param hashUri the CBV 2.0 event hash, `ni:///sha-256;…?ver=CBV2.0`
 * @param content SHA-256 of the RFC 8785 form of the whole event (`contentDigest`)
 * @param salt 16 random bytes
 */
export function eventDocument(hashUri: string, content: Hex, salt: Hex): Uint8Array<ArrayBuffer> {
  return toUtf8(`tidemark-event/1\n${hashUri}\n${plain(content, WORD)}\n${plain(salt, SALT)}`);
}

/** Head of a history after one more entry: `count 32 || chain 224`, the chain being the low bits of `SHA-256(head || id)`. */
export function extendHead(head: Hex, id: Hex): Hex {
  const chain = fromUint(sha256(fromHex(head, WORD), fromHex(id, WORD))) & CHAIN_MASK;
  return toHex(toUint((BigInt(headCount(head) + 1) << CHAIN_BITS) | chain, WORD));
}

/** Number of entries that a head stands for. */
export function headCount(head: Hex): number {
  return Number(fromUint(fromHex(head, WORD)) >> CHAIN_BITS);
}

/** Key in `pastRecords` of the word that a record had before its change number `n`. */
export function pastRecordKey(id: Hex, n: number): Hex {
  return toHex(sha256(fromHex(id, WORD), toUint(n, WORD)));
}

/** Hex as it stands in hashed texts: without prefix, checked for its length. */
function plain(hex: Hex, length: number): string {
  return toHex(fromHex(hex, length)).slice(2);
}
