import { indexedBlock } from '../bundles/assemble.ts';
import type { ApiNode } from '../node.ts';

/**
 * The moment up to which all that is recorded is in the graph, milliseconds since 1970: the time of the newest indexed block, or one before it that was asked for.
 *
 * @throws ApiError `INDEX_BEHIND`
 */
export async function settledAt(node: ApiNode, asked?: number | string | null): Promise<number> {
  const { timestamp } = await indexedBlock(node);
  await node.lineage.caughtUp();
  const moment = typeof asked === 'string' ? Date.parse(asked) : (asked ?? Number.POSITIVE_INFINITY);
  return Math.min(moment, timestamp * 1_000);
}
