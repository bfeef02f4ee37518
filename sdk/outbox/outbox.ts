import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { keccak256 } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { FastProvider } from '../chain/provider.ts';
import { revertReason } from '../chain/revertReason.ts';
import { SdkError } from '../errors.ts';
import type { Signer } from '../keys/signer.ts';
import { type Effect, hasEffect } from './effect.ts';
import { type LaneLock, lockLane } from './laneLock.ts';
import { type OutboxRow, type OutboxStore, openOutboxStore } from './outboxStore.ts';

/** Where an outbox keeps its rows, and for whom and to what it sends. */
export interface OutboxOptions {
  /** SQLite file; several lanes may share it. */
  path: string;
  provider: FastProvider;
  signer: Signer;
  chainId: number;
  contract: Hex;
  /** Milliseconds between looks at the chain while something is under way. */
  pollMs?: number;
  /** Milliseconds to wait for another process that holds the lane, and for the chain to answer. */
  patienceMs?: number;
  /** Milliseconds without progress after which the outbox takes the chain's next nonce for held up, and frees it. */
  stallMs?: number;
}

/** A call of the ledger, or of a contract beside it. */
export interface OutboxCall {
  /** Contract to be called; the ledger where not given. */
  to?: Hex;
  data: Hex;
  gasLimit: number;
  /** How the state shows that it was done; without one, only a receipt does. */
  effect?: Effect;
}

/** The word that a request is on disk and will be sent until it is mined, whatever crashes. */
export interface Acknowledgement {
  id: string;
  hash: Hex;
  nonce: number;
}

/** A request that has had its effect, at the latest in this block. */
export interface Settlement {
  id: string;
  hash: Hex;
  height: number;
  blockHash: Hex;
}

/** What happens to requests, for progress and alarms. */
export interface OutboxEvents {
  settled: [Settlement];
  failed: [id: string, error: string];
  /** The chain lost blocks, and so many settled requests with them: they are being sent again. */
  reopened: [count: number];
  /** Signed anew with another nonce, since the old transaction can never be mined. */
  resigned: [id: string];
  /** The chain did not take a transaction, or does not answer; it is tried again. */
  delayed: [reason: string];
}

/**
 * A crash-safe outbox: one account's calls of the ledger, each done once.
 *
 * A request is signed and flushed to disk before it is acknowledged, and acknowledged before it is sent. After a crash the identical bytes are sent again.
 * Only where the state shows that a transaction is gone for good (its nonce was used, there is no receipt, and its effect is missing: an embedded chain can
 * lose blocks) is it signed anew.
 */
export interface Outbox {
  /** The account that sends, in lower case. */
  readonly lane: Hex;
  readonly events: EventEmitter<OutboxEvents>;
  /**
   * Takes a call. The same `id` with the same data is the same request: it is acknowledged again and not doubled; after a failure it is tried anew.
   *
   * @throws SdkError `REQUEST_ID_REUSED`, `OUTBOX_CLOSED`
   */
  submit(id: string, call: OutboxCall): Promise<Acknowledgement>;
  /** Tells whether the request is in the outbox, in whatever state but failed. */
  has(id: string): boolean;
  /**
   * Resolves when the request has had its effect.
   *
   * @throws SdkError `REVERTED`, `NOT_YET_MINED` (it stays in the outbox), `UNKNOWN_REQUEST`, `OUTBOX_CLOSED`
   */
  wait(id: string, timeoutMs?: number): Promise<Settlement>;
  /** Stops sending and lets go of the lane; what is unsettled is sent when the outbox is opened again. */
  close(): Promise<void>;
}

// Besu keeps at most 200 future transactions of one sender in its pool.
const MOST_IN_FLIGHT = 128;
// The provider makes one request of what is sent in one moment.
const SENT_AT_ONCE = 64;
const RESEND_MS = 3_000;
const STALL_MS = 10_000;
const TRANSFER_GAS = 21_000;
const LOOK_BACK_MS = 1_000;
const IDLE_MS = 1_000;
const POLL_MS = 100;
const PATIENCE_MS = 30_000;

/**
 * Opens an account's outbox, reconciles it with the chain, and begins to send what is unsettled.
 *
 * @throws SdkError `LANE_BUSY`, `ANOTHER_LEDGER`, `CHAIN_UNREACHABLE`
 */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const patience = options.patienceMs ?? PATIENCE_MS;
  const lane = options.signer.address;
  const store = openOutboxStore(options.path, lane, options);
  let lock: LaneLock | undefined;
  try {
    lock = await lockLane(`${options.path}-${lane}.lock`, patience);
    const sender = new Sender(options, store, lock);
    await sender.start(patience);
    return sender;
  } catch (error) {
    lock?.release();
    store.close();
    throw error;
  }
}

