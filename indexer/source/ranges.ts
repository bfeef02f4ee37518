import type { FetchedRange } from './fetchRange.ts';

/** Size of answer aimed at: large enough that the request costs nothing, small enough that a few fit in memory. */
const TARGET_BYTES = 3_000_000;
/** Besu's default `--rpc-max-logs-range`. */
const MOST_BLOCKS = 5_000;
const FIRST_BLOCKS = 8;
const GROWTH = 4;
/** Answers at the size that a node allows, until more is tried again. */
const ANSWERS_BEFORE_RETRY = 32;
/** Answers that may wait while one is written: reading overlaps writing, memory stays bounded. */
const IN_FLIGHT = 2;

/** How many blocks to ask for at once, learnt from the size of the answers. */
export class RangeSizer {
  #blocks = FIRST_BLOCKS;
  #most = MOST_BLOCKS;
  #answersAtMost = 0;

  get blocks(): number {
    return this.#blocks;
  }

  /** Learns from an answer. */
  learn(blocks: number, bytes: number): void {
    const wanted = Math.floor((blocks * TARGET_BYTES) / Math.max(bytes, 1));
    if (blocks === this.#most && ++this.#answersAtMost >= ANSWERS_BEFORE_RETRY) this.#allow(2 * this.#most);
    // Only a full range may teach growth: the last one before the head is short for another reason.
    if (wanted < this.#blocks) this.#blocks = wanted;
    else if (blocks === this.#blocks) this.#blocks = Math.min(wanted, blocks * GROWTH);
    this.#blocks = Math.max(1, Math.min(this.#blocks, this.#most));
  }

  /** After the node refused a range: its limit is lower than that, for a while at least. */
  shrink(): void {
    this.#allow(Math.max(1, Math.floor(this.#blocks / 2)));
    this.#blocks = this.#most;
  }

  #allow(most: number): void {
    this.#most = Math.min(most, MOST_BLOCKS);
    this.#answersAtMost = 0;
  }
}

/** Asks for one range. */
export type Fetch = (from: number, to: number, signal: AbortSignal) => Promise<FetchedRange>;

/**
 * Yields the ranges from block `from` to `head` in order, a few requests ahead of the reader. Ends at the first error, with the requests behind it aborted.
 */
export async function* fetchRanges(fetch: Fetch, sizer: RangeSizer, from: number, head: number): AsyncGenerator<FetchedRange> {
  const abort = new AbortController();
  const pending: Promise<FetchedRange>[] = [];
  let next = from;
  try {
    while (next <= head || pending.length > 0) {
      while (next <= head && pending.length < IN_FLIGHT) {
        const to = Math.min(head, next + sizer.blocks - 1);
        pending.push(asked(fetch(next, to, abort.signal)));
        next = to + 1;
      }
      const range = await (pending.shift() as Promise<FetchedRange>);
      sizer.learn(range.to - range.from + 1, range.bytes);
      yield range;
    }
  } finally {
    abort.abort();
  }
}

/** A request that fails before its turn must not count as an unhandled rejection; the error is thrown in its turn. */
function asked(request: Promise<FetchedRange>): Promise<FetchedRange> {
  request.catch(() => undefined);
  return request;
}
