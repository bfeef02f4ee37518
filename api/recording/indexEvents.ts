import { eventFacts } from '../../protocol/epcis/query/eventFacts.ts';
import type { EventToIndex } from '../catalogue/eventIndex.ts';
import type { RecordedEvent } from '../catalogue/recordedEvents.ts';
import { inParallel } from '../inParallel.ts';
import type { ApiNode } from '../node.ts';
import { type BackgroundLoop, startLoop } from './backgroundLoop.ts';
import { readRecordedEvent } from './readRecordedEvent.ts';

const EVENTS_AT_ONCE = 400;
const READS_AT_ONCE = 16;
const IDLE_MS = 5_000;

/** Keeps the index of events with the recorded events, beginning where a former run of the node left; idle while there are no more. */
export function followIndex(node: ApiNode): BackgroundLoop {
  const loop = startLoop(node.log, 'indexing events failed', async () => ((await indexNextEvents(node)) ? 0 : IDLE_MS));
  node.catalogue.news.on('recorded', loop.wake);
  return loop;
}

/** Indexes the recorded events that come next; true where there may be more. */
export async function indexNextEvents(node: ApiNode): Promise<boolean> {
  const next = node.catalogue.recordedEvents(node.catalogue.indexedUpTo(), EVENTS_AT_ONCE);
  node.catalogue.indexEvents(await inParallel(READS_AT_ONCE, next, (event) => readEvent(node, event)));
  return next.length === EVENTS_AT_ONCE;
}

// All are indexed, whoever may see them: a look-up leaves out what is not for its reader. A body that is lost is told of in the log; its event cannot be answered either.
async function readEvent(node: ApiNode, { seq, leaf, recordedAt }: RecordedEvent): Promise<EventToIndex> {
  const reading = await readRecordedEvent(node, leaf);
  return { seq, leaf, recordTime: recordedAt, facts: reading && eventFacts(reading.event, reading.context, reading.hash) };
}
