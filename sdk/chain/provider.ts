import type { JsonRpcPayload, JsonRpcResult } from 'ethers';
import { JsonRpcProvider, Network } from 'ethers';
import { SdkError } from '../errors.ts';
import { readCapped } from '../http/readCapped.ts';

/** Limits of one request to the chain. */
export interface ProviderLimits {
  /** Milliseconds until an unanswered request fails. */
  timeoutMs: number;
  /** Greatest answer in bytes. */
  maxBytes: number;
}

const LIMITS: ProviderLimits = { timeoutMs: 30_000, maxBytes: 256 * 1024 * 1024 };

/**
 * ethers' JSON-RPC provider over the platform's own `fetch`, with one decode and one parse an answer, a timeout and a size limit.
 *
 * The chain id is pinned: no request is spent on asking for it, and `assertChain` finds out whether the chain at `url` is the one meant.
 */
export class FastProvider extends JsonRpcProvider {
  readonly #url: string;
  readonly #limits: ProviderLimits;

  constructor(url: string, chainId: number, limits: Partial<ProviderLimits> = {}) {
    // cacheTimeout -1: ethers would else answer equal requests of the last 250 ms from memory, and a just-mined block would not be seen.
    super(url, chainId, { staticNetwork: Network.from(chainId), cacheTimeout: -1, batchMaxCount: 100 });
    this.#url = url;
    this.#limits = { ...LIMITS, ...limits };
  }

  /**
   * Sends one request or a batch.
   *
   * @throws SdkError `CHAIN_UNREACHABLE`, `CHAIN_ANSWER_MALFORMED`, `ANSWER_TOO_LARGE`
   */
  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    const text = await this.#post(JSON.stringify(payload));
    try {
      const answer = JSON.parse(text) as JsonRpcResult | JsonRpcResult[];
      return Array.isArray(answer) ? answer : [answer];
    } catch (cause) {
      throw new SdkError('CHAIN_ANSWER_MALFORMED', `what answers at ${this.#url} is not an Ethereum node`, { cause });
    }
  }

  /**
   * Checks that the chain at the address is the one that was pinned.
   *
   * @throws SdkError `ANOTHER_CHAIN`, `CHAIN_UNREACHABLE`
   */
  async assertChain(): Promise<void> {
    const found = Number(await this.send('eth_chainId', []));
    const expected = Number(this._network.chainId);
    if (found !== expected) {
      throw new SdkError('ANOTHER_CHAIN', `the chain at ${this.#url} has id ${found}, not ${expected}`, {
        advice: 'check rpcUrl and chainId in deployment.json',
        facts: { found, expected },
      });
    }
  }

  async #post(body: string): Promise<string> {
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(this.#limits.timeoutMs),
      });
      return await readCapped(response, this.#limits.maxBytes);
    } catch (cause) {
      if (cause instanceof SdkError) throw cause;
      throw new SdkError('CHAIN_UNREACHABLE', `the chain at ${this.#url} does not answer`, {
        advice: 'start it (npm start), or check rpcUrl in deployment.json',
        cause,
      });
    }
  }
}
