import { type BackgroundLoop, startLoop } from './backgroundLoop.ts';
import { type RecordingNode, recordDueEvents } from './recordEvents.ts';

const IDLE_MS = 5_000;

/** Records events in the background as their records are indexed, beginning with what a former run of the node left; idle while no event waits. */
export function followRecords(node: RecordingNode): BackgroundLoop {
  const { catalogue } = node;
  const loop = startLoop(node.log, 'recording events failed', async () => {
    if (await recordDueEvents(node)) return 0;
    const due = catalogue.nextDue();
    return due === undefined ? IDLE_MS : Math.max(due - node.clock(), 1);
  });
  catalogue.news.on('waiting', loop.wake);
  return loop;
}
