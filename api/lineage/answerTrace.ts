import type { IndexCheckpoint } from '../../indexer/store/rows.ts';
import type { ViewOptions } from '../../protocol/lineage/lineageView.ts';
import { type Trace, tracing } from '../../protocol/lineage/trace.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import type { Reader } from '../access/reader.ts';
import { shownEvents } from '../access/shownEvents.ts';
import { inTurns } from '../inTurns.ts';
import type { ApiNode } from '../node.ts';
import { type GoodsHistory, historiesOf } from './historiesOf.ts';
import { settled } from './settled.ts';

/** What is asked of goods. */
export interface TraceQuestion {
  /** Canonical Digital Link URIs. */
  ids: readonly string[];
  /** Who asks: the answer stands on events that he may see, and counts the others as sealed. */
  reader: Reader;
  direction: Direction;
  /** What was known then, milliseconds since 1970; by default all that is indexed. */
  asOf?: number;
  /** Only events that happened by then, milliseconds since 1970. */
  at?: number;
  maxDepth?: number;
  /** Goods of one answer, at most 1,000. */
  limit: number;
  /** Where the answer before this one ended. */
  cursor?: string;
}

/** A trace, the block it stands on, and what the ledger counts of each of its goods. */
export interface TraceAnswer {
  ids: readonly string[];
  direction: Direction;
  block: IndexCheckpoint;
  /** The records that the answer stands on: up to this time, milliseconds since 1970. */
  asOf: number;
  at: number | undefined;
  trace: Trace;
  /** Which events the reader may see: whatever else is told of these goods stands on them too. */
  shows: Required<ViewOptions>['shows'];
  /** By identifier, of all goods of the trace and of those asked for. */
  histories: ReadonlyMap<string, GoodsHistory>;
}

/** Most goods of one answer. */
export const MOST_TRACED = 1_000;
/** Most steps from the goods asked about. */
export const MOST_STEPS = 100;

/**
 * Answers where goods came from or went to, from what this node knows. It can be checked: who fetches the histories of the goods (`/subjects`), each proven whole
 * against the ledger, and runs the same functions up to `asOf` comes to the same answer (docs/spec/lineage.md).
 *
 * @throws ApiError `INDEX_BEHIND`
 */
export async function answerTrace(node: ApiNode, question: TraceQuestion): Promise<TraceAnswer> {
  const { ids, reader, direction, at, maxDepth = MOST_STEPS, limit, cursor } = question;
  const { block, asOf } = await settled(node, question.asOf);
  const { shows } = await shownEvents(node, reader);
  const options = {
    shows,
    asOf,
    maxDepth,
    limit,
    ...(at !== undefined && { at }),
    ...(cursor !== undefined && { cursor }),
  };
  let histories = Promise.resolve<ReadonlyMap<string, GoodsHistory>>(new Map());
  const onGoods = (named: readonly string[]): void => {
    // The database answers while the rest is worked out.
    histories = historiesOf(node, reader, [...new Set([...ids, ...named])]);
    histories.catch(() => {});
  };
  const trace = await inTurns(tracing(node.lineage.graph, ids, direction, { ...options, onGoods }));
  return { ids, direction, block, asOf, at, trace, shows, histories: await histories };
}
