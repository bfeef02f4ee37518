import { nodeOfRequest } from '../../protocol/access/nodeRequest.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { SHORE } from '../../protocol/ledger/codes.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import type { Reader } from './reader.ts';

/** The header in which a node proves which one it is. */
export const NODE_HEADER = 'tidemark-node';

/**
 * The other shore's node as a reader, by its signature on this very request.
 *
 * @param proof the header `Tidemark-Node`
 * @throws ApiError `NODE_UNPROVEN`
 */
export function nodeReader({ config, trust, clock }: ApiNode, path: string, proof: string): Reader {
  try {
    const others = trust.witnesses.filter(({ name }) => name !== config.name);
    const { shore } = nodeOfRequest(proof, others, { name: config.name, path, now: Math.floor(clock() / 1000) });
    return { nodeOf: SHORE[shore] };
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw new ApiError(
      'NODE_UNPROVEN',
      'the request is not proven to be from a node of trust.json, for this node and path, of this minute',
      { cause },
    );
  }
}
