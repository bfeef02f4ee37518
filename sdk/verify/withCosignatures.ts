import { decodeHeader } from '../../protocol/chain/header.ts';
import { readCheckpoint } from '../../protocol/checkpoint/checkpoint.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import type { Trust } from '../../protocol/verdict/verdict.ts';
import type { NodeClient } from '../node/client.ts';

/** With the checkpoints of its block from the witnesses that the node left out, asked of their own nodes. */
export async function withCosignatures(fresh: Bundle, nodes: readonly NodeClient[], trust: Trust): Promise<Bundle> {
  const { cosignatures, header } = fresh.block;
  const signed = new Set(cosignatures.map((jws) => tryRead(jws, trust)?.witness.name));
  if (trust.validators !== undefined || trust.witnesses.every(({ name }) => signed.has(name))) return fresh;
  const { number: height } = decodeHeader(header);
  const asked = await Promise.allSettled(nodes.map((node) => node.checkpoint(height)));
  const added = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  return { ...fresh, block: { ...fresh.block, cosignatures: [...cosignatures, ...added] } };
}

function tryRead(jws: string, trust: Trust) {
  try {
    return readCheckpoint(jws, trust.witnesses);
  } catch {
    return undefined;
  }
}
