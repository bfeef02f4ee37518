import { blockHash, encodeHeader } from '../../protocol/chain/header.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { FastProvider } from '../../sdk/chain/provider.ts';
import { ApiError } from '../errors.ts';

/** A block by height and hash. */
export interface BlockId {
  height: number;
  hash: Hex;
}

/** The chain's part of a bundle. */
export interface StateProof {
  /** RLP of the header. */
  header: Hex;
  /** RLP trie nodes of the account proof and of the storage proofs, each once. */
  nodes: Hex[];
}

/** Proofs of storage slots of the ledger. */
export interface StateProofs {
  /**
   * @throws ApiError `INDEX_BEHIND`: the chain no longer has this block
   */
  prove(block: BlockId, slots: Iterable<Hex>): Promise<StateProof>;
}

interface EthProof {
  accountProof: Hex[];
  storageProof: { proof: Hex[] }[];
}

// Keeps one request and its answer at a few hundred kilobytes.
const SLOTS_A_REQUEST = 200;
const BLOCKS_KEPT = 3;
const SLOTS_KEPT = 20_000;

/**
 * Collects proofs with few requests: the embedded chain builds the whole trie anew for each `eth_getProof`, so what is asked at the same time goes into one,
 * and what was proven of a block is kept while that block is among the newest asked for.
 */
export function openStateProofs(provider: FastProvider, contract: Hex): StateProofs {
  const blocks = new Map<Hex, BlockProofs>();
  return {
    async prove(block, slots) {
      const proofs = blocks.get(block.hash) ?? new BlockProofs(provider, contract, block);
      blocks.delete(block.hash);
      blocks.set(block.hash, proofs);
      while (blocks.size > BLOCKS_KEPT) blocks.delete(blocks.keys().next().value as Hex);
      try {
        return await proofs.prove([...slots]);
      } catch (error) {
        // What failed once is asked anew: the chain may have been away.
        blocks.delete(block.hash);
        throw error;
      }
    },
  };
}

interface Waiting {
  slot: Hex;
  resolve: (nodes: Hex[]) => void;
  reject: (error: unknown) => void;
}

class BlockProofs {
  readonly #provider: FastProvider;
  readonly #contract: Hex;
  readonly #block: BlockId;
  readonly #header: Promise<Hex>;
  readonly #slots = new Map<Hex, Promise<Hex[]>>();
  readonly #account = Promise.withResolvers<Hex[]>();
  #waiting: Waiting[] = [];

  constructor(provider: FastProvider, contract: Hex, block: BlockId) {
    this.#provider = provider;
    this.#contract = contract;
    this.#block = block;
    this.#header = this.#fetchHeader();
    // Looked at only by `prove`, which may fail earlier on something else.
    this.#header.catch(() => {});
    this.#account.promise.catch(() => {});
  }

  async prove(slots: readonly Hex[]): Promise<StateProof> {
    const proofs = slots.map((slot) => this.#prove(slot));
    const [header, ...nodes] = await Promise.all([this.#header, this.#account.promise, ...proofs]);
    return { header, nodes: [...new Set(nodes.flat())] };
  }

  #prove(slot: Hex): Promise<Hex[]> {
    const known = this.#slots.get(slot);
    if (known !== undefined) return known;
    const { promise, resolve, reject } = Promise.withResolvers<Hex[]>();
    promise.catch(() => {});
    if (this.#slots.size < SLOTS_KEPT) this.#slots.set(slot, promise);
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    this.#waiting.push({ slot, resolve, reject });
    return promise;
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < waiting.length; at += SLOTS_A_REQUEST) void this.#fetch(waiting.slice(at, at + SLOTS_A_REQUEST));
  }

  async #fetch(asked: readonly Waiting[]): Promise<void> {
    try {
      const slots = asked.map(({ slot }) => slot);
      const proof = (await this.#provider.send('eth_getProof', [this.#contract, slots, quantity(this.#block.height)])) as EthProof;
      this.#account.resolve(proof.accountProof);
      asked.forEach(({ resolve }, index) => {
        resolve(proof.storageProof[index]?.proof ?? []);
      });
    } catch (error) {
      this.#account.reject(error);
      for (const { reject } of asked) reject(error);
    }
  }

  async #fetchHeader(): Promise<Hex> {
    const { height, hash } = this.#block;
    const block = (await this.#provider.send('eth_getBlockByNumber', [quantity(height), false])) as Record<string, unknown> | null;
    const header = block === null ? undefined : encodeHeader(block as Parameters<typeof encodeHeader>[0]);
    if (header === undefined || blockHash(header) !== hash)
      throw new ApiError('INDEX_BEHIND', 'the chain does not have the block of the index now');
    return header;
  }
}

function quantity(value: number): Hex {
  return `0x${value.toString(16)}`;
}
