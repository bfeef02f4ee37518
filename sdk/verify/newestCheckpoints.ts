import { type Checkpoint, readCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import type { Trust } from '../../protocol/verdict/verdict.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';

/** How new the ledger is, by what its nodes sign. */
export interface NewestCheckpoints {
  /** Of the newest block that any node shows; 0 where none does. An answer from below is stale. */
  height: number;
  /** Time of that block, milliseconds since 1970. */
  time: number;
  /** Two witnesses signed different blocks of one height: the ledger itself is in doubt. */
  disagree: boolean;
}

/**
 * Asks every node for its newest checkpoint. Those of other ledgers, of unknown keys and older than `trust.maxAge` say nothing.
 *
 * @param reject is told of each node that shows none, and why
 */
export async function newestCheckpoints(
  nodes: readonly NodeClient[],
  trust: Trust,
  now: string,
  reject: (node: string, error: unknown) => void = () => {},
): Promise<NewestCheckpoints> {
  const read = await Promise.all(
    nodes.map(async (node) => {
      try {
        return [await freshCheckpoint(node, trust, now)];
      } catch (error) {
        reject(node.url, error);
        return [];
      }
    }),
  );
  const checkpoints = read.flat();
  const newest = checkpoints.reduce((one, other) => (other.height > one.height ? other : one), { height: 0, timestamp: 0 });
  const disagree = checkpoints.some((one) => checkpoints.some((other) => one.height === other.height && one.hash !== other.hash));
  return { height: newest.height, time: newest.timestamp * 1_000, disagree };
}

async function freshCheckpoint(node: NodeClient, trust: Trust, now: string): Promise<Checkpoint> {
  const checkpoint = readCheckpoint(await node.checkpoint(), trust.witnesses);
  const ours = checkpoint.chainId === trust.chainId && checkpoint.contract === trust.contract;
  if (!ours) throw new SdkError('ANOTHER_LEDGER', `${node.url} is a node of another ledger`);
  if (checkpoint.iat + trust.maxAge < Date.parse(now) / 1_000) throw new SdkError('STALE', `${node.url} shows an old checkpoint`);
  return checkpoint;
}
