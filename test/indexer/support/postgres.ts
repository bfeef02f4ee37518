import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type RunningPostgres, startPostgres } from '../../../indexer/store/postgres.ts';
import { freePort } from './localLedger.ts';

/** Runs a PostgreSQL of its own for the tests of a `describe`. */
export function usePostgres(): { url(database: string): string } {
  let server: RunningPostgres;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-postgres-'));
    // The server of tests that run as root must be able to pass.
    chmodSync(folder, 0o755);
    server = await startPostgres({ dataDir: join(folder, 'data'), port: await freePort() });
  });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { url: (database) => server.url(database) };
}

/** Asks one query on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
