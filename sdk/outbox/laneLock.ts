import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { SdkError } from '../errors.ts';

/** Held by the one process that may send for an account. */
export interface LaneLock {
  release(): void;
}

const RETRY_MS = 100;

/**
 * Takes the lock of one account's lane, waiting up to `patienceMs` for another process to end.
 *
 * The lock is the operating system's lock on an SQLite file in an open exclusive transaction: it ends with the process, however that ends, so it is never
 * found stale.
 *
 * @throws SdkError `LANE_BUSY`
 */
export async function lockLane(path: string, patienceMs: number): Promise<LaneLock> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const database = new DatabaseSync(path, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
      return { release: () => database.close() };
    } catch (cause) {
      database.close();
      if (Date.now() >= deadline) {
        throw new SdkError('LANE_BUSY', 'another process is sending for this account', {
          advice: 'wait until it has ended, then try again',
          cause,
        });
      }
      await sleep(RETRY_MS);
    }
  }
}
