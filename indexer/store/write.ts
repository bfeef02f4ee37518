import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { emptyDigest } from '../project/digest.ts';
import type { Companion } from '../project/emitters.ts';
import type { Heads } from '../project/heads.ts';
import type { NeededHeads } from '../project/project.ts';
import type { Copy } from './copyBinary.ts';
import { loadHeads } from './loadHeads.ts';
import { createLookups, createProjection, inTransaction, migrate, PROJECTION_SCHEMA, PROJECTION_VERSION } from './migrate.ts';
import { sendCopies } from './sendCopies.ts';
import { type BlockRow, TABLE_NAMES } from './tables.ts';

/** Which ledger an index is of. */
export interface LedgerIdentity {
  readonly chainId: number;
  /** Address in lower case. */
  readonly contract: string;
  /** Height of the block that deployed it. */
  readonly startBlock: number;
}

/** How far the index has come. */
export interface WriterState {
  /** Newest block indexed; undefined at the beginning. */
  readonly tip: { readonly number: number; readonly hash: Buffer; readonly timestamp: number } | undefined;
  /** Number of the newest event. */
  readonly sequence: number;
  /** Numbers that the events skipped. */
  readonly missing: number;
  /** The contract's counter at the tip; undefined where it could not be read. */
  readonly counted: number | undefined;
  readonly digest: Buffer;
  /** Contracts beside the ledger, in the order of their addition. */
  readonly companions: readonly Companion[];
}

/** All that one range of blocks adds, written in one transaction. */
export interface Batch {
  /** Rows of `chain.log`, `chain.block` and the projection, encoded. */
  readonly copies: readonly Copy[];
  readonly next: WriterState & { readonly tip: NonNullable<WriterState['tip']> };
}

/** What an operator must look at. */
export interface Alarm {
  readonly code: string;
  readonly facts: Record<string, unknown>;
}

/** A database that cannot be written to by this indexer. */
export class StoreProblem extends Error {
  override readonly name = 'StoreProblem';
  /** `OTHER_LEDGER`: made from another contract. `WRITER_ACTIVE`: another indexer holds the lock. */
  readonly code: 'OTHER_LEDGER' | 'WRITER_ACTIVE';

  constructor(code: 'OTHER_LEDGER' | 'WRITER_ACTIVE', message: string) {
    super(message);
    this.code = code;
  }
}

/** Channel on which a new checkpoint is announced. A hint: readers also look by themselves. */
export const CHECKPOINT_CHANNEL = 'tidemark_checkpoint';
const ANNOUNCE = `notify ${CHECKPOINT_CHANNEL}`;

/** Recent blocks whose hashes are kept even without logs, so that a fork is found. */
const KEPT_BLOCKS = 1_024;
// An arbitrary number, the same for every writer.
const LOCK_KEY = 7_463_201;
// A killed writer's session ends at once; one that is just being taken down may need a moment.
const LOCK_PATIENCE_MS = 1_500;
const LOCK_RETRY_MS = 25;

/** The one writer of an index: holds the lock while it is open. */
export class IndexWriter {
  readonly #client: pg.Client;
  /** For reading heads while a batch is being written. */
  readonly #lookup: pg.Client;
  readonly #contract: Buffer;
  readonly #startBlock: number;
  #state: WriterState;
  #hasLookups = false;

  private constructor(client: pg.Client, lookup: pg.Client, ledger: LedgerIdentity, state: WriterState) {
    this.#client = client;
    this.#lookup = lookup;
    this.#contract = contractBytes(ledger);
    this.#startBlock = ledger.startBlock;
    this.#state = state;
  }

