import type { IndexReader } from '../../indexer/store/rows.ts';
import { signCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { PrivateJwk } from '../../protocol/jose/jwk.ts';
import type { FastProvider } from '../../sdk/chain/provider.ts';
import type { Deployment } from '../deployment.ts';

/** This node's signed checkpoints. */
export interface Checkpoints {
  /** Compact JWS for a block that the index has reached, or for its newest; undefined where it has not reached it. */
  sign(height?: number): Promise<string | undefined>;
}

// A checkpoint says "now": within a second it is the same now, and signing costs a millisecond.
const FRESH_MS = 1_000;
const KEPT = 16;

/** Signs checkpoints of what the index holds. */
export function openCheckpoints(options: {
  name: string;
  key: PrivateJwk;
  index: IndexReader;
  provider: FastProvider;
  deployment: Deployment;
  clock: () => number;
}): Checkpoints {
  const { name, key, index, provider, deployment, clock } = options;
  const recent = new Map<number, { jws: string; at: number }>();
  return {
    async sign(asked) {
      const height = asked ?? (await index.checkpoint())?.height;
      if (height === undefined) return undefined;
      const known = recent.get(height);
      if (known !== undefined && clock() - known.at < FRESH_MS) return known.jws;
      const block = await blockOf(index, provider, height);
      if (block === undefined) return undefined;
      const now = Math.floor(clock() / 1000);
      // A block was the chain's head until the next one came, and no longer: signed as "now", it would make a state from before a revocation look fresh. The chain is
      // asked, not the index, which may be behind.
      const next = await headerOf(provider, height + 1);
      const iat = next === undefined ? now : Math.min(now, next.timestamp);
      const { chainId, contract } = deployment;
      const jws = signCheckpoint({ iss: name, iat, chainId, contract, ...block }, key);
      recent.delete(height);
      recent.set(height, { jws, at: clock() });
      while (recent.size > KEPT) recent.delete(recent.keys().next().value as number);
      return jws;
    },
  };
}

async function blockOf(index: IndexReader, provider: FastProvider, height: number) {
  const block = await index.blockAt(height);
  if (block === undefined) return undefined;
  const { sequence, digest: indexDigest } = block;
  if (block.hash !== null && block.timestamp !== null)
    return { height, hash: block.hash, timestamp: block.timestamp, sequence, indexDigest };
  // Blocks without events of ours are passed in ranges: the index holds no hash of them.
  const header = await headerOf(provider, height);
  return header === undefined ? undefined : { height, ...header, sequence, indexDigest };
}

async function headerOf(provider: FastProvider, height: number): Promise<{ hash: Hex; timestamp: number } | undefined> {
  const header = (await provider.send('eth_getBlockByNumber', [`0x${height.toString(16)}`, false])) as { hash: Hex; timestamp: Hex } | null;
  return header === null ? undefined : { hash: header.hash, timestamp: Number(header.timestamp) };
}
