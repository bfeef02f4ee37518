import { setImmediate as giveWay } from 'node:timers/promises';
import { extendDigest } from './project/digest.ts';
import { decodeEvent } from './project/events.generated.ts';
import type { Heads } from './project/heads.ts';
import { type PlacedEvent, project, sequenceOf } from './project/project.ts';
import type { FetchedRange } from './source/fetchRange.ts';
import { type LedgerLog, SourceProblem } from './source/ledgerLog.ts';
import { PROJECTION_SCHEMA } from './store/migrate.ts';
import { type BlockRow, encodeArchive, encodeRows } from './store/tables.ts';
import type { Batch, WriterState } from './store/write.ts';

/**
 * Decodes the logs of a range.
 *
 * @throws UnknownEvent, MisshapenEvent
 */
export function decodeLogs(logs: readonly LedgerLog[]): PlacedEvent[] {
  return logs.map((log) => {
    const event = decodeEvent(log);
    return { block: log.block, logIndex: log.logIndex, sequence: sequenceOf(event), event };
  });
}

/**
 * Makes the batch that brings an index from `state` over a range of blocks. Gives way to the event loop between its steps, so that the batch being written
 * is not kept waiting for tens of milliseconds.
 *
 * @param heads those that the events need; holds the heads after them when it resolves
 * @throws SourceProblem `SEQUENCE_BROKEN`: the events' numbers go back
 */
export async function indexRange(range: FetchedRange, events: readonly PlacedEvent[], state: WriterState, heads: Heads): Promise<Batch> {
  const missing = state.missing + countSkipped(events, state.sequence);
  const blocks = stampBlocks(range, events, state);
  await giveWay();
  const archived = encodeArchive(range.logs, blocks);
  await giveWay();
  const rows = project(events, heads);
  await giveWay();
  const projected = encodeRows(PROJECTION_SCHEMA, rows);
  const { number, hash, timestamp, sequence, digest } = blocks.at(-1) as BlockRow;
  const next = { tip: { number, hash, timestamp }, sequence, missing, counted: range.counter, digest };
  return { copies: [...archived, ...projected], next };
}

/** How many numbers the events skip after `sequence`. Each event carries the next number (docs/spec/ledger.md section 2, slot 0). */
function countSkipped(events: readonly PlacedEvent[], sequence: number): number {
  let skipped = 0;
  let last = sequence;
  for (const { block, sequence: found } of events) {
    if (found <= last) throw new SourceProblem('SEQUENCE_BROKEN', `event ${found} in block ${block} comes after event ${last}`);
    skipped += found - last - 1;
    last = found;
  }
  return skipped;
}

/** The rows of `chain.block`: each block with logs, and the end of the range. */
function stampBlocks({ logs, blocks, end }: FetchedRange, events: readonly PlacedEvent[], state: WriterState): BlockRow[] {
  const stamped = blocks.at(-1)?.number === end.number ? blocks : [...blocks, end];
  let { sequence, digest } = state;
  let at = 0;
  return stamped.map(({ number, hash, timestamp }) => {
    const first = at;
    for (; logs[at]?.block === number; at++) {
      digest = extendDigest(digest, logs[at] as LedgerLog);
      sequence = (events[at] as PlacedEvent).sequence;
    }
    return { number, hash, timestamp, logs: at - first, sequence, digest };
  });
}
