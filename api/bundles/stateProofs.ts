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
  /** RLP trie nodes of the account proofs and of the storage proofs, each once. */
  nodes: Hex[];
}

/** Storage slots by the contract that has them. */
export type Slots = ReadonlyMap<Hex, Iterable<Hex>>;

/** Proofs of storage slots of the ledger and of the contracts beside it. */
export interface StateProofs {
  /**
   * Proves slots, and the accounts of their contracts, at one block.
   *
   * @throws ApiError `INDEX_BEHIND`: the chain no longer has this block
   */
  prove(block: BlockId, slots: Slots): Promise<StateProof>;
}

interface EthProof {
  accountProof: Hex[];
  storageProof: { proof: Hex[] }[];
}

// Keeps one request and its answer at a few hundred kilobytes.
const SLOTS_A_REQUEST = 200;
const BLOCKS_KEPT = 3;
/** Of each contract. */
const SLOTS_KEPT = 20_000;

/**
 * Collects proofs with few requests: the embedded chain builds the whole trie anew for each `eth_getProof`, so what is asked of one contract at the same time
 * goes into one, and what was proven of a block is kept while that block is among the newest asked for.
 */
export function openStateProofs(provider: FastProvider): StateProofs {
  const blocks = new Map<Hex, BlockProofs>();
  return {
    async prove(block, slots) {
      const proofs = blocks.get(block.hash) ?? new BlockProofs(provider, block);
      blocks.delete(block.hash);
      blocks.set(block.hash, proofs);
      while (blocks.size > BLOCKS_KEPT) blocks.delete(blocks.keys().next().value as Hex);
      try {
        return await proofs.prove(slots);
      } catch (error) {
        // What failed once is asked anew: the chain may have been away.
        blocks.delete(block.hash);
        throw error;
      }
    },
  };
}

/** What is proven of one block. */
class BlockProofs {
  readonly #provider: FastProvider;
  readonly #block: BlockId;
  readonly #header: Promise<Hex>;
  readonly #contracts = new Map<Hex, ContractProofs>();

  constructor(provider: FastProvider, block: BlockId) {
    this.#provider = provider;
    this.#block = block;
    this.#header = this.#fetchHeader();
    // Looked at only by `prove`, which may fail earlier on something else.
    this.#header.catch(() => {});
  }

  async prove(slots: Slots): Promise<StateProof> {
    const proofs = [...slots].map(([contract, of]) => this.#proofsOf(contract).prove([...of]));
    const [header, ...nodes] = await Promise.all([this.#header, ...proofs]);
    return { header, nodes: [...new Set(nodes.flat())] };
  }

  #proofsOf(contract: Hex): ContractProofs {
    const known = this.#contracts.get(contract) ?? new ContractProofs(this.#provider, contract, quantity(this.#block.height));
    this.#contracts.set(contract, known);
    return known;
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

interface Waiting {
  slot: Hex;
  resolve: (nodes: Hex[]) => void;
  reject: (error: unknown) => void;
}

/** What is proven of one contract at one block. */
class ContractProofs {
  readonly #provider: FastProvider;
  readonly #contract: Hex;
  readonly #height: Hex;
  readonly #slots = new Map<Hex, Promise<Hex[]>>();
  readonly #account = Promise.withResolvers<Hex[]>();
  #waiting: Waiting[] = [];

  constructor(provider: FastProvider, contract: Hex, height: Hex) {
    this.#provider = provider;
    this.#contract = contract;
    this.#height = height;
    // Looked at only together with the slots, of which one may fail first.
    this.#account.promise.catch(() => {});
  }

  /** Nodes of the account's proof and of the slots', with repetitions; of no slots, none. */
  async prove(slots: readonly Hex[]): Promise<Hex[]> {
    if (slots.length === 0) return [];
    const proofs = slots.map((slot) => this.#prove(slot));
    return (await Promise.all([this.#account.promise, ...proofs])).flat();
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
      const proof = (await this.#provider.send('eth_getProof', [this.#contract, slots, this.#height])) as EthProof;
      this.#account.resolve(proof.accountProof);
      asked.forEach(({ resolve }, index) => {
        resolve(proof.storageProof[index]?.proof ?? []);
      });
    } catch (error) {
      this.#account.reject(error);
      for (const { reject } of asked) reject(error);
    }
  }
}

function quantity(value: number): Hex {
  return `0x${value.toString(16)}`;
}
