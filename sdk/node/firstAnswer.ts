import { SdkError } from '../errors.ts';
import type { NodeClient } from './client.ts';

/** What the first node that answers says: each is asked in turn, and the error of the last stands for all. */
export async function firstAnswer<Result>(nodes: readonly NodeClient[], ask: (node: NodeClient) => Promise<Result>): Promise<Result> {
  let failure: unknown = new SdkError('NODE_UNREACHABLE', 'no node was asked');
  for (const node of nodes) {
    try {
      return await ask(node);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
