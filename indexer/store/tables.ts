import type { Companion } from '../project/emitters.ts';
import type { Rows, TableName } from '../project/rows.ts';
import { type Copy, type CopyTable, encodeCopy } from './copyBinary.ts';
import { LAW_TABLES } from './lawTables.ts';
import { PLACE, writePlace } from './place.ts';

/** A row of `chain.log`. */
export interface LogRow {
  readonly block: number;
  readonly logIndex: number;
  readonly address: Buffer;
  readonly topics: Buffer;
  readonly data: Buffer;
}

/** A row of `chain.block`. */
export interface BlockRow {
  readonly number: number;
  readonly hash: Buffer;
  readonly timestamp: number;
  readonly logs: number;
  readonly sequence: number;
  readonly digest: Buffer;
}

/** `chain.log`. */
export const LOG_TABLE: CopyTable<LogRow> = {
  name: 'log',
  columns: ['block', 'log_index', 'address', 'topics', 'data'],
  write(row, to) {
    to.bigint(row.block);
    to.integer(row.logIndex);
    to.bytea(row.address);
    to.bytea(row.topics);
    to.bytea(row.data);
  },
};

/** `chain.block`. */
export const BLOCK_TABLE: CopyTable<BlockRow> = {
  name: 'block',
  columns: ['number', 'hash', '"timestamp"', 'logs', 'sequence', 'digest'],
  write(row, to) {
    to.bigint(row.number);
    to.bytea(row.hash);
    to.bigint(row.timestamp);
    to.integer(row.logs);
    to.bigint(row.sequence);
    to.bytea(row.digest);
  },
};

/** `chain.companion`. */
const COMPANION_TABLE: CopyTable<Companion> = {
  name: 'companion',
  columns: ['address', 'kind', 'block', 'log_index'],
  write(row, to) {
    to.bytea(row.address);
    to.smallint(row.kind);
    to.bigint(row.block);
    to.integer(row.logIndex);
  },
};

/** The tables of `projection.sql`. */
export const PROJECTION_TABLES: { readonly [Name in TableName]: CopyTable<Rows[Name][number]> } = {
  record: {
    name: 'record',
    columns: [...PLACE, 'id', 'issuer', 'kind', 'leaf_or_root', 'sha256', 'sm3', 'subject', 'issuer_head', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.id);
      to.bigint(row.issuer);
      to.smallint(row.kind);
      to.bytea(row.leafOrRoot);
      to.bytea(row.sha256);
      to.bytea(row.sm3);
      to.bytea(row.subject);
      to.bytea(row.issuerHead);
      to.word(row.word);
    },
  },
  status_change: {
    name: 'status_change',
    columns: [...PLACE, 'id', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.id);
      to.word(row.word);
    },
  },
  succession: {
    name: 'succession',
    columns: [...PLACE, 'id', 'successor'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.id);
      to.bytea(row.successor);
    },
  },
  subject_entry: {
    name: 'subject_entry',
    columns: [...PLACE, 'subject', 'position', 'id', 'leaf', 'record', 'issuer', 'head'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.subject);
      to.integer(row.position);
      to.bytea(row.id);
      to.bytea(row.leaf);
      to.bytea(row.record);
      to.bigint(row.issuer);
      to.bytea(row.head);
    },
  },
  member: {
    name: 'member',
    columns: [...PLACE, 'member', 'shore', 'enrolled', 'word', 'profile'],
    write(row, to) {
      writePlace(row, to);
      to.bigint(row.member);
      to.smallint(row.shore);
      to.boolean(row.enrolled);
      to.word(row.word);
      to.bytea(row.profile);
    },
  },
  account: {
    name: 'account',
    columns: [...PLACE, 'account', 'member', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.account);
      to.bigint(row.member);
      to.word(row.word);
    },
  },
  credential_key: {
    name: 'credential_key',
    columns: [...PLACE, 'thumbprint', 'member', 'word'],
    write(row, to) {
      writePlace(row, to);
      to.bytea(row.thumbprint);
      to.bigint(row.member);
      to.word(row.word);
    },
  },
  ...LAW_TABLES,
};

/** Names of the projection's tables. */
export const TABLE_NAMES = Object.keys(PROJECTION_TABLES) as TableName[];

/** Encodes the rows of a projection, for the tables in `schema`. */
export function encodeRows(schema: string, rows: Rows): Copy[] {
  return TABLE_NAMES.filter((name) => rows[name].length > 0).map((name) => encodeTable(schema, name, rows));
}

/** Encodes a run of logs, the blocks that they are of, and the contracts that they added, for the archive. */
export function encodeArchive(logs: readonly LogRow[], blocks: readonly BlockRow[], companions: readonly Companion[]): Copy[] {
  const copies = [encodeCopy('chain', BLOCK_TABLE, blocks)];
  if (logs.length > 0) copies.push(encodeCopy('chain', LOG_TABLE, logs));
  if (companions.length > 0) copies.push(encodeCopy('chain', COMPANION_TABLE, companions));
  return copies;
}

function encodeTable<Name extends TableName>(schema: string, name: Name, rows: Rows): Copy {
  return encodeCopy<Rows[Name][number]>(schema, PROJECTION_TABLES[name], rows[name]);
}
