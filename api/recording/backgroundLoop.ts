import { errorFacts, type Log } from '../http/log.ts';

/** Something done again and again in the background. */
export interface BackgroundLoop {
  /** Has it done at once; what is under way is done once more. */
  wake(): void;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

const LONGEST_PAUSE_MS = 5_000;
const AFTER_FAILURE_MS = 1_000;

/**
 * Starts a loop.
 *
 * @param look does what there is to do, and resolves with the milliseconds after which to look again at the latest
 * @param failure event of the log under which a failure is told; it is tried again
 */
export function startLoop(log: Log, failure: string, look: () => Promise<number>): BackgroundLoop {
  const loop = new Loop(log, failure, look);
  const done = loop.run();
  return {
    wake: () => loop.wake(),
    async stop() {
      loop.end();
      await done;
    },
  };
}

class Loop {
  readonly #log: Log;
  readonly #failure: string;
  readonly #work: () => Promise<number>;
  #ended = false;
  #woken = false;
  #endSleep: (() => void) | undefined;

  constructor(log: Log, failure: string, work: () => Promise<number>) {
    this.#log = log;
    this.#failure = failure;
    this.#work = work;
  }

  async run(): Promise<void> {
    while (!this.#ended) await this.#sleep(await this.#look());
  }

  wake(): void {
    this.#woken = true;
    this.#endSleep?.();
  }

  end(): void {
    this.#ended = true;
    this.wake();
  }

  async #look(): Promise<number> {
    this.#woken = this.#ended;
    try {
      return Math.min(Math.max(await this.#work(), 0), LONGEST_PAUSE_MS);
    } catch (error) {
      // The database or the document store may be away for a while.
      this.#log('warn', this.#failure, errorFacts(error));
      return AFTER_FAILURE_MS;
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#woken) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endSleep = resolve;
    await promise;
    clearTimeout(timer);
    this.#endSleep = undefined;
  }
}
