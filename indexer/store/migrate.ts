import { readdir, readFile } from 'node:fs/promises';
import type { Client } from 'pg';

const FOLDER = new URL('./migrations/', import.meta.url);
const PROJECTION_SQL = new URL('./projection.sql', import.meta.url);
const LOOKUPS_SQL = new URL('./projectionLookups.sql', import.meta.url);

/** Version of `indexer/project` and `projection.sql` together: an index of another version is made anew from its archive. */
export const PROJECTION_VERSION = '2';
/** Schema of the projection that readers see. */
export const PROJECTION_SCHEMA = 'projection';

/** Brings the database forward, file by file in the order of their numbers, each in a transaction of its own. The caller holds the writer's lock. */
export async function migrate(client: Client): Promise<void> {
  await client.query(
    'create table if not exists public.tidemark_migration (name text primary key, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ name: string }>('select name from public.tidemark_migration');
  const applied = new Set(rows.map(({ name }) => name));
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  for (const name of files) if (!applied.has(name)) await apply(client, name);
}

/** Makes the projection's tables in a new schema, within the client's transaction. */
export async function createProjection(client: Client, schema: string): Promise<void> {
  await client.query(`create schema ${schema}`);
  await runIn(client, schema, PROJECTION_SQL);
}

/** Makes the indexes of the projection that readers look documents up by, where they are not there yet, within the client's transaction. */
export async function createLookups(client: Client, schema: string): Promise<void> {
  await runIn(client, schema, LOOKUPS_SQL);
}

async function runIn(client: Client, schema: string, file: URL): Promise<void> {
  const sql = await readFile(file, 'utf8');
  await client.query(`set local search_path to ${schema}; ${sql}; set local search_path to default`);
}

async function apply(client: Client, name: string): Promise<void> {
  const sql = await readFile(new URL(name, FOLDER), 'utf8');
  await inTransaction(client, async () => {
    await client.query(sql);
    await client.query('insert into public.tidemark_migration (name) values ($1)', [name]);
  });
}

/** Runs `work` in one transaction: all of it is kept, or none. */
export async function inTransaction<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
