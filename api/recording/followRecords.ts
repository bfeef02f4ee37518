import { errorFacts } from '../http/log.ts';
import { type RecordingNode, recordDueEvents } from './recordEvents.ts';

const LONGEST_SLEEP_MS = 5_000;
const AFTER_FAILURE_MS = 1_000;

/** Records events in the background as their records are indexed, beginning with what a former run of the node left; idle while no event waits. */
export function followRecords(node: RecordingNode): { stop(): Promise<void> } {
  const follower = new RecordFollower(node);
  const done = follower.run();
  return {
    async stop() {
      follower.end();
      await done;
    },
  };
}

class RecordFollower {
  readonly #node: RecordingNode;
  #ended = false;
  #news = false;
  #wake: (() => void) | undefined;

  constructor(node: RecordingNode) {
    this.#node = node;
  }

  async run(): Promise<void> {
    const told = () => this.#tell();
    this.#node.catalogue.news.on('waiting', told);
    while (!this.#ended) await this.#sleep(await this.#look());
    this.#node.catalogue.news.off('waiting', told);
  }

  end(): void {
    this.#ended = true;
    this.#tell();
  }

  /** One look; resolves with the milliseconds to the next. */
  async #look(): Promise<number> {
    try {
      if (await recordDueEvents(this.#node)) return 0;
      const due = this.#node.catalogue.nextDue();
      return due === undefined ? LONGEST_SLEEP_MS : Math.min(Math.max(due - this.#node.clock(), 1), LONGEST_SLEEP_MS);
    } catch (error) {
      // The database may be away for a while.
      this.#node.log('warn', 'recording events failed', errorFacts(error));
      return AFTER_FAILURE_MS;
    }
  }

  #tell(): void {
    this.#news = true;
    this.#wake?.();
  }

  async #sleep(ms: number): Promise<void> {
    if (!this.#news) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      this.#wake = resolve;
      await promise;
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#news = false;
  }
}
