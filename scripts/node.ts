/** Runs one node: indexer and API. `npm run build` makes it `dist/node/node.mjs`: `node dist/node/node.mjs --config deploy/nodes/qingdao.json` */
import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../api/config.ts';
import { readDeployment } from '../api/deployment.ts';
import { errorFacts, jsonLog } from '../api/http/log.ts';
import { startIndexer } from '../indexer/run.ts';

const USAGE = 'usage: node dist/node/node.mjs --config FILE\n';
const EXIT_USAGE = 64;
const EXIT_CONFIG = 78;
/** How long the API waits for the index, whose work would stand still while it is loaded. */
const HEAD_START_MS = 1_000;

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
}

async function run(): Promise<void> {
  const file = configFile();
  const config = readConfig(file);
  const log = jsonLog(config.name);
  const { rpcUrl, contract, deployedAt } = readDeployment(config);
  const settled = Promise.withResolvers<void>();
  const indexer = await startIndexer({
    ...{ name: config.name, rpcUrl, contract, startBlock: deployedAt, database: config.database },
    onProblem: ({ code }) => {
      log('warn', 'indexing delayed', { code });
      settled.resolve();
    },
    onCaughtUp: ({ height }) => {
      log('info', 'indexing', { height, uptimeMs: Math.round(process.uptime() * 1000) });
      settled.resolve();
    },
  });
  await Promise.race([settled.promise, sleep(HEAD_START_MS)]);
  const { startApi } = await import('../api/startApi.ts');
  const api = await startApi(config, { index: indexer.reader, status: () => indexer.status(), log });
  // Else compiled code is kept only by a node that ends by itself, and one that was killed finds nothing.
  flushCompileCache();
  const stop = async (signal: string) => {
    log('info', 'stopping', { signal });
    await api.close();
    await indexer.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
  process.on('unhandledRejection', (error) => log('error', 'unhandled', errorFacts(error)));
}

function configFile(): string {
  try {
    const { config } = parseArgs({ options: { config: { type: 'string' } } }).values;
    if (config !== undefined) return config;
  } catch {
    // Answered with the usage below.
  }
  process.stderr.write(USAGE);
  return process.exit(EXIT_USAGE);
}
