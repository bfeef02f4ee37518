import pg from 'pg';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { decodeRecord } from '../../protocol/ledger/words.ts';
import { watchHints } from './hints.ts';
import { readLaboratories } from './law/laboratories.ts';
import { readOrigin } from './law/origin.ts';
import { readRegistry } from './law/registry.ts';
import { readSafety } from './law/safety.ts';
import {
  type AccountRecord,
  type BlockAtRecord,
  type CheckpointRecord,
  type CompanionRecord,
  changedWord,
  type KeyRecord,
  type MemberRecord,
  type RecordRecord,
  readAccount,
  readBlockAt,
  readCheckpoint,
  readCompanion,
  readKey,
  readMember,
  readRecord,
  readSubjectEntry,
  type StatusChangeRecord,
  type SubjectEntryRecord,
} from './ledgerRecords.ts';
import type { IndexReader, StatusChangeRow, SubjectHead } from './rows.ts';
import { bytes, hexOf, MOST_ROWS, paged, pageOf, placeOf, type Select } from './select.ts';
import { watchCheckpoints } from './watchCheckpoints.ts';

export type * from './rows.ts';

const CONNECTIONS = 8;
// Only reads, and never long ones.
const SESSION = '-c default_transaction_read_only=on -c statement_timeout=5000';

/** SQLSTATEs of a database, schema or table that does not exist: the indexer has not started yet, and the index is empty. */
const NOT_MADE_YET: ReadonlySet<string> = new Set(['3D000', '3F000', '42P01']);

const RECORD = `select r.*, changed.word as changed_word from projection.record r
  left join lateral (select word from projection.status_change where id = r.id order by block desc, log_index desc limit 1) changed on true`;
const MEMBER = `select enrolled.block, enrolled.log_index, enrolled.sequence, enrolled.member, newest.word, newest.profile from projection.member enrolled
  cross join lateral (select word, profile from projection.member where member = enrolled.member order by block desc, log_index desc limit 1) newest
  where enrolled.enrolled`;
// Asked and answered in one text each: of a thousand rows node-postgres takes three times the processor.
const SUBJECT_HEADS = `select string_agg(encode(newest.subject, 'hex') || encode(newest.head, 'hex') || newest.position, ',') as found
  from unnest(string_to_array($1, ',')) asked (subject)
  cross join lateral (select * from projection.subject_entry e where e.subject = decode(asked.subject, 'hex') order by e.position desc limit 1) newest`;
const RECORDS_BY_ROOTS = `select found.* from (select distinct root from unnest($1::bytea[]) root) asked
  cross join lateral (${RECORD} where r.leaf_or_root = asked.root order by r.block, r.log_index limit ${MOST_ROWS}) found
  order by found.block, found.log_index`;
const STATUS_CHANGES = `select found.*, r.word as anchored_word from (select distinct id from unnest($1::bytea[]) id) asked
  cross join lateral (select * from projection.status_change s where s.id = asked.id order by s.block, s.log_index limit ${MOST_ROWS}) found
  left join projection.record r on r.id = found.id order by found.block, found.log_index`;
// chain.companion has each with the event that added it.
const COMPANIONS = `select added.block, added.log_index, added.sequence, added.companion, newest.word
  from chain.companion c join projection.companion added using (block, log_index)
  cross join lateral (select word from projection.companion where companion = added.companion order by block desc, log_index desc limit 1) newest
  order by added.block, added.log_index`;

/** Subject and head, 64 digits each, and the number of entries. */
function readSubjectHead(text: string): [Hex, SubjectHead] {
  return [`0x${text.slice(0, 64)}`, { entries: Number(text.slice(128)), head: `0x${text.slice(64, 128)}` }];
}

function readStatusChange(row: StatusChangeRecord): StatusChangeRow {
  return { ...placeOf(row), id: hexOf(row.id), record: decodeRecord(changedWord(row.word, row.anchored_word)) };
}

/**
 * Opens the read face of an index. Connects at the first read, and again after the database was away.
 *
 * @param database PostgreSQL connection string
 */