  /**
   * Connects, takes the writer's lock, and brings the schema forward.
   *
   * @throws StoreProblem `WRITER_ACTIVE`, `OTHER_LEDGER`; the driver's error while the database is away
   */
  static async open(database: string, ledger: LedgerIdentity): Promise<IndexWriter> {
    const client = await connectWriter(database);
    try {
      await migrate(client);
      await claim(client, ledger);
      return new IndexWriter(client, await connect(database), ledger, await readState(client));
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** How far the index has come. */
  get state(): WriterState {
    return this.#state;
  }

  /** The height to go on from. */
  get nextBlock(): number {
    return this.#state.tip === undefined ? this.#startBlock : this.#state.tip.number + 1;
  }

  /** Version of the projection that the rows are of; null before the first. */
  async projection(): Promise<string | null> {
    const { rows } = await this.#client.query<{ projection: string | null }>('select projection from chain.checkpoint');
    return rows[0]?.projection ?? null;
  }

  /** Runs work of re-projection on the writer's connection. */
  async withClient<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    return work(this.#client);
  }

  /**
   * Adds to `heads` those needed that it lacks. May run while a batch is being written, if `heads` holds all that the batch
   * extended.
   */
  async loadHeads(needed: NeededHeads, heads: Heads): Promise<void> {
    await loadHeads(this.#lookup, PROJECTION_SCHEMA, needed, heads);
  }

  /** Writes a batch and the checkpoint after it, all or nothing. */
  async commit({ copies, next }: Batch): Promise<void> {
    const forgotten = forget(this.nextBlock - 1 - KEPT_BLOCKS, next.tip.number - KEPT_BLOCKS);
    await sendCopies(this.#client, copies, [forgotten, moveTo(next), ANNOUNCE]);
    this.#state = next;
  }

  /** Makes the indexes that readers look documents up by, if they are not there yet. Left until the rows are there, because that is several times faster. */
  async makeLookups(): Promise<void> {
    if (this.#hasLookups) return;
    await inTransaction(this.#client, () => createLookups(this.#client, PROJECTION_SCHEMA));
    this.#hasLookups = true;
  }

  /** Stored blocks at or below `height`, newest first. */
  async blocksDownFrom(height: number, count: number): Promise<BlockRow[]> {
    const { rows } = await this.#client.query<BlockRecord>('select * from chain.block where number <= $1 order by number desc limit $2', [
      height,
      count,
    ]);
    return rows.map(readBlock);
  }

  /**
   * Takes back all blocks above `ancestor` (undefined: all of them), keeps their logs aside, and raises an alarm, which says how many events are kept.
   */
  async rewind(ancestor: BlockRow | undefined, alarm: Alarm): Promise<void> {
    const above = ancestor?.number ?? -1;
    const next = await inTransaction(this.#client, async () => {
      const keptSequence = ancestor?.sequence ?? 0;
      const id = await insertAlarm(this.#client, { ...alarm, facts: { ...alarm.facts, keptSequence } });
      await this.#client.query(
        `insert into chain.abandoned_log (alarm, block, log_index, address, topics, data)
         select $1, block, log_index, address, topics, data from chain.log where block > $2`,
        [id, above],
      );
      await this.#client.query('delete from chain.log where block > $1', [above]);
      await this.#client.query('delete from chain.block where number > $1', [above]);
      await this.#client.query('delete from chain.companion where block > $1', [above]);
      for (const table of TABLE_NAMES) await this.#client.query(`delete from ${PROJECTION_SCHEMA}.${table} where block > $1`, [above]);
      const state = await this.#stateAt(ancestor);
      await this.#client.query([moveTo(state), ANNOUNCE].join(';'));
      return state;
    });
    this.#state = next;
  }

  /** Raises an alarm. */
  async raise(alarm: Alarm): Promise<void> {
    await insertAlarm(this.#client, alarm);
  }

  /** How many alarms were ever raised. */
  async alarms(): Promise<number> {
    const { rows } = await this.#client.query<{ count: string }>('select count(*) from chain.alarm');
    return Number(rows[0]?.count);
  }

  /** Notes the contract's counter at the tip, where it was not known when the tip was written. */
  async count(counted: number): Promise<void> {
    const next = { ...this.#state, counted };
    await this.#client.query([moveTo(next), ANNOUNCE].join(';'));
    this.#state = next;
  }

  /**
   * The newest block that surely lacks no event. A missing event may have stood at the end of the last block with logs before the first gap in the events'
   * numbers (or before the tip, where there is no gap and the contract counts more), so that block is not it. Undefined where there is none.
   */
  async blockBeforeGap(): Promise<BlockRow | undefined> {
    const { rows } = await this.#client.query<BlockRecord>(`
      with step as (select number, sequence - lag(sequence, 1, 0::bigint) over (order by number) - logs as skipped from chain.block),
           gap as (select min(number) as number from step where skipped <> 0),
           suspect as (select max(b.number) as number from chain.block b, gap where b.logs > 0 and (gap.number is null or b.number < gap.number))
      select b.* from chain.block b, suspect where b.number < suspect.number order by b.number desc limit 1`);
    return rows[0] === undefined ? undefined : readBlock(rows[0]);
  }

  /** Releases the lock. */
  async close(): Promise<void> {
    await Promise.all([this.#client.end(), this.#lookup.end()]);
  }

  async #stateAt(block: BlockRow | undefined): Promise<WriterState> {
    if (block === undefined) return beginning(this.#contract);
    const { rows } = await this.#client.query<{ count: string }>('select count(*) from chain.log');
    const { number, hash, timestamp, sequence, digest } = block;
    const missing = sequence - Number(rows[0]?.count);
    const companions = await readCompanions(this.#client);
    return { tip: { number, hash, timestamp }, sequence, missing, counted: undefined, digest, companions };
  }
}

/**
 * Connects and takes the lock of the one writer. It is held by the connection, so a writer that is killed has freed it.
 *
 * @throws StoreProblem `WRITER_ACTIVE`
 */
export async function connectWriter(database: string): Promise<pg.Client> {
  const client = await connect(database);
  try {
    // Without these a host that vanished would hold the lock for two hours.
    await client.query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3');
    await takeLock(client);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function connect(database: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database, keepAlive: true, application_name: 'tidemark-indexer' });
  // A lost connection shows in the next query.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function takeLock(client: pg.Client): Promise<void> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK_KEY]);
    if (rows[0]?.taken === true) return;
    if (Date.now() > deadline) throw new StoreProblem('WRITER_ACTIVE', 'another indexer writes to this database');
    await sleep(LOCK_RETRY_MS);
  }
}

/** Makes a new database this ledger's, and refuses one that is another's. */
async function claim(client: pg.Client, ledger: LedgerIdentity): Promise<void> {
  const contract = contractBytes(ledger);
  const { rows } = await client.query<{ chain_id: string; contract: Buffer; start_block: string }>('select * from chain.checkpoint');
  const found = rows[0];
  if (found === undefined) return createIndex(client, ledger, contract);
  const same =
    Number(found.chain_id) === ledger.chainId && found.contract.equals(contract) && Number(found.start_block) === ledger.startBlock;
  if (same) return;
  const whose = `contract 0x${found.contract.toString('hex')} of chain ${found.chain_id}, from block ${found.start_block}`;
  throw new StoreProblem('OTHER_LEDGER', `this database is the index of ${whose}: use another, or drop it`);
}

async function createIndex(client: pg.Client, { chainId, startBlock }: LedgerIdentity, contract: Buffer): Promise<void> {
  await inTransaction(client, async () => {
    await createProjection(client, PROJECTION_SCHEMA);
    await client.query(
      `insert into chain.checkpoint (chain_id, contract, start_block, projection, sequence, missing, digest) values ($1, $2, $3, $4, 0, 0, $5)`,
      [chainId, contract, startBlock, PROJECTION_VERSION, emptyDigest(contract)],
    );
  });
}

interface CheckpointRecord {
  height: string | null;
  hash: Buffer;
  timestamp: string;
  sequence: string;
  missing: string;
  counted: string | null;
  digest: Buffer;
}

async function readState(client: pg.Client): Promise<WriterState> {
  const { rows } = await client.query<CheckpointRecord>('select * from chain.checkpoint');
  const row = rows[0] as CheckpointRecord;
  return {
    tip: row.height === null ? undefined : { number: Number(row.height), hash: row.hash, timestamp: Number(row.timestamp) },
    sequence: Number(row.sequence),
    missing: Number(row.missing),
    counted: row.counted === null ? undefined : Number(row.counted),
    digest: row.digest,
    companions: await readCompanions(client),
  };
}

async function readCompanions(client: pg.Client): Promise<Companion[]> {
  const { rows } = await client.query<{ address: Buffer; kind: number; block: string; log_index: number }>(
    'select * from chain.companion order by block, log_index',
  );
  return rows.map(({ address, kind, block, log_index }) => ({ address, kind, block: Number(block), logIndex: log_index }));
}

/** Writes the checkpoint. */
function moveTo({ tip, sequence, missing, counted, digest }: WriterState): string {
  return `update chain.checkpoint set height = ${literal(tip?.number)}, hash = ${literal(tip?.hash)}, "timestamp" = ${literal(tip?.timestamp)},
    sequence = ${literal(sequence)}, missing = ${literal(missing)}, counted = ${literal(counted)}, digest = ${literal(digest)}`;
}

/** Forgets the blocks without logs of the heights `from` to `to`, `to` not included. */
function forget(from: number, to: number): string {
  return `delete from chain.block where logs = 0 and number >= ${literal(from)} and number < ${literal(to)}`;
}

/** Parameters cannot be sent with several statements at once; numbers and bytes need no escaping. */
function literal(value: number | Buffer | undefined): string {
  if (value === undefined) return 'null';
  return typeof value === 'number' ? String(value) : `'\\x${value.toString('hex')}'`;
}

async function insertAlarm(client: pg.Client, { code, facts }: Alarm): Promise<string> {
  const { rows } = await client.query<{ id: string }>('insert into chain.alarm (code, facts) values ($1, $2) returning id', [code, facts]);
  return rows[0]?.id as string;
}

interface BlockRecord {
  number: string;
  hash: Buffer;
  timestamp: string;
  logs: number;
  sequence: string;
  digest: Buffer;
}

function readBlock(row: BlockRecord): BlockRow {
  const { hash, logs, digest } = row;
  return { number: Number(row.number), hash, timestamp: Number(row.timestamp), logs, sequence: Number(row.sequence), digest };
}

function beginning(contract: Buffer): WriterState {
  return { tip: undefined, sequence: 0, missing: 0, counted: undefined, digest: emptyDigest(contract), companions: [] };
}

function contractBytes({ contract }: LedgerIdentity): Buffer {
  return Buffer.from(contract.slice(2), 'hex');
}
