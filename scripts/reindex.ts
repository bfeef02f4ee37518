/** Makes the rows of a node's index anew from its archive of raw logs, without the chain: `node scripts/reindex.ts --database postgres://…`. Readers keep the old rows until it is done. */
import { parseArgs } from 'node:util';
import { rebuild } from '../indexer/rebuild.ts';

const USAGE = 'usage: node scripts/reindex.ts --database postgres://USER:PASSWORD@HOST:PORT/NAME [--json]   (stop the node first)\n';
const EXIT_USAGE = 64;

const { database, json } = readArguments();
try {
  const { logs, digest, seconds } = await rebuild(database, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} logs`);
  });
  const result = { logs, digest, seconds: Math.round(seconds * 100) / 100, logsPerSecond: Math.round(logs / seconds) };
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `\n${logs} logs in ${result.seconds} s; index digest ${digest}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function readArguments(): { database: string; json: boolean } {
  try {
    const { values } = parseArgs({ options: { database: { type: 'string' }, json: { type: 'boolean' } } });
    if (values.database !== undefined) return { database: values.database, json: values.json === true };
  } catch {
    // Answered with the usage below.
  }
  process.stderr.write(USAGE);
  return process.exit(EXIT_USAGE);
}