interface Receipt {
  status: Hex;
  blockNumber: Hex;
  blockHash: Hex;
}

interface Waiter {
  resolve(settlement: Settlement): void;
  reject(error: SdkError): void;
}

class Sender implements Outbox {
  readonly lane: Hex;
  readonly events = new EventEmitter<OutboxEvents>();
  readonly #options: OutboxOptions;
  readonly #provider: FastProvider;
  readonly #store: OutboxStore;
  readonly #lock: LaneLock;
  readonly #waiters = new Map<string, Waiter[]>();
  /** When each transaction was last sent by this process, by hash. */
  readonly #sentAt = new Map<Hex, number>();
  /** Transactions whose nonce was used and that had no receipt at the last look. */
  #missing = new Set<Hex>();
  #nextNonce = 0;
  /** What holds up the chain's next nonce, and since when. */
  #stall: { nonce: number; first: Hex; since: number } | undefined;
  #lookedBackAt = 0;
  #lastDelay: string | undefined;
  /** Signing and storing happen one after another, so that nonces have no gaps. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Something came in since the last look at the chain began. */
  #stirred = false;
  #endSleep: () => void = () => {};
  #closed = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: OutboxOptions, store: OutboxStore, lock: LaneLock) {
    this.#options = options;
    this.#provider = options.provider;
    this.#store = store;
    this.#lock = lock;
    this.lane = options.signer.address;
  }

  /** Learns the next nonce, then runs until closed. */
  async start(patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        await this.#provider.assertChain();
        await this.#lookBack();
        this.#nextNonce = Math.max(this.#store.highestNonce() + 1, await this.#chainNonce());
        break;
      } catch (error) {
        if (error instanceof SdkError && error.code === 'ANOTHER_CHAIN') throw error;
        if (Date.now() >= deadline) throw error;
        await sleep(IDLE_MS / 4);
      }
    }
    this.#running = this.#run();
  }

  submit(id: string, call: OutboxCall): Promise<Acknowledgement> {
    return this.#inTurn(async () => {
      if (this.#closed) throw closed();
      const known = this.#store.get(id);
      if (known !== undefined && known.state !== 'FAILED') {
        if (known.data !== call.data || known.to !== this.#target(call))
          throw new SdkError('REQUEST_ID_REUSED', `request ${id} was made with another call`);
        return acknowledge(known);
      }
      const row = await this.#keep(id, call);
      this.#wake();
      return acknowledge(row);
    });
  }

  has(id: string): boolean {
    const row = this.#store.get(id);
    return row !== undefined && row.state !== 'FAILED';
  }

  wait(id: string, timeoutMs?: number): Promise<Settlement> {
    const row = this.#store.get(id);
    if (row === undefined) return Promise.reject(new SdkError('UNKNOWN_REQUEST', `there is no request ${id} in the outbox`));
    if (row.state === 'SETTLED') return Promise.resolve(settlementOf(row));
    if (row.state === 'FAILED') return Promise.reject(reverted(id, row.error));
    if (this.#closed) return Promise.reject(closed());
    const { promise, resolve, reject } = Promise.withResolvers<Settlement>();
    this.#waiters.set(id, [...(this.#waiters.get(id) ?? []), { resolve, reject }]);
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => reject(this.#notYet(id)), timeoutMs);
    return promise.finally(() => clearTimeout(timer));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#wake();
    await this.#running;
    await this.#turn;
    for (const id of [...this.#waiters.keys()]) this.#answer(id, (waiter) => waiter.reject(closed()));
    this.#store.close();
    this.#lock.release();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      let pause = this.#options.pollMs ?? POLL_MS;
      this.#stirred = false;
      try {
        const busy = await this.#step();
        if (!busy) pause = IDLE_MS;
      } catch (error) {
        this.#delayed(messageOf(error));
        pause = IDLE_MS;
      }
      if (!this.#stirred) await this.#sleep(pause);
    }
  }

  /** One look at the chain; tells whether anything is under way. */
  async #step(): Promise<boolean> {
    if (Date.now() - this.#lookedBackAt >= LOOK_BACK_MS) await this.#lookBack();
    const rows = this.#store.unsettled(MOST_IN_FLIGHT);
    // Asked for before the receipts: a transaction that is mined in between is then pending, not missing.
    const nonce = await this.#chainNonce();
    await this.#inTurn(async () => {
      this.#nextNonce = Math.max(this.#nextNonce, nonce);
    });
    if (rows.length === 0) return false;
    await this.#settle(rows.filter((row) => row.nonce < nonce));
    const ahead = rows.filter((row) => row.nonce >= nonce);
    await this.#endStall(ahead[0], nonce);
    await this.#send(ahead.filter((row) => this.#isDue(row)));
    return true;
  }

  /** Finds out whether the chain has lost blocks in which requests were settled, and makes those unsettled again. */
  async #lookBack(): Promise<void> {
    let block = this.#store.newestSettled(Number.MAX_SAFE_INTEGER);
    let lost = false;
    while (block !== undefined && (await this.#hashAt(block.height)) !== block.blockHash) {
      lost = true;
      block = this.#store.newestSettled(block.height - 1);
    }
    if (lost) this.events.emit('reopened', this.#store.reopenAbove(block?.height ?? -1));
    this.#lookedBackAt = Date.now();
  }

  async #settle(rows: readonly OutboxRow[]): Promise<void> {
    const receipts = await Promise.all(
      rows.map(({ hash }) => this.#provider.send('eth_getTransactionReceipt', [hash]) as Promise<Receipt | null>),
    );
    const missing: OutboxRow[] = [];
    for (const [index, row] of rows.entries()) {
      const receipt = receipts[index];
      if (receipt === null || receipt === undefined) missing.push(row);
      else if (BigInt(receipt.status) === 1n) this.#settled(row, Number(receipt.blockNumber), receipt.blockHash);
      else await this.#reverted(row, receipt);
    }
    await this.#searchMissing(missing);
  }

  /** Two looks in a row decide that a transaction is gone: nodes behind one address may be a moment apart. */
  async #searchMissing(rows: readonly OutboxRow[]): Promise<void> {
    const before = this.#missing;
    this.#missing = new Set(rows.map(({ hash }) => hash));
    for (const row of rows) {
      if (!before.has(row.hash)) continue;
      if (!(await this.#settledByEffect(row))) await this.#signAnew([row]);
    }
  }

  async #reverted(row: OutboxRow, receipt: Receipt): Promise<void> {
    if (await this.#settledByEffect(row)) return;
    const call = { from: this.lane, to: row.to, data: row.data };
    const error = await revertReason(this.#provider, call, Number(receipt.blockNumber));
    this.#store.fail(row.id, error);
    this.events.emit('failed', row.id, error);
    this.#answer(row.id, (waiter) => waiter.reject(reverted(row.id, error)));
  }

  async #settledByEffect(row: OutboxRow): Promise<boolean> {
    if (row.effect === undefined) return false;
    const head = (await this.#provider.send('eth_getBlockByNumber', ['latest', false])) as { number: Hex; hash: Hex };
    if (!(await hasEffect(this.#provider, this.#options.contract, row.effect))) return false;
    this.#settled(row, Number(head.number), head.hash);
    return true;
  }

  #settled(row: OutboxRow, height: number, blockHash: Hex): void {
    this.#store.settle(row.id, height, blockHash);
    this.#sentAt.delete(row.hash);
    const settlement = { id: row.id, hash: row.hash, height, blockHash };
    this.events.emit('settled', settlement);
    this.#answer(row.id, (waiter) => waiter.resolve(settlement));
  }

  /** Nothing later is mined before the chain's next nonce is: what has held it up for too long is moved out of the way. */
  async #endStall(first: OutboxRow | undefined, nonce: number): Promise<void> {
    if (first === undefined) {
      this.#stall = undefined;
      return;
    }
    const before = this.#stall;
    if (before?.nonce !== nonce || before.first !== first.hash) this.#stall = { nonce, first: first.hash, since: Date.now() };
    else if (Date.now() - before.since >= (this.#options.stallMs ?? STALL_MS)) {
      this.#stall = undefined;
      await (first.nonce === nonce ? this.#useUp(nonce) : this.#closeGap(nonce));
    }
  }

  /** A nonce that nobody will use (the chain lost a transaction that is not ours to send again) would hold up all later ones for ever. */
  async #closeGap(nonce: number): Promise<void> {
    await this.#inTurn(async () => {
      this.#nextNonce = nonce;
    });
    await this.#signAnew(this.#store.unsettled(Number.MAX_SAFE_INTEGER));
  }

  /**
   * A node may take a transaction and never mine it: anvil loses track of one that arrives in the moment in which the one before is mined. Nothing but another
   * transaction with the same nonce helps then. An empty one to ourselves is sent: whichever of the two is mined, the other never is, and a request whose
   * nonce is gone is signed anew.
   */
  async #useUp(nonce: number): Promise<void> {
    const { chainId, signer } = this.#options;
    const raw = await signer.signTransaction({ chainId, nonce, to: this.lane, data: '0x', gasLimit: TRANSFER_GAS });
    this.#delayed(`the chain does not mine nonce ${nonce}: it is used up and what had it is sent with another`);
    await this.#take(raw);
  }

  #signAnew(rows: readonly OutboxRow[]): Promise<void> {
    return this.#inTurn(async () => {
      for (const row of rows) {
        await this.#keep(row.id, row);
        this.events.emit('resigned', row.id);
      }
    });
  }

  /** In the order of nonces, each batch when the one before was taken: a node is slow with, or loses, what comes before its predecessor. */
  async #send(rows: readonly OutboxRow[]): Promise<void> {
    const taken: string[] = [];
    for (let at = 0; at < rows.length; at += SENT_AT_ONCE) {
      const batch = rows.slice(at, at + SENT_AT_ONCE);
      for (const { hash } of batch) this.#sentAt.set(hash, Date.now());
      const took = await Promise.all(batch.map(({ raw }) => this.#take(raw)));
      taken.push(...batch.filter((_, index) => took[index]).map(({ id }) => id));
    }
    if (taken.length > 0) this.#store.sent(taken);
  }

  /** Gives the chain's node a transaction; tells whether it has it. */
  async #take(raw: Hex): Promise<boolean> {
    try {
      await this.#provider.send('eth_sendRawTransaction', [raw]);
      return true;
    } catch (error) {
      const message = messageOf(error);
      if (/already|known/i.test(message)) return true;
      this.#delayed(message);
      return false;
    }
  }

  #isDue(row: OutboxRow): boolean {
    return Date.now() - (this.#sentAt.get(row.hash) ?? 0) >= RESEND_MS;
  }

  /** Signs with the next nonce and writes to disk; only then is the nonce used up. */
  async #keep(id: string, call: OutboxCall | OutboxRow): Promise<OutboxRow> {
    const { data, gasLimit, effect } = call;
    const { chainId, signer } = this.#options;
    const nonce = this.#nextNonce;
    const to = this.#target(call);
    const raw = await signer.signTransaction({ chainId, nonce, to, data, gasLimit });
    const signed = { id, nonce, to, data, gasLimit, effect, raw, hash: keccak256(raw) as Hex, state: 'SIGNED' } as const;
    const row: OutboxRow = { ...signed, height: undefined, blockHash: undefined, error: undefined };
    this.#store.put(row);
    this.#nextNonce = nonce + 1;
    return row;
  }

  #target({ to }: Pick<OutboxCall, 'to'>): Hex {
    return to ?? this.#options.contract;
  }

  async #chainNonce(): Promise<number> {
    return Number(await this.#provider.send('eth_getTransactionCount', [this.lane, 'latest']));
  }

  async #hashAt(height: number): Promise<Hex | undefined> {
    const block = (await this.#provider.send('eth_getBlockByNumber', [`0x${height.toString(16)}`, false])) as { hash: Hex } | null;
    return block?.hash;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  #answer(id: string, tell: (waiter: Waiter) => void): void {
    for (const waiter of this.#waiters.get(id) ?? []) tell(waiter);
    this.#waiters.delete(id);
  }

  #delayed(reason: string): void {
    this.#lastDelay = reason;
    this.events.emit('delayed', reason);
  }

  #notYet(id: string): SdkError {
    const because = this.#lastDelay === undefined ? '' : `: ${this.#lastDelay}`;
    return new SdkError('NOT_YET_MINED', `request ${id} is not mined yet${because}`, {
      advice: 'it is kept and will be sent again; run the same command again to continue',
    });
  }

  #wake(): void {
    this.#stirred = true;
    this.#endSleep();
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function acknowledge({ id, hash, nonce }: OutboxRow): Acknowledgement {
  return { id, hash, nonce };
}

function settlementOf({ id, hash, height, blockHash }: OutboxRow): Settlement {
  return { id, hash, height: height as number, blockHash: blockHash as Hex };
}

function reverted(id: string, error: string | undefined): SdkError {
  return new SdkError('REVERTED', `the ledger refused request ${id}: ${error ?? 'no reason given'}`);
}

function closed(): SdkError {
  return new SdkError('OUTBOX_CLOSED', 'the outbox is closed');
}

function messageOf(error: unknown): string {
  const inner = (error as { error?: { message?: string } }).error?.message;
  return inner ?? (error instanceof Error ? error.message : String(error));
}
