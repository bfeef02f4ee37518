import type { IndexCheckpoint } from '../../indexer/store/rows.ts';
import { indexedBlock } from '../bundles/assemble.ts';
import type { ApiNode } from '../node.ts';

/**
 * The newest indexed block, and the moment up to which all that is recorded is in the graph: the block's time, or one before it that was asked for, in
 * milliseconds since 1970. The block is read first: what is recorded in it is in the graph by then, or comes in a moment.
 *
 * @param asked milliseconds since 1970, or RFC 3339
 * @throws ApiError `INDEX_BEHIND`
 */
export async function settled(node: ApiNode, asked?: number | string | null): Promise<{ block: IndexCheckpoint; asOf: number }> {
  const block = await indexedBlock(node);
  await node.lineage.caughtUp();
  const moment = typeof asked === 'string' ? Date.parse(asked) : (asked ?? Number.POSITIVE_INFINITY);
  return { block, asOf: Math.min(moment, block.timestamp * 1_000) };
}