export async function openReader(database: string): Promise<IndexReader> {
  const pool = new pg.Pool({ connectionString: database, max: CONNECTIONS, application_name: 'tidemark-reader', options: SESSION });
  // A connection lost while idle is replaced at the next read.
  pool.on('error', () => undefined);
  const watch = watchCheckpoints(database);

  const select: Select = async <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) => {
    try {
      return (await pool.query<Row>({ name, text, values })).rows;
    } catch (error) {
      if (NOT_MADE_YET.has((error as pg.DatabaseError).code ?? '')) return [];
      throw error;
    }
  };

  async function waitFor(isThere: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const news = watch.next(Math.max(0, deadline - performance.now()));
      if (await isThere()) return true;
      if (performance.now() >= deadline) return false;
      await news;
    }
  }

  const reader: IndexReader = {
    origin: readOrigin(select),
    laboratories: readLaboratories(select),
    safety: readSafety(select),
    registry: readRegistry(select),

    async companions() {
      const rows = await select<CompanionRecord>('companions', COMPANIONS, []);
      return rows.map(readCompanion);
    },

    async checkpoint() {
      const rows = await select<CheckpointRecord>('checkpoint', 'select * from chain.checkpoint where height is not null', []);
      return rows.map(readCheckpoint)[0];
    },

    async blockAt(height) {
      const rows = await select<BlockAtRecord>(
        'blockAt',
        `select c.contract, b.* from chain.checkpoint c
         left join lateral (select * from chain.block where number <= $1 order by number desc limit 1) b on true
         where $1 between c.start_block and c.height`,
        [height],
      );
      return rows.map((row) => readBlockAt(row, height))[0];
    },

    async record(id) {
      return (await reader.records([id]))[0];
    },

    async records(ids) {
      const rows = await select<RecordRecord>('records', `${RECORD} where r.id = any($1)`, [ids.map(bytes)]);
      const found = new Map(rows.map((row) => [hexOf(row.id), readRecord(row)]));
      return ids.map((id) => found.get(id));
    },

    async recordsByRoot(leafOrRoot) {
      return (await reader.recordsByRoots([leafOrRoot]))[0] ?? [];
    },

    async recordsByRoots(leavesOrRoots) {
      if (leavesOrRoots.length > MOST_ROWS) throw new RangeError(`records of at most ${MOST_ROWS} roots`);
      const rows = await select<RecordRecord>('recordsByRoots', RECORDS_BY_ROOTS, [leavesOrRoots.map(bytes)]);
      const found = Map.groupBy(rows.map(readRecord), ({ leafOrRoot }) => leafOrRoot);
      return leavesOrRoots.map((root) => found.get(root) ?? []);
    },

    async recordsByDigest(digest) {
      const rows = await select<RecordRecord>(
        'recordsByDigest',
        `${RECORD} where r.sha256 = $1 or r.sm3 = $1 order by r.block, r.log_index limit ${MOST_ROWS}`,
        [bytes(digest)],
      );
      return rows.map(readRecord);
    },

    async entriesByLeaf(leaf) {
      const rows = await select<SubjectEntryRecord>(
        'entriesByLeaf',
        `select * from projection.subject_entry where leaf = $1 order by block, log_index limit ${MOST_ROWS}`,
        [bytes(leaf)],
      );
      return rows.map(readSubjectEntry);
    },

    async statusChanges(id) {
      return (await reader.statusChangesOf([id]))[0] ?? [];
    },

    async statusChangesOf(ids) {
      if (ids.length > MOST_ROWS) throw new RangeError(`changes of at most ${MOST_ROWS} records`);
      const rows = await select<StatusChangeRecord>('statusChangesOf', STATUS_CHANGES, [ids.map(bytes)]);
      const found = Map.groupBy(rows.map(readStatusChange), ({ id }) => id);
      return ids.map((id) => found.get(id) ?? []);
    },

    async successor(id) {
      const rows = await select<{ successor: Buffer }>('successor', 'select successor from projection.succession where id = $1', [
        bytes(id),
      ]);
      return rows.map(({ successor }) => hexOf(successor))[0];
    },

    async member(member) {
      const rows = await select<MemberRecord>('member', `${MEMBER} and enrolled.member = $1`, [member]);
      return rows.map(readMember)[0];
    },

    async members(page, shore) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<MemberRecord>(
        'members',
        `${MEMBER} and (enrolled.block, enrolled.log_index) > ($1, $2) and ($4::smallint is null or enrolled.shore = $4)
         order by enrolled.block, enrolled.log_index limit $3`,
        [block, logIndex, limit, shore ?? null],
      );
      return paged(rows, readMember, limit);
    },

    async account(address) {
      const rows = await select<AccountRecord>(
        'account',
        'select * from projection.account where account = $1 order by block desc, log_index desc limit 1',
        [bytes(address)],
      );
      return rows.map(readAccount)[0];
    },

    async key(thumbprint) {
      const rows = await select<KeyRecord>(
        'key',
        'select * from projection.credential_key where thumbprint = $1 order by block desc, log_index desc limit 1',
        [bytes(thumbprint)],
      );
      return rows.map(readKey)[0];
    },

    async keysOf(member) {
      const rows = await select<KeyRecord>(
        'keysOf',
        `select * from (
           select distinct on (thumbprint) * from projection.credential_key where member = $1 order by thumbprint, block desc, log_index desc
         ) newest order by block, log_index limit ${MOST_ROWS}`,
        [member],
      );
      return rows.map(readKey);
    },

    async subjectEntries(subject, page) {
      const { block, logIndex, limit } = pageOf(page);
      // In the order of positions, which is the order of places: the index on (subject, position) serves the whole query.
      const rows = await select<SubjectEntryRecord>(
        'subjectEntries',
        'select * from projection.subject_entry where subject = $1 and (block, log_index) > ($2, $3) order by position limit $4',
        [bytes(subject), block, logIndex, limit],
      );
      return paged(rows, readSubjectEntry, limit);
    },

    async subjectHeads(subjects) {
      if (subjects.length > MOST_ROWS) throw new RangeError(`heads of at most ${MOST_ROWS} subjects`);
      const asked = subjects.map((subject) => subject.slice(2)).join(',');
      const [row] = await select<{ found: string | null }>('subjectHeads', SUBJECT_HEADS, [asked]);
      return new Map((row?.found?.split(',') ?? []).map(readSubjectHead));
    },

    async issuerEntries(member, page) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<RecordRecord>(
        'issuerEntries',
        `${RECORD} where r.issuer = $1 and (r.block, r.log_index) > ($2, $3) order by r.block, r.log_index limit $4`,
        [member, block, logIndex, limit],
      );
      return paged(rows, readRecord, limit);
    },

    waitForRecord(id, timeoutMs) {
      const isThere = async () => (await select('hasRecord', 'select 1 from projection.record where id = $1', [bytes(id)])).length > 0;
      return waitFor(isThere, timeoutMs);
    },

    waitForSequence(sequence, timeoutMs) {
      const isThere = async () =>
        (await select('hasSequence', 'select 1 from chain.checkpoint where sequence >= $1', [sequence])).length > 0;
      return waitFor(isThere, timeoutMs);
    },

    hints(after, signal) {
      return watchHints(select, watch, after, signal);
    },

    async close() {
      watch.close();
      await pool.end();
    },
  };
  return reader;
}
