import type { DatabaseSync } from 'node:sqlite';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { SdkError } from '../errors.ts';
import { openDurableDatabase } from '../files/durableDatabase.ts';
import type { Effect } from './effect.ts';

/**
 * SIGNED: on disk, not known to have reached the chain. SENT: the chain's node took it. SETTLED: it has had its effect. FAILED: it was mined and reverted.
 */
export type RequestState = 'SIGNED' | 'SENT' | 'SETTLED' | 'FAILED';

/** A request as it lies in the outbox. */
export interface OutboxRow {
  id: string;
  nonce: number;
  /** Contract that is called. */
  to: Hex;
  data: Hex;
  gasLimit: number;
  effect: Effect | undefined;
  /** The raw signed transaction: what is sent, as often as it takes. */
  raw: Hex;
  hash: Hex;
  state: RequestState;
  /** Block at which it was seen settled, with its hash: how a loss of blocks is noticed. */
  height: number | undefined;
  blockHash: Hex | undefined;
  error: string | undefined;
}

/** Rows of one lane on disk. Every write is flushed before the call returns. */
export interface OutboxStore {
  get(id: string): OutboxRow | undefined;
  /** The unsettled rows with the lowest nonces. */
  unsettled(limit: number): OutboxRow[];
  /** Highest nonce ever signed, or -1. */
  highestNonce(): number;
  /** Writes the row whole: new, or signed anew. */
  put(row: OutboxRow): void;
  /** Marks as taken by the chain's node. */
  sent(ids: readonly string[]): void;
  settle(id: string, height: number, blockHash: Hex): void;
  fail(id: string, error: string): void;
  /** Block of the newest settled rows at or below `height`. */
  newestSettled(height: number): { height: number; blockHash: Hex } | undefined;
  /** Makes rows that were settled above `height` unsettled again; returns how many. */
  reopenAbove(height: number): number;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS ledger (chain_id INTEGER NOT NULL, contract TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS requests (
    lane TEXT NOT NULL, id TEXT NOT NULL, nonce INTEGER NOT NULL, contract TEXT NOT NULL, data TEXT NOT NULL, gas_limit INTEGER NOT NULL, effect TEXT,
    raw TEXT NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL, height INTEGER, block_hash TEXT, error TEXT,
    PRIMARY KEY (lane, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS requests_by_nonce ON requests (lane, nonce);
  CREATE INDEX IF NOT EXISTS requests_unsettled ON requests (lane, nonce) WHERE state IN ('SIGNED', 'SENT');
  CREATE INDEX IF NOT EXISTS requests_settled ON requests (lane, height) WHERE state = 'SETTLED';
`;
const UNSETTLED = "lane = ? AND state IN ('SIGNED', 'SENT')";

/**
 * Opens the outbox file at `path` for one lane.
 *
 * @throws SdkError `ANOTHER_LEDGER`: the file belongs to another chain or contract
 */
export function openOutboxStore(path: string, lane: Hex, ledger: { chainId: number; contract: Hex }): OutboxStore {
  const database = openDurableDatabase(path, SCHEMA);
  bindTo(database, path, ledger);
  const get = database.prepare('SELECT * FROM requests WHERE lane = ? AND id = ?');
  const unsettled = database.prepare(`SELECT * FROM requests WHERE ${UNSETTLED} ORDER BY nonce LIMIT ?`);
  const highest = database.prepare('SELECT max(nonce) AS nonce FROM requests WHERE lane = ?');
  const put = database.prepare('INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const sent = database.prepare(
    "UPDATE requests SET state = 'SENT' WHERE lane = ? AND id IN (SELECT value FROM json_each(?)) AND state = 'SIGNED'",
  );
  const settle = database.prepare(
    "UPDATE requests SET state = 'SETTLED', height = ?, block_hash = ?, error = NULL WHERE lane = ? AND id = ?",
  );
  const fail = database.prepare("UPDATE requests SET state = 'FAILED', error = ? WHERE lane = ? AND id = ?");
  const newest = database.prepare(
    "SELECT height, block_hash AS blockHash FROM requests WHERE lane = ? AND state = 'SETTLED' AND height <= ? ORDER BY height DESC LIMIT 1",
  );
  const reopen = database.prepare(
    "UPDATE requests SET state = 'SIGNED', height = NULL, block_hash = NULL WHERE lane = ? AND state = 'SETTLED' AND height > ?",
  );
  return {
    get: (id) => rowOf(get.get(lane, id)),
    unsettled: (limit) => unsettled.all(lane, limit).map((row) => rowOf(row) as OutboxRow),
    highestNonce: () => Number(highest.get(lane)?.nonce ?? -1),
    put(row) {
      const effect = row.effect === undefined ? null : JSON.stringify(row.effect);
      put.run(
        ...[lane, row.id, row.nonce, row.to, row.data, row.gasLimit, effect, row.raw, row.hash, row.state],
        ...[row.height ?? null, row.blockHash ?? null, row.error ?? null],
      );
    },
    sent: (ids) => void sent.run(lane, JSON.stringify(ids)),
    settle: (id, height, blockHash) => void settle.run(height, blockHash, lane, id),
    fail: (id, error) => void fail.run(error, lane, id),
    newestSettled: (height) => newest.get(lane, height) as { height: number; blockHash: Hex } | undefined,
    reopenAbove: (height) => Number(reopen.run(lane, height).changes),
    close: () => database.close(),
  };
}

function bindTo(database: DatabaseSync, path: string, { chainId, contract }: { chainId: number; contract: Hex }): void {
  const bound = database.prepare('SELECT chain_id AS chainId, contract FROM ledger').get();
  if (bound === undefined) {
    database.prepare('INSERT INTO ledger VALUES (?, ?)').run(chainId, contract);
  } else if (bound.chainId !== chainId || bound.contract !== contract) {
    throw new SdkError('ANOTHER_LEDGER', `${path} belongs to the ledger ${bound.contract} on chain ${bound.chainId}`, {
      advice: 'move the file away if that ledger is gone for good',
    });
  }
}

function rowOf(row: Record<string, unknown> | undefined): OutboxRow | undefined {
  if (row === undefined) return undefined;
  return {
    id: row.id as string,
    nonce: row.nonce as number,
    to: row.contract as Hex,
    data: row.data as Hex,
    gasLimit: row.gas_limit as number,
    effect: row.effect === null ? undefined : (JSON.parse(row.effect as string) as Effect),
    raw: row.raw as Hex,
    hash: row.hash as Hex,
    state: row.state as RequestState,
    height: (row.height as number | null) ?? undefined,
    blockHash: (row.block_hash as Hex | null) ?? undefined,
    error: (row.error as string | null) ?? undefined,
  };
}
