import { id } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { Call, Councils } from '../../ledger/support/newCouncils.ts';
import type { Sending } from './attacker.ts';
import type { ChainLog } from './watch.ts';

const GAS = '0x4c4b40';
const ACT_EXECUTED = id('ActExecuted(bytes32)');

/** The chain of the campaign: what is sent waits for the next block, so that a sequence needs few of them. */
export class Chain implements Sending {
  /** What was sent in this sequence. */
  readonly notes: string[] = [];
  /** Calls that were sent in all. */
  calls = 0;
  /** Acts that councils executed in all. */
  executed = 0;
  readonly #world: Councils;
  readonly #waiting: (Call & { readonly from: string })[] = [];
  #snapshot: unknown;
  #time = 0;
  #settled = 0;

  constructor(world: Councils) {
    this.#world = world;
  }

  now(): number {
    return this.#time;
  }

  /** From here on, until `end`, what is done is undone. */
  async begin(): Promise<void> {
    const { rpc } = this.#world;
    this.#snapshot = await rpc('evm_snapshot', []);
    await rpc('evm_setAutomine', [false]);
    const block = (await rpc('eth_getBlockByNumber', ['latest', false])) as { number: Hex; timestamp: Hex };
    this.#settled = Number(block.number);
    this.#time = Number(block.timestamp);
  }

  async end(): Promise<void> {
    await this.#world.rpc('evm_revert', [this.#snapshot]);
  }

  /** Lets calls come from accounts whose keys the attacker has. */
  async give(accounts: readonly string[]): Promise<void> {
    for (const account of accounts) await this.#world.rpc('hardhat_impersonateAccount', [account]);
  }

  send(from: string, { to, data }: Call, note: string): void {
    this.calls += 1;
    this.notes.push(`${note} by ${from}`);
    this.#waiting.push({ from, to, data });
  }

  async pass(seconds: number): Promise<void> {
    await this.#mine();
    this.#time += seconds;
    this.notes.push(`${seconds} s pass`);
  }

  /** What was told since it was last asked. */
  async settle(): Promise<ChainLog[]> {
    await this.#mine();
    const range = { fromBlock: `0x${(this.#settled + 1).toString(16)}`, toBlock: 'latest' };
    const logs = (await this.#world.rpc('eth_getLogs', [range])) as ChainLog[];
    this.#settled = Number(await this.#world.rpc('eth_blockNumber', []));
    this.executed += logs.filter(({ topics }) => topics[0] === ACT_EXECUTED).length;
    return logs;
  }

  async #mine(): Promise<void> {
    // One after the other: the order decides what an attack comes to, and the same seed must come to the same.
    for (const call of this.#waiting.splice(0)) await this.#world.rpc('eth_sendTransaction', [{ ...call, gas: GAS, gasPrice: '0x0' }]);
    this.#time += 1;
    await this.#world.rpc('evm_setNextBlockTimestamp', [this.#time]);
    await this.#world.rpc('evm_mine', []);
  }
}
