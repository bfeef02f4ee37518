import type { LawRows } from './lawRows.ts';

/** What the projection makes of the ledger's events. Rows are only added; what is true now is the newest row of its key. All byte strings are raw. */

/** What every row carries of its event. */
export interface FromEvent {
  readonly block: number;
  readonly logIndex: number;
  readonly sequence: number;
}

/** A document or batch that was anchored. */
export interface RecordEntry extends FromEvent {
  readonly id: Buffer;
  readonly issuer: number;
  readonly kind: number;
  readonly leafOrRoot: Buffer;
  readonly sha256: Buffer | null;
  readonly sm3: Buffer | null;
  readonly subject: Buffer | null;
  readonly issuerHead: Buffer;
  readonly word: bigint;
}

/** A new standing of a record. */
export interface StatusChange extends FromEvent {
  readonly id: Buffer;
  /** The record's word without its position and size, which a change neither carries nor alters: those bits are zero. */
  readonly word: bigint;
}

/** A record that another took the place of. */
export interface Succession extends FromEvent {
  readonly id: Buffer;
  readonly successor: Buffer;
}

/** An entry in a subject's history. */
export interface SubjectEntry extends FromEvent {
  readonly subject: Buffer;
  readonly position: number;
  readonly id: Buffer;
  readonly leaf: Buffer;
  readonly record: Buffer;
  readonly issuer: number;
  readonly head: Buffer;
}

/** A standing of a member, from its event on. */
export interface MemberVersion extends FromEvent {
  readonly member: number;
  readonly shore: number;
  readonly enrolled: boolean;
  readonly word: bigint;
  readonly profile: Buffer;
}

/** A standing of an account, from its event on. */
export interface AccountVersion extends FromEvent {
  readonly account: Buffer;
  readonly member: number;
  readonly word: bigint;
}

/** A standing of a credential key, from its event on. */
export interface KeyVersion extends FromEvent {
  readonly thumbprint: Buffer;
  readonly member: number;
  readonly word: bigint;
}

/** The rows of a run of events, by table. */
export interface Rows extends LawRows {
  readonly record: RecordEntry[];
  readonly status_change: StatusChange[];
  readonly succession: Succession[];
  readonly subject_entry: SubjectEntry[];
  readonly member: MemberVersion[];
  readonly account: AccountVersion[];
  readonly credential_key: KeyVersion[];
}

/** Name of a table of the projection. */
export type TableName = keyof Rows;
