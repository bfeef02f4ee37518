import { type Hex, toHex } from '../protocol/encoding/hex.ts';
import { reproject } from './reproject.ts';
import { connectWriter } from './store/write.ts';

/**
 * Makes the rows of an index anew from its archive. The chain is not needed; readers keep the old rows until both are exchanged.
 *
 * @param database PostgreSQL connection string of an index that nobody writes to
 * @throws StoreProblem `WRITER_ACTIVE` while its node runs; ArchiveDamaged
 */
export async function rebuild(database: string, onLogs?: (done: number) => void): Promise<{ logs: number; digest: Hex; seconds: number }> {
  const client = await connectWriter(database);
  try {
    const started = performance.now();
    const { logs, digest } = await reproject(client, onLogs);
    return { logs, digest: toHex(digest), seconds: (performance.now() - started) / 1000 };
  } finally {
    await client.end();
  }
}
