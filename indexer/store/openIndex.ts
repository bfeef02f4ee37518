import pg from 'pg';
import { IndexWriter, type LedgerIdentity } from './write.ts';

/** SQLSTATE of `invalid_catalog_name` and `duplicate_database`. */
const NO_DATABASE = '3D000';
const DATABASE_EXISTS = '42P04';

/** Opens an index for writing; makes its database where there is none. @throws as `IndexWriter.open` */
export async function openIndex(database: string, ledger: LedgerIdentity): Promise<IndexWriter> {
  try {
    return await IndexWriter.open(database, ledger);
  } catch (error) {
    if (sqlState(error) !== NO_DATABASE) throw error;
    await createDatabase(database);
    return IndexWriter.open(database, ledger);
  }
}

/** Makes the database that a connection string names, through the server's `postgres` database. Does nothing where it exists. */
export async function createDatabase(database: string): Promise<void> {
  const url = new URL(database);
  const name = decodeURIComponent(url.pathname.slice(1));
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    if (sqlState(error) !== DATABASE_EXISTS) throw error;
  } finally {
    await client.end();
  }
}

function sqlState(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
