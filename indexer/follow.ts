import { setTimeout as sleep } from 'node:timers/promises';
import { type DecodedLogs, decodeLogs, indexRange } from './indexRange.ts';
import { type Companion, Emitters } from './project/emitters.ts';
import { Heads } from './project/heads.ts';
import { headsOf, type PlacedEvent } from './project/project.ts';
import { SubjectFilter } from './project/subjectFilter.ts';
import { reproject } from './reproject.ts';
import { type ForkCode, resolveFork } from './resolveFork.ts';
import { type FetchedRange, fetchCounter, fetchRange, fetchStamps } from './source/fetchRange.ts';
import { readQuantity, SourceProblem } from './source/ledgerLog.ts';
import { LedgerProvider } from './source/provider.ts';
import { fetchRanges, RangeSizer } from './source/ranges.ts';
import { type HeadWatch, watchHeads } from './source/watchHeads.ts';
import { PROJECTION_VERSION } from './store/migrate.ts';
import { openIndex } from './store/openIndex.ts';
import type { Alarm, Batch, IndexWriter, WriterState } from './store/write.ts';

/** What to index, and where to. */
export interface FollowConfig {
  /** JSON-RPC address of the chain, `http:` or `https:`. */
  readonly rpcUrl: string;
  /** Address for subscriptions; default: `rpcUrl` with `ws:`. */
  readonly headsUrl?: string;
  /** Address of the ledger's contract; those beside it are found by its events. */
  readonly contract: string;
  /** Height of the block that deployed it. */
  readonly startBlock: number;
  /** PostgreSQL connection string. The database is made when it is missing and may be made. */
  readonly database: string;
  /** How long a chain may be shorter than the index before blocks count as lost, in milliseconds (a node behind others looks the same); default 5,000. */
  readonly lossPatienceMs?: number;
}

/** What happens while following. */
export interface FollowEvents {
  /** A state was read or written; `head` is the chain's. */
  advanced(state: WriterState, head: number, events: number): void;
  alarmed(alarms: number): void;
  /** A try failed; it is repeated until it works. */
  failed(error: unknown): void;
}

const POLL_MS = 100;
const POLL_WHILE_SUBSCRIBED_MS = 1_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
const DEFAULT_LOSS_PATIENCE_MS = 5_000;
/** How often a node is asked again for logs that its counter says it left out. */
const GAP_TRIES = 5;
const MOST_HEADS = 20_000;
/** How often a range is asked for again because of contracts that it names; once is enough of a node that tells the same twice. */
const COMPANION_TRIES = 3;

/** A range with the logs of all contracts beside the ledger that are known at its end. */
interface WholeRange {
  readonly range: FetchedRange;
  readonly decoded: DecodedLogs;
  readonly companions: readonly Companion[];
}

/** Follows one ledger: catch-up and live are the same. One instance lives from start to stop, over all failures of chain and database. */
export class Follower {
  readonly #config: FollowConfig;
  readonly #contract: string;
  readonly #events: FollowEvents;
  readonly #provider: LedgerProvider;
  readonly #watch: HeadWatch;
  readonly #stop = new AbortController();
  readonly #sizer = new RangeSizer();
  readonly #heads = new Heads();
  #writer: IndexWriter | undefined;
  /** All subjects of the index, where it was begun by this writer; undefined where there may be others. */
  #subjects: SubjectFilter | undefined;
  #pause = FIRST_PAUSE_MS;
  #gap = { from: -1, tries: 0 };
  /** Events that the chain counts and nobody can show, after asking often enough. */
  #tolerated = 0;
  #shorterSince: number | undefined;

  constructor(config: FollowConfig, events: FollowEvents) {
    this.#config = config;
    this.#contract = config.contract.toLowerCase();
    this.#events = events;
    this.#provider = new LedgerProvider(config.rpcUrl);
    this.#watch = watchHeads(config.headsUrl ?? config.rpcUrl.replace(/^http/, 'ws'));
  }

