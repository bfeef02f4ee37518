import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const BUSY_PATIENCE_MS = 10_000;

/** Opens the SQLite file at `path`, and makes it with its folder where there is none; every commit has reached the disk when it returns. */
export function openDurableDatabase(path: string, schema: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: BUSY_PATIENCE_MS });
  // FULL: a commit has reached the disk when it returns, also in WAL mode (SQLite, "PRAGMA synchronous").
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(schema);
  return database;
}

/** Does `work` whole or not at all. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * The same, of what can be made again: after a loss of power it may be undone, whole, with what was committed after it in this way, but nothing else (SQLite,
 * "PRAGMA synchronous": in WAL mode NORMAL is safe but for durability).
 */
export function inTransactionOfDerived(database: DatabaseSync, work: () => void): void {
  database.exec('PRAGMA synchronous = NORMAL');
  try {
    inTransaction(database, work);
  } finally {
    database.exec('PRAGMA synchronous = FULL');
  }
}
