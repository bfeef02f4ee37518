import { toQuantity } from 'ethers';
import { blockHash, encodeHeader } from '../../protocol/chain/header.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { SdkError } from '../errors.ts';
import type { FastProvider } from './provider.ts';

/** State of the ledger at one block, with what it takes to check it: the chain's part of a bundle. */
export interface CollectedProof {
  chainId: number;
  contract: Hex;
  /** RLP of the header. */
  header: Hex;
  /** RLP trie nodes of the account proof and of all storage proofs, each once. */
  nodes: Hex[];
  height: number;
  blockHash: Hex;
}

interface EthProof {
  accountProof: Hex[];
  storageProof: { proof: Hex[] }[];
}

// Keeps one request and its answer at a few hundred kilobytes.
const SLOTS_A_REQUEST = 200;

/**
 * Collects the proof of many storage slots of the ledger at one block.
 *
 * @param blockTag height, or `latest`
 * @throws SdkError `NO_SUCH_BLOCK`, `HEADER_UNKNOWN`: the engine's header has fields that `protocol/chain` does not know; `CHAIN_UNREACHABLE`
 */
export async function collectProof(
  provider: FastProvider,
  contract: Hex,
  slots: readonly Hex[],
  blockTag: number | 'latest' = 'latest',
): Promise<CollectedProof> {
  const tag = blockTag === 'latest' ? blockTag : toQuantity(blockTag);
  const block = (await provider.send('eth_getBlockByNumber', [tag, false])) as
    | ({ number: Hex; hash: Hex } & Record<string, unknown>)
    | null;
  if (block === null) throw new SdkError('NO_SUCH_BLOCK', `the chain has no block ${blockTag}`);
  const header = encodeHeader(block);
  if (blockHash(header) !== block.hash)
    throw new SdkError('HEADER_UNKNOWN', `the header of block ${Number(block.number)} does not give its hash`);
  // By number, not by tag: the head may move between the two requests.
  const proofs = await Promise.all(
    parts(slots).map((part) => provider.send('eth_getProof', [contract, part, block.number]) as Promise<EthProof>),
  );
  const nodes = new Set(
    proofs.flatMap(({ accountProof, storageProof }) => [...accountProof, ...storageProof.flatMap(({ proof }) => proof)]),
  );
  const chainId = Number(provider._network.chainId);
  return { chainId, contract, header, nodes: [...nodes], height: Number(block.number), blockHash: block.hash };
}

function parts(slots: readonly Hex[]): Hex[][] {
  const count = Math.max(1, Math.ceil(slots.length / SLOTS_A_REQUEST));
  return Array.from({ length: count }, (_, index) => slots.slice(index * SLOTS_A_REQUEST, (index + 1) * SLOTS_A_REQUEST));
}
