import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openReader } from '../../indexer/store/read.ts';
import type { FakeIndex } from '../../test/api/support/fakeIndex.ts';
import { startTestNode } from '../../test/api/support/testNode.ts';

/** What the process that serves tells of itself. */
export interface Served {
  readonly url: string;
  /** From the start of the process until it answers, and until all events are in the graph. */
  readonly answersAfterMs: number;
  readonly loadedAfterMs: number;
  /** The longest that others waited meanwhile. */
  readonly longestPauseMs: number;
  readonly megabytes: number;
}

/** What it has used so far, whenever it is asked. */
export interface Used {
  readonly processorMs: number;
  readonly peakMegabytes: number;
}

/** The process that `bench/trace.ts` asks: the API of a node on what `fill` made, without the indexer, which stands still. */
const { folder, database } = JSON.parse(process.argv[2] ?? '') as { folder: string; database: string };
const pauses = monitorEventLoopDelay({ resolution: 5 });
pauses.enable();
const { url, node } = await startTestNode({ folder, index: (await openReader(database)) as FakeIndex });
const answersAfterMs = Math.round(process.uptime() * 1000);
pauses.reset();
await node.lineage.caughtUp();
const served: Served = {
  ...{ url, answersAfterMs, loadedAfterMs: Math.round(process.uptime() * 1000), longestPauseMs: Math.round(pauses.max / 1e6) },
  megabytes: Math.round(process.memoryUsage().rss / 2 ** 20),
};
process.send?.(served);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const used: Used = { processorMs: (user + system) / 1000, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
  process.send?.(used);
});
