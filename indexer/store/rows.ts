import type { Hex } from '../../protocol/encoding/hex.ts';
import type { CompanionWord } from '../../protocol/law/words.ts';
import type { LedgerAccount, LedgerKey, LedgerMember, LedgerRecord } from '../../protocol/ledger/words.ts';
import type { Hint } from './hints.ts';
import type { LaboratoriesReader } from './law/laboratories.ts';
import type { OriginReader } from './law/origin.ts';
import type { RegistryReader } from './law/registry.ts';
import type { SafetyReader } from './law/safety.ts';

/** The index's read face: all that `api/` may know of the database. Rows are in the order of the chain, cursors are places on it, so pages are stable while the ledger grows. */

/** Where an event stands on the chain: a total order, and the cursor of every list. */
export interface Place {
  /** Height of the block. */
  readonly block: number;
  readonly logIndex: number;
}

/** What every row carries of the event it was made from. */
export interface EventRow extends Place {
  /** The event's number in the ledger's own count, from 1. */
  readonly sequence: number;
}

/** One document, or one batch, that was anchored. */
export interface RecordRow extends EventRow {
  readonly id: Hex;
  readonly issuer: number;
  /** Code of `KIND`. */
  readonly kind: number;
  /** Leaf of a single document, root of a batch. */
  readonly leafOrRoot: Hex;
  /** Digests of a document anchored singly; null for a batch. */
  readonly sha256: Hex | null;
  readonly sm3: Hex | null;
  /** Subject that the document was anchored for; null: none, or a batch (its links are `SubjectEntryRow`s). */
  readonly subject: Hex | null;
  /** The issuer's head after this record. */
  readonly issuerHead: Hex;
  /** The record's word when it was anchored. */
  readonly anchored: LedgerRecord;
  /** The record's word now. */
  readonly current: LedgerRecord;
}

/** One change of a record's standing, or of the standing of one document of a batch. */
export interface StatusChangeRow extends EventRow {
  readonly id: Hex;
  /** The record's whole word after the change. */
  readonly record: LedgerRecord;
}

/** One entry in the history of a subject. */
export interface SubjectEntryRow extends EventRow {
  readonly subject: Hex;
  /** Position in the subject's history, from 1. */
  readonly position: number;
  /** Id put into the head: of the document, or of the leaf in a batch. */
  readonly id: Hex;
  readonly leaf: Hex;
  /** Record that anchors it: of the batch's root, or `id` itself. */
  readonly record: Hex;
  readonly issuer: number;
  /** The subject's head after this entry. */
  readonly head: Hex;
}

/** What the ledger counts under a subject: its newest entry. */
export interface SubjectHead {
  readonly entries: number;
  readonly head: Hex;
}

/** A member as it stands now; its place is that of its enrolment. */
export interface MemberRow extends EventRow {
  readonly member: number;
  readonly standing: LedgerMember;
  /** SHA-256 of the profile's exact text. */
  readonly profile: Hex;
}

/** A transaction account as it stands now; its place is that of its last change. */
export interface AccountRow extends EventRow {
  readonly account: Hex;
  readonly member: number;
  readonly standing: LedgerAccount;
}

/** A credential key as it stands now; its place is that of its last change. */
export interface KeyRow extends EventRow {
  /** RFC 7638 SHA-256 thumbprint. */
  readonly thumbprint: Hex;
  readonly member: number;
  readonly standing: LedgerKey;
}

/** A contract beside the ledger as it stands now; its place is that of its addition. */
export interface CompanionRow extends EventRow {
  readonly companion: Hex;
  readonly state: CompanionWord;
}

/** The index at one block. */
export interface IndexedBlock {
  readonly height: number;
  /** Hash and time (Unix seconds) of the block; null for an empty block that was passed in a range: ask the chain. */
  readonly hash: Hex | null;
  readonly timestamp: number | null;
  /** Count of the ledger's events up to this block. */
  readonly sequence: number;
  /** docs/spec/index-digest.md */
  readonly digest: Hex;
}

/** The newest block that is indexed. */
export interface IndexCheckpoint extends IndexedBlock {
  readonly hash: Hex;
  readonly timestamp: number;
  /** Whether the contract's own counter at this block was read and equals `sequence`. */
  readonly complete: boolean;
  readonly chainId: number;
  readonly contract: Hex;
}

/** What is asked of a list. */
export interface PageRequest {
  /** Rows wanted, 1 to 1,000. */
  readonly first: number;
  /** The last place that the reader has. */
  readonly after?: Place;
}

/** Part of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNext: boolean;
}

/** Reads of one node's index. All reject with the driver's error while the database is away. */
export interface IndexReader {
  readonly origin: OriginReader;
  readonly laboratories: LaboratoriesReader;
  readonly safety: SafetyReader;
  readonly registry: RegistryReader;
  /** Contracts beside the ledger, in the order of their addition. */
  companions(): Promise<CompanionRow[]>;
  /** Undefined until the first block is indexed. */
  checkpoint(): Promise<IndexCheckpoint | undefined>;
  /** Undefined where the index has not reached `height`, or begins after it. */
  blockAt(height: number): Promise<IndexedBlock | undefined>;
  record(id: Hex): Promise<RecordRow | undefined>;
  /** Many records at once, in the order asked. */
  records(ids: readonly Hex[]): Promise<(RecordRow | undefined)[]>;
  /** Records of any issuer that anchor this leaf singly, or this root. */
  recordsByRoot(leafOrRoot: Hex): Promise<RecordRow[]>;
  /** Documents anchored singly that have this SHA-256 or SM3 digest. */
  recordsByDigest(digest: Hex): Promise<RecordRow[]>;
  /** Entries of subjects that name this leaf: how a document of a batch is found without its batch. */
  entriesByLeaf(leaf: Hex): Promise<SubjectEntryRow[]>;
  /** Changes of a record, or of the own record of a batch's leaf, oldest first. */
  statusChanges(id: Hex): Promise<StatusChangeRow[]>;
  /** The record that supersedes this one. */
  successor(id: Hex): Promise<Hex | undefined>;
  member(member: number): Promise<MemberRow | undefined>;
  /** Members in the order of enrolment, of one shore where given. */
  members(page: PageRequest, shore?: number): Promise<Page<MemberRow>>;
  account(address: Hex): Promise<AccountRow | undefined>;
  key(thumbprint: Hex): Promise<KeyRow | undefined>;
  /** All keys that a member registered, oldest first. */
  keysOf(member: number): Promise<KeyRow[]>;
  /** History of a subject, oldest first. */
  subjectEntries(subject: Hex, page: PageRequest): Promise<Page<SubjectEntryRow>>;
  /** Heads of up to 1,000 subjects at once; what has no entry is left out. */
  subjectHeads(subjects: readonly Hex[]): Promise<Map<Hex, SubjectHead>>;
  /** What a member anchored, oldest first. */
  issuerEntries(member: number, page: PageRequest): Promise<Page<RecordRow>>;
  /** Resolves with true as soon as a record is indexed, with false after `timeoutMs`. */
  waitForRecord(id: Hex, timeoutMs: number): Promise<boolean>;
  /** Resolves with true as soon as the ledger's event number `sequence` is indexed, with false after `timeoutMs`. */
  waitForSequence(sequence: number, timeoutMs: number): Promise<boolean>;
  /**
   * Alerts, changes of lots, changes of status and consumptions after the ledger's event number `after`, in order, as they are indexed; ends with `signal`.
   * What is told of blocks that are taken back is told again.
   */
  hints(after: number, signal: AbortSignal): AsyncGenerator<Hint>;
  close(): Promise<void>;
}
