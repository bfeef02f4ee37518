import type { Hint } from '../../indexer/store/hints.ts';
import type { IndexReader } from '../../indexer/store/rows.ts';
import { errorFacts, type Log } from '../http/log.ts';

/** The index's hints, read once for all who listen. */
export interface News {
  /** Hints of what is indexed from now on, until `signal` ends, or the node closes; a listener that falls too far behind is ended. Listening begins with the call. */
  listen(signal: AbortSignal): AsyncIterableIterator<Hint>;
  /** How many listen. */
  readonly listeners: number;
  close(): void;
}

/** Hints that a slow listener may be behind. */
const MOST_WAITING = 1_000;
const RETRY_MS = 1_000;

/** Opens the news of an index. It is read only while somebody listens. */
export function openNews(index: Pick<IndexReader, 'checkpoint' | 'hints'>, log: Log): News {
  const listeners = new Set<Listener>();
  let reading: AbortController | undefined;
  let closed = false;

  const leave = (listener: Listener) => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    reading?.abort();
    reading = undefined;
  };
  const read = async ({ signal }: AbortController) => {
    // Where this loop stands: after an error it goes on there, so that no hint is left out.
    let after: number | undefined;
    while (!signal.aborted) {
      try {
        after ??= (await index.checkpoint())?.sequence ?? 0;
        for await (const hint of index.hints(after, signal)) {
          after = hint.sequence;
          for (const listener of listeners) listener.tell(hint);
        }
        return;
      } catch (error) {
        log('warn', 'news interrupted', errorFacts(error));
        await pause(RETRY_MS, signal);
      }
    }
  };
  return {
    listen(signal) {
      const listener = new Listener(leave);
      if (closed || signal.aborted) {
        listener.end();
        return listener;
      }
      signal.addEventListener('abort', () => listener.end(), { once: true });
      listeners.add(listener);
      if (reading === undefined) {
        reading = new AbortController();
        void read(reading);
      }
      return listener;
    },
    get listeners() {
      return listeners.size;
    },
    close() {
      closed = true;
      for (const listener of listeners) listener.end();
    },
  };
}

class Listener implements AsyncIterableIterator<Hint> {
  readonly #leave: (listener: Listener) => void;
  readonly #waiting: Hint[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(leave: (listener: Listener) => void) {
    this.#leave = leave;
  }

  tell(hint: Hint): void {
    if (this.#waiting.length >= MOST_WAITING) {
      this.end();
      return;
    }
    this.#waiting.push(hint);
    this.#wake?.();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting.length = 0;
    this.#leave(this);
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<Hint>> {
    while (!this.#ended && this.#waiting.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
    const hint = this.#waiting.shift();
    return hint === undefined ? { done: true, value: undefined } : { done: false, value: hint };
  }

  async return(): Promise<IteratorResult<Hint>> {
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
