import { countMissing, type FollowConfig, Follower } from './follow.ts';
import { openReader } from './store/read.ts';
import type { IndexReader } from './store/rows.ts';
import type { WriterState } from './store/write.ts';

/** What `startIndexer` needs. */
export interface IndexerConfig extends FollowConfig {
  /** Name of the node, for messages. */
  readonly name: string;
  /** Told once, when the index is complete up to the chain's head for the first time. */
  readonly onCaughtUp?: (status: IndexerStatus) => void;
  /** Told of each failed try; the indexer tries again by itself. */
  readonly onProblem?: (problem: Problem) => void;
}

/** What stands in the way, with the error's stable code where it has one. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** Where an indexer stands. */
export interface IndexerStatus {
  readonly name: string;
  /** Newest block indexed; -1 before the first. */
  readonly height: number;
  /** Newest block of the chain; -1 until it was asked. */
  readonly head: number;
  readonly lagBlocks: number;
  /** Age of the newest indexed block while there are newer ones, else 0. */
  readonly lagSeconds: number;
  /** Count of the ledger's events up to `height`. */
  readonly sequence: number;
  /** Whether the contract's own counter at `height` was read and nothing is missing, and the chain is not shorter than the index. */
  readonly complete: boolean;
  /** Over about the last two seconds. */
  readonly eventsPerSecond: number;
  /** Time left to the head at the present speed; null while that is unknown. */
  readonly etaSeconds: number | null;
  /** Alarms raised since the index was begun: blocks taken back, events missing. */
  readonly alarms: number;
  /** What made the last try fail; null when it worked. */
  readonly problem: Problem | null;
}

/** A running indexer. */
export interface Indexer {
  readonly reader: IndexReader;
  status(): IndexerStatus;
  /** Ends after what is being written, and closes the reader. */
  stop(): Promise<void>;
}

const RATE_WINDOW_MS = 2_000;

/** Starts indexing in the background and resolves at once: an unreachable chain or database is waited for, and shown in `status().problem`. */
export async function startIndexer(config: IndexerConfig): Promise<Indexer> {
  const reader = await openReader(config.database);
  const board = new StatusBoard(config);
  const follower = new Follower(config, board);
  const running = follower.run();
  return {
    reader,
    status: () => board.status(),
    async stop() {
      follower.stop();
      await running;
      await reader.close();
    },
  };
}

interface Sample {
  readonly at: number;
  readonly events: number;
  readonly height: number;
}

/** Gathers what the follower says into one status. */
class StatusBoard {
  readonly #config: IndexerConfig;
  readonly #samples: Sample[] = [];
  #state: WriterState | undefined;
  #head = -1;
  #events = 0;
  #alarms = 0;
  #problem: Problem | null = null;
  #caughtUp = false;

  constructor(config: IndexerConfig) {
    this.#config = config;
  }

  advanced(state: WriterState, head: number, events: number): void {
    this.#state = state;
    this.#head = head;
    this.#events += events;
    this.#problem = null;
    const at = performance.now();
    this.#samples.push({ at, events: this.#events, height: this.#height });
    while ((this.#samples[0]?.at ?? at) < at - RATE_WINDOW_MS) this.#samples.shift();
    if (this.#caughtUp) return;
    const status = this.status();
    this.#caughtUp = status.complete && status.lagBlocks === 0;
    if (this.#caughtUp) this.#config.onCaughtUp?.(status);
  }

  alarmed(alarms: number): void {
    this.#alarms = alarms;
  }

  failed(error: unknown): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
    this.#problem = { code, message: error instanceof Error ? error.message : String(error) };
    this.#config.onProblem?.(this.#problem);
  }

  status(): IndexerStatus {
    const lagBlocks = Math.max(0, this.#head - this.#height);
    const { eventsPerSecond, blocksPerSecond } = this.#rates();
    return {
      name: this.#config.name,
      height: this.#height,
      head: this.#head,
      lagBlocks,
      lagSeconds: lagBlocks === 0 ? 0 : this.#age(),
      sequence: this.#state?.sequence ?? 0,
      complete: this.#state?.counted !== undefined && countMissing(this.#state) === 0 && this.#head >= this.#height,
      eventsPerSecond,
      etaSeconds: lagBlocks === 0 ? 0 : blocksPerSecond > 0 ? lagBlocks / blocksPerSecond : null,
      alarms: this.#alarms,
      problem: this.#problem,
    };
  }

  get #height(): number {
    return this.#state?.tip?.number ?? -1;
  }

  #age(): number {
    const timestamp = this.#state?.tip?.timestamp;
    return timestamp === undefined ? 0 : Math.max(0, Date.now() / 1000 - timestamp);
  }

  #rates(): { eventsPerSecond: number; blocksPerSecond: number } {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    const seconds = ((last?.at ?? 0) - (first?.at ?? 0)) / 1000;
    if (first === undefined || last === undefined || seconds <= 0) return { eventsPerSecond: 0, blocksPerSecond: 0 };
    return { eventsPerSecond: (last.events - first.events) / seconds, blocksPerSecond: (last.height - first.height) / seconds };
  }
}