  /** Runs until `stop`. Never rejects. */
  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#turn();
      } catch (error) {
        if (this.#stop.signal.aborted) break;
        await this.#recover(error);
      }
    }
    await this.#writer?.close().catch(() => undefined);
    this.#provider.destroy();
  }

  /** Ends `run` after what is being written. */
  stop(): void {
    this.#stop.abort();
    this.#watch.close();
  }

  async #turn(): Promise<void> {
    this.#writer ??= await this.#open();
    const { tip } = this.#writer.state;
    const { head, tipStands } = await this.#look(tip);
    // Before anything is said of the index: at equal height an abandoned branch would look complete.
    if (!tipStands) return this.#resolve('REORG');
    this.#events.advanced(this.#writer.state, head, 0);
    if (tip !== undefined && head < tip.number) return this.#seeShorter(head);
    this.#shorterSince = undefined;
    if (head >= this.#writer.nextBlock) return this.#catchUp(head);
    if (tip !== undefined && this.#writer.state.counted === undefined) await this.#count(tip);
    await this.#watch.next(this.#watch.live ? POLL_WHILE_SUBSCRIBED_MS : POLL_MS);
  }

  async #open(): Promise<IndexWriter> {
    const chainId = readQuantity(await this.#ask('eth_chainId', []));
    const { startBlock, database } = this.#config;
    this.#heads.clear();
    const writer = await openIndex(database, { chainId, contract: this.#contract, startBlock });
    try {
      if ((await writer.projection()) !== PROJECTION_VERSION) await writer.withClient((client) => reproject(client));
      // What was missing may be there by now.
      if (writer.state.missing > 0)
        await writer.rewind(await writer.blockBeforeGap(), { code: 'ASKED_AGAIN', facts: { missing: writer.state.missing } });
      this.#events.alarmed(await writer.alarms());
    } catch (error) {
      await writer.close().catch(() => undefined);
      throw error;
    }
    this.#tolerated = 0;
    this.#subjects = writer.state.tip === undefined ? new SubjectFilter() : undefined;
    return writer;
  }

  /** The chain's head, and whether it still has the newest block that is indexed. */
  async #look(tip: WriterState['tip']): Promise<{ head: number; tipStands: boolean }> {
    const head = readQuantity(await this.#ask('eth_blockNumber', []));
    if (tip === undefined || head !== tip.number) return { head, tipStands: true };
    const [stamp] = await fetchStamps(this.#provider, [tip.number], this.#stop.signal);
    return { head, tipStands: stamp === undefined || stamp.hash.equals(tip.hash) };
  }

  async #ask(method: string, params: unknown[]): Promise<unknown> {
    const { answers } = await this.#provider.batch([{ method, params }], this.#stop.signal);
    const answer = answers[0];
    if (answer === undefined || 'error' in answer) throw new SourceProblem('CALL_REFUSED', `${method}: ${answer?.error.message}`);
    return answer.result;
  }

  /** Reads the contract's counter at the tip, which a fork or a node without that state left open. */
  async #count(tip: NonNullable<WriterState['tip']>): Promise<void> {
    const { counter, stamp } = await fetchCounter(this.#provider, this.#contract, tip.number, this.#stop.signal);
    if (counter === undefined || stamp?.hash.equals(tip.hash) !== true) return;
    await this.#writer?.count(counter);
  }

  async #catchUp(head: number): Promise<void> {
    const writer = this.#writer as IndexWriter;
    let state = writer.state;
    const fetch = (from: number, to: number, signal: AbortSignal) => this.#fetch(this.#emitters(state.companions), from, to, signal);
    let written = Promise.resolve();
    try {
      for await (const range of fetchRanges(fetch, this.#sizer, writer.nextBlock, head)) {
        if (this.#stop.signal.aborted) return;
        const whole = await this.#withCompanions(range, state);
        if (whole === undefined) break;
        if (this.#heads.size > MOST_HEADS) {
          // The heads of a batch can be forgotten only when they can be read.
          await written;
          this.#heads.clear();
        }
        const batch = await this.#prepare(whole, state);
        await written;
        written = this.#write(whole.range, batch, whole.decoded.logs.length);
        // Its failure is thrown by the next `await written`; until then it is not to count as unhandled.
        written.catch(() => undefined);
        state = batch.next;
      }
    } finally {
      await written;
    }
    const reached = writer.state.tip?.number ?? -1;
    if (reached < head) await this.#resolve('REORG');
  }

  #emitters(companions: readonly Companion[]): Emitters {
    return new Emitters(Buffer.from(this.#contract.slice(2), 'hex'), companions);
  }

  #fetch(emitters: Emitters, from: number, to: number, signal: AbortSignal): Promise<FetchedRange> {
    return fetchRange(this.#provider, emitters.addresses, from, to, AbortSignal.any([signal, this.#stop.signal]));
  }

  /**
   * A range is asked for before those ahead of it are read, so it may lack logs of contracts that they, or it itself, name as standing beside the ledger: then
   * it is asked for again. Undefined where it does not stand on the tip.
   */
  async #withCompanions(fetched: FetchedRange, { tip, companions }: WriterState): Promise<WholeRange | undefined> {
    let range = fetched;
    for (let tries = 0; tries < COMPANION_TRIES; tries++) {
      if (tip !== undefined && range.before?.hash.equals(tip.hash) !== true) return undefined;
      const emitters = this.#emitters(companions);
      const decoded = decodeLogs(range.logs, emitters);
      if (emitters.addresses.every((address) => range.addresses.includes(address)))
        return { range, decoded, companions: emitters.companions };
      range = await this.#fetch(emitters, range.from, range.to, this.#stop.signal);
    }
    throw new SourceProblem('COMPANIONS_UNSETTLED', `blocks ${range.from} to ${range.to} name other contracts at each try`);
  }

  /** Makes the batch of a range, while the one before it is being written. */
  async #prepare({ range, decoded, companions }: WholeRange, state: WriterState): Promise<Batch> {
    await this.#loadHeads(decoded.events);
    const batch = await indexRange(range, decoded, companions, state, this.#heads);
    await this.#checkComplete(range, batch);
    return batch;
  }

  async #loadHeads(events: readonly PlacedEvent[]): Promise<void> {
    const needed = headsOf(events);
    const filter = this.#subjects;
    const subjects = filter === undefined ? needed.subjects : needed.subjects.filter((subject) => filter.add(subject));
    await this.#writer?.loadHeads({ ...needed, subjects }, this.#heads);
  }

  async #write(range: FetchedRange, batch: Batch, events: number): Promise<void> {
    const writer = this.#writer as IndexWriter;
    // Before the index is said to be complete.
    if (range.to === range.head) await writer.makeLookups();
    await writer.commit(batch);
    this.#pause = FIRST_PAUSE_MS;
    this.#events.advanced(writer.state, range.head, events);
  }

  /** Asks again while logs are missing; when the chain cannot show them at all, goes on with an alarm, and the index says that it is incomplete. */
  async #checkComplete({ from, to }: FetchedRange, { next }: Batch): Promise<void> {
    const missing = countMissing(next);
    if (missing === this.#tolerated) return;
    this.#gap = this.#gap.from === from ? { from, tries: this.#gap.tries + 1 } : { from, tries: 1 };
    if (missing !== 0 && this.#gap.tries < GAP_TRIES)
      throw new SourceProblem('LOGS_MISSING', `${missing} of the ledger's events up to block ${to} were not given`);
    this.#tolerated = missing;
    if (missing !== 0) await this.#raise({ code: 'LOGS_MISSING', facts: { from, to, missing } });
  }

  async #raise(alarm: Alarm): Promise<void> {
    const writer = this.#writer as IndexWriter;
    await writer.raise(alarm);
    this.#events.alarmed(await writer.alarms());
  }

  async #seeShorter(head: number): Promise<void> {
    const writer = this.#writer as IndexWriter;
    const [newest] = await writer.blocksDownFrom(head, 1);
    const [stamp] = newest === undefined ? [] : await fetchStamps(this.#provider, [newest.number], this.#stop.signal);
    if (newest !== undefined && stamp !== undefined && !stamp.hash.equals(newest.hash)) return this.#resolve('REORG');
    this.#shorterSince ??= Date.now();
    if (Date.now() - this.#shorterSince < (this.#config.lossPatienceMs ?? DEFAULT_LOSS_PATIENCE_MS)) return this.#watch.next(POLL_MS);
    await this.#resolve('CHAIN_SHORTER');
  }

  async #resolve(code: ForkCode): Promise<void> {
    const writer = this.#writer as IndexWriter;
    this.#heads.clear();
    this.#shorterSince = undefined;
    const undone = await resolveFork(writer, this.#provider, code, this.#stop.signal);
    this.#tolerated = writer.state.missing;
    if (undone > 0) this.#events.alarmed(await writer.alarms());
  }

  async #recover(error: unknown): Promise<void> {
    this.#events.failed(error);
    this.#heads.clear();
    if (error instanceof SourceProblem && error.code === 'RANGE_REFUSED' && this.#sizer.blocks > 1) return this.#sizer.shrink();
    // Anything but the chain's fault may have left the connection within a transaction, or without one.
    if (!isOfSource(error)) {
      await this.#writer?.close().catch(() => undefined);
      this.#writer = undefined;
    }
    await sleep(this.#pause, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    this.#pause = Math.min(LONGEST_PAUSE_MS, 2 * this.#pause);
  }
}

/** Events that the chain counts up to the tip and the index has not. */
export function countMissing({ sequence, missing, counted }: WriterState): number {
  return counted === undefined ? missing : counted - (sequence - missing);
}

function isOfSource(error: unknown): boolean {
  return error instanceof SourceProblem || (error instanceof Error && error.name === 'RpcUnavailable');
}
