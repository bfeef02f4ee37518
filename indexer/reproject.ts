import type pg from 'pg';
import { decodeLogs } from './indexRange.ts';
import { emptyDigest, extendDigest } from './project/digest.ts';
import { Emitters } from './project/emitters.ts';
import { Heads } from './project/heads.ts';
import { headsOf, project } from './project/project.ts';
import type { LedgerLog } from './source/ledgerLog.ts';
import { loadHeads } from './store/loadHeads.ts';
import { createLookups, createProjection, inTransaction, PROJECTION_SCHEMA, PROJECTION_VERSION } from './store/migrate.ts';
import { sendCopies } from './store/sendCopies.ts';
import { encodeRows } from './store/tables.ts';

const NEXT_SCHEMA = 'projection_next';
const LOGS_AT_ONCE = 20_000;
const MOST_HEADS = 200_000;

/** An archive whose digest is not the one that the checkpoint states. */
export class ArchiveDamaged extends Error {
  override readonly name = 'ArchiveDamaged';
  readonly code = 'ARCHIVE_DAMAGED';
}

/**
 * Makes the projection anew from the archive, without the chain: beside the old one, which readers keep until both are exchanged in one transaction.
 *
 * @param client holds the writer's lock
 * @param onLogs told the number of logs done so far
 * @throws ArchiveDamaged
 */
export async function reproject(client: pg.Client, onLogs: (done: number) => void = () => {}): Promise<{ logs: number; digest: Buffer }> {
  await client.query(`drop schema if exists ${NEXT_SCHEMA} cascade`);
  await inTransaction(client, () => createProjection(client, NEXT_SCHEMA));
  const checkpoint = await client.query<{ contract: Buffer; digest: Buffer }>('select contract, digest from chain.checkpoint');
  const { contract, digest: expected } = checkpoint.rows[0] as { contract: Buffer; digest: Buffer };
  const emitters = new Emitters(contract);
  const heads = new Heads();
  let digest = emptyDigest(contract);
  let done = 0;
  for await (const logs of archive(client)) {
    for (const log of logs) digest = extendDigest(digest, log);
    await projectChunk(client, logs, emitters, heads);
    done += logs.length;
    onLogs(done);
  }
  if (!digest.equals(expected))
    throw new ArchiveDamaged('the archive does not have the digest of its checkpoint: index anew from the chain');
  await exchange(client);
  return { logs: done, digest };
}

async function projectChunk(client: pg.Client, logs: readonly LedgerLog[], emitters: Emitters, heads: Heads): Promise<void> {
  const { events } = decodeLogs(logs, emitters);
  if (heads.size > MOST_HEADS) heads.clear();
  await loadHeads(client, NEXT_SCHEMA, headsOf(events), heads);
  const copies = encodeRows(NEXT_SCHEMA, project(events, heads));
  await sendCopies(client, copies);
}

async function exchange(client: pg.Client): Promise<void> {
  await inTransaction(client, async () => {
    await createLookups(client, NEXT_SCHEMA);
    await client.query(`drop schema ${PROJECTION_SCHEMA} cascade`);
    await client.query(`alter schema ${NEXT_SCHEMA} rename to ${PROJECTION_SCHEMA}`);
    await client.query('update chain.checkpoint set projection = $1', [PROJECTION_VERSION]);
  });
}

/** All archived logs in order, in chunks. */
async function* archive(client: pg.Client): AsyncGenerator<LedgerLog[]> {
  let after: [number, number] = [-1, -1];
  for (;;) {
    const { rows } = await client.query<{ block: string; log_index: number; address: Buffer; topics: Buffer; data: Buffer }>(
      'select block, log_index, address, topics, data from chain.log where (block, log_index) > ($1, $2) order by block, log_index limit $3',
      [...after, LOGS_AT_ONCE],
    );
    if (rows.length === 0) return;
    const logs = rows.map(({ block, log_index, ...bytes }) => ({ block: Number(block), logIndex: log_index, ...bytes }));
    yield logs;
    const last = logs.at(-1) as LedgerLog;
    after = [last.block, last.logIndex];
  }
}
