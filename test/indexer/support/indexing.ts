import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Indexer, type IndexerConfig, type IndexerStatus, startIndexer } from '../../../indexer/run.ts';
import { TABLE_NAMES } from '../../../indexer/store/tables.ts';
import { query } from './postgres.ts';

/** Waits until an indexer's status is as wanted. */
export async function until(indexer: Indexer, wanted: (status: IndexerStatus) => boolean, patienceMs = 20_000): Promise<IndexerStatus> {
  const deadline = Date.now() + patienceMs;
  while (!wanted(indexer.status())) {
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(indexer.status())}`);
    await sleep(5);
  }
  return indexer.status();
}

/** Indexes until the head is reached with nothing missing, and stops. */
export async function indexOnce(config: IndexerConfig): Promise<IndexerStatus> {
  const indexer = await startIndexer(config);
  try {
    return await until(indexer, ({ complete, lagBlocks }) => complete && lagBlocks === 0);
  } finally {
    await indexer.stop();
  }
}

/** All that an index says of the ledger: digest, height, and a hash over every row of every table; and the indexes that it is read by. */
export async function contentsOf(database: string): Promise<Record<string, unknown>> {
  const [checkpoint] = await query(database, 'select height, hash, sequence, missing, digest from chain.checkpoint');
  const contents: Record<string, unknown> = { checkpoint };
  for (const table of ['chain.log', 'chain.companion', ...TABLE_NAMES.map((name) => `projection.${name}`)]) {
    const rows = await query(database, `select * from ${table} order by block, log_index`);
    contents[table] = `${rows.length} rows, ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`;
  }
  const blocks = await query(
    database,
    'select number, hash, "timestamp", logs, sequence, digest from chain.block where logs > 0 order by number',
  );
  contents['chain.block'] = createHash('sha256').update(JSON.stringify(blocks)).digest('hex');
  const indexes = await query(database, "select indexname from pg_indexes where schemaname = 'projection' order by indexname");
  contents.indexes = indexes.map(({ indexname }) => indexname);
  return JSON.parse(
    JSON.stringify(contents, (_key, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('hex') : value)),
  );
}
