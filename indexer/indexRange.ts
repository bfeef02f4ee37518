import { setImmediate as giveWay } from 'node:timers/promises';
import { extendDigest } from './project/digest.ts';
import type { Companion, Emitters } from './project/emitters.ts';
import { decodeEvent } from './project/events.generated.ts';
import type { Heads } from './project/heads.ts';
import { type PlacedEvent, project, sequenceOf } from './project/project.ts';
import type { FetchedRange } from './source/fetchRange.ts';
import { type LedgerLog, SourceProblem } from './source/ledgerLog.ts';
import { PROJECTION_SCHEMA } from './store/migrate.ts';
import { type BlockRow, encodeArchive, encodeRows } from './store/tables.ts';
import type { Batch, WriterState } from './store/write.ts';

/** Logs that count, with their events. */
export interface DecodedLogs {
  readonly logs: readonly LedgerLog[];
  readonly events: readonly PlacedEvent[];
}

/**
 * Decodes the logs of a range, and leaves out those that a contract emitted before it stood beside the ledger: whose range they happen to be read in must
 * not decide.
 *
 * @param emitters knows the contracts that the logs before named; afterwards those too that these name
 * @throws UnknownEvent, MisshapenEvent
 */
export function decodeLogs(logs: readonly LedgerLog[], emitters: Emitters): DecodedLogs {
  const taken: LedgerLog[] = [];
  const events: PlacedEvent[] = [];
  for (const log of logs) {
    const kind = emitters.kindOf(log.address);
    if (kind === undefined) continue;
    const event = decodeEvent(kind, log);
    const { block, logIndex } = log;
    if (event.name === 'CompanionChanged') emitters.add({ address: event.companion, kind: companionKind(event.word), block, logIndex });
    taken.push(log);
    events.push({ block, logIndex, sequence: sequenceOf(event), event });
  }
  return { logs: taken, events };
}

/**
 * Makes the batch that brings an index from `state` over a range of blocks. Gives way to the event loop between its steps, so that the batch being written
 * is not kept waiting for tens of milliseconds.
 *
 * @param decoded the logs of the range
 * @param companions all contracts beside the ledger after them
 * @param heads those that the events need; holds the heads after them when it resolves
 * @throws SourceProblem `SEQUENCE_BROKEN`: the events' numbers go back
 */
export async function indexRange(
  range: FetchedRange,
  decoded: DecodedLogs,
  companions: readonly Companion[],
  state: WriterState,
  heads: Heads,
): Promise<Batch> {
  const { logs, events } = decoded;
  const missing = state.missing + countSkipped(events, state.sequence);
  const blocks = stampBlocks(range, decoded, state);
  await giveWay();
  const archived = encodeArchive(logs, blocks, companions.slice(state.companions.length));
  await giveWay();
  const rows = project(events, heads);
  await giveWay();
  const projected = encodeRows(PROJECTION_SCHEMA, rows);
  const { number, hash, timestamp, sequence, digest } = blocks.at(-1) as BlockRow;
  const next = { tip: { number, hash, timestamp }, sequence, missing, counted: range.counter, digest, companions };
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

/** The rows of `chain.block`: each block with logs that count, and the end of the range. */
function stampBlocks({ blocks, end }: FetchedRange, { logs, events }: DecodedLogs, state: WriterState): BlockRow[] {
  const stamped = blocks.at(-1)?.number === end.number ? blocks : [...blocks, end];
  let { sequence, digest } = state;
  let at = 0;
  const rows = stamped.map(({ number, hash, timestamp }) => {
    const first = at;
    for (; logs[at]?.block === number; at++) {
      digest = extendDigest(digest, logs[at] as LedgerLog);
      sequence = (events[at] as PlacedEvent).sequence;
    }
    return { number, hash, timestamp, logs: at - first, sequence, digest };
  });
  return rows.filter(({ number, logs: count }) => count > 0 || number === end.number);
}

/** The first field of a companion's word. */
function companionKind(word: bigint): number {
  return Number(word >> 248n);
}
