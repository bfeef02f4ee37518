import { toHex } from '../../protocol/encoding/hex.ts';
import { decodeCompanion } from '../../protocol/law/words.ts';
import { decodeAccount, decodeKey, decodeMember, decodeRecord } from '../../protocol/ledger/words.ts';
import { emptyDigest } from '../project/digest.ts';
import type { AccountRow, CompanionRow, IndexCheckpoint, IndexedBlock, KeyRow, MemberRow, RecordRow, SubjectEntryRow } from './rows.ts';
import { hexOf, hexOrNull, type PlaceRecord, placeOf, wordOf } from './select.ts';

/** Rows of the ledger's own tables as the database gives them, and what is read from them. */

export interface CheckpointRecord {
  height: string;
  hash: Buffer;
  timestamp: string;
  sequence: string;
  missing: string;
  counted: string | null;
  digest: Buffer;
  chain_id: string;
  contract: Buffer;
}

export interface BlockAtRecord {
  contract: Buffer;
  number: string | null;
  hash: Buffer;
  timestamp: string;
  sequence: string;
  digest: Buffer;
}

export interface RecordRecord extends PlaceRecord {
  id: Buffer;
  issuer: string;
  kind: number;
  leaf_or_root: Buffer;
  sha256: Buffer | null;
  sm3: Buffer | null;
  subject: Buffer | null;
  issuer_head: Buffer;
  word: Buffer;
  changed_word: Buffer | null;
}

export interface StatusChangeRecord extends PlaceRecord {
  id: Buffer;
  word: Buffer;
  anchored_word: Buffer | null;
}

export interface SubjectEntryRecord extends PlaceRecord {
  subject: Buffer;
  position: number;
  id: Buffer;
  leaf: Buffer;
  record: Buffer;
  issuer: string;
  head: Buffer;
}

export interface MemberRecord extends PlaceRecord {
  member: string;
  word: Buffer;
  profile: Buffer;
}

export interface AccountRecord extends PlaceRecord {
  account: Buffer;
  member: string;
  word: Buffer;
}

export interface KeyRecord extends PlaceRecord {
  thumbprint: Buffer;
  member: string;
  word: Buffer;
}

export interface CompanionRecord extends PlaceRecord {
  companion: Buffer;
  word: Buffer;
}

export function readCompanion(row: CompanionRecord): CompanionRow {
  return { ...placeOf(row), companion: hexOf(row.companion), state: decodeCompanion(wordOf(row.word)) };
}

export function readCheckpoint(row: CheckpointRecord): IndexCheckpoint {
  const sequence = Number(row.sequence);
  return {
    height: Number(row.height),
    hash: hexOf(row.hash),
    timestamp: Number(row.timestamp),
    sequence,
    digest: hexOf(row.digest),
    complete: row.missing === '0' && row.counted === row.sequence,
    chainId: Number(row.chain_id),
    contract: hexOf(row.contract),
  };
}

export function readBlockAt(row: BlockAtRecord, height: number): IndexedBlock {
  if (row.number === null) return { height, hash: null, timestamp: null, sequence: 0, digest: toHex(emptyDigest(row.contract)) };
  const isExact = Number(row.number) === height;
  return {
    height,
    hash: isExact ? hexOf(row.hash) : null,
    timestamp: isExact ? Number(row.timestamp) : null,
    sequence: Number(row.sequence),
    digest: hexOf(row.digest),
  };
}

export function readRecord(row: RecordRecord): RecordRow {
  return {
    ...placeOf(row),
    id: hexOf(row.id),
    issuer: Number(row.issuer),
    kind: row.kind,
    leafOrRoot: hexOf(row.leaf_or_root),
    sha256: hexOrNull(row.sha256),
    sm3: hexOrNull(row.sm3),
    subject: hexOrNull(row.subject),
    issuerHead: hexOf(row.issuer_head),
    anchored: decodeRecord(wordOf(row.word)),
    current: decodeRecord(row.changed_word === null ? wordOf(row.word) : changedWord(row.changed_word, row.word)),
  };
}

export function readSubjectEntry(row: SubjectEntryRecord): SubjectEntryRow {
  return {
    ...placeOf(row),
    subject: hexOf(row.subject),
    position: row.position,
    id: hexOf(row.id),
    leaf: hexOf(row.leaf),
    record: hexOf(row.record),
    issuer: Number(row.issuer),
    head: hexOf(row.head),
  };
}

export function readMember(row: MemberRecord): MemberRow {
  return { ...placeOf(row), member: Number(row.member), standing: decodeMember(wordOf(row.word)), profile: hexOf(row.profile) };
}

export function readAccount(row: AccountRecord): AccountRow {
  return { ...placeOf(row), account: hexOf(row.account), member: Number(row.member), standing: decodeAccount(wordOf(row.word)) };
}

export function readKey(row: KeyRecord): KeyRow {
  return { ...placeOf(row), thumbprint: hexOf(row.thumbprint), member: Number(row.member), standing: decodeKey(wordOf(row.word)) };
}

/** The word after a change: position and size are those of the anchored record; a document in a batch has none. */
export function changedWord(change: Buffer, anchored: Buffer | null): bigint {
  return anchored === null ? wordOf(change) : wordOf(change) | BigInt.asUintN(64, wordOf(anchored));
}
