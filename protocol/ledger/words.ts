import { decodeWord, encodeWord, type Fields, type Layout } from '../encoding/packedWord.ts';

/** The packed words of docs/spec/ledger.md section 2: fields from the most significant bit down, widths in bits; what is left over is zero. */

const RECORD = [
  ['issuer', 32],
  ['kind', 8],
  ['status', 8],
  ['reason', 8],
  ['changes', 16],
  ['anchoredAt', 40],
  ['expiresAt', 40],
  ['changedAt', 40],
  ['position', 32],
  ['size', 32],
] as const satisfies Layout;

const MEMBER = [
  ['shore', 8],
  ['roles', 16],
  ['validFrom', 40],
  ['validUntil', 40],
  ['suspendedAt', 40],
  ['reinstatedAt', 40],
  ['reason', 8],
  ['accounts', 8],
  ['state', 8],
] as const satisfies Layout;

const ACCOUNT = [
  ['member', 32],
  ['roles', 16],
  ['validFrom', 40],
  ['validUntil', 40],
  ['shore', 8],
  ['state', 8],
] as const satisfies Layout;

const KEY = [
  ['member', 32],
  ['validFrom', 40],
  ['validUntil', 40],
  ['revokedAt', 40],
  ['compromisedSince', 40],
] as const satisfies Layout;

/** A record: times in Unix seconds, 0 = none; codes of `codes.ts`. */
export type LedgerRecord = Fields<typeof RECORD>;
/** A member's standing: times in Unix seconds, 0 = none. */
export type LedgerMember = Fields<typeof MEMBER>;
/** What a write must know of the account that sends it. */
export type LedgerAccount = Fields<typeof ACCOUNT>;
/** A credential key's standing: times in Unix seconds, 0 = none. */
export type LedgerKey = Fields<typeof KEY>;

/** Unpacks a word of `records`. */
export function decodeRecord(word: bigint): LedgerRecord {
  return decodeWord(RECORD, word);
}

/** Packs a word of `records`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeRecord(record: LedgerRecord): bigint {
  return encodeWord(RECORD, record);
}

/** Unpacks a word of `members`. */
export function decodeMember(word: bigint): LedgerMember {
  return decodeWord(MEMBER, word);
}

/** Packs a word of `members`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeMember(member: LedgerMember): bigint {
  return encodeWord(MEMBER, member);
}

/** Unpacks a word of `accounts`. */
export function decodeAccount(word: bigint): LedgerAccount {
  return decodeWord(ACCOUNT, word);
}

/** Packs a word of `accounts`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeAccount(account: LedgerAccount): bigint {
  return encodeWord(ACCOUNT, account);
}

/** Unpacks a word of `keys`. */
export function decodeKey(word: bigint): LedgerKey {
  return decodeWord(KEY, word);
}

/** Packs a word of `keys`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeKey(key: LedgerKey): bigint {
  return encodeWord(KEY, key);
}
