import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexerConfig } from '../indexer/run.ts';
import { startIndexer } from '../indexer/run.ts';

/** The process that `bench/index.ts` measures: indexes, and says so when it has reached the head with nothing missing. */
const config = JSON.parse(process.argv[2] ?? '') as IndexerConfig;
const indexer = await startIndexer({ ...config, onProblem: ({ code, message }) => process.stderr.write(`${code}: ${message}\n`) });
for (;;) {
  const { complete, lagBlocks, sequence } = indexer.status();
  if (complete && lagBlocks === 0) {
    process.send?.({ sequence, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) });
    break;
  }
  await sleep(2);
}
