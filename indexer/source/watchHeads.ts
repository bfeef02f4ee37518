/** Tells when the chain may have grown. A hint, no more: what is true is asked for. */
export interface HeadWatch {
  /** Whether the subscription stands; while it does not, the chain has to be polled. */
  readonly live: boolean;
  /** Resolves at the next new head since the last call, or after `timeoutMs`. */
  next(timeoutMs: number): Promise<void>;
  close(): void;
}

const SUBSCRIBE = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] });
const LONGEST_PAUSE_MS = 5_000;

/**
 * Subscribes to `newHeads` by WebSocket from the first `next` on, and again whenever the connection is lost.
 *
 * @param url `ws:` or `wss:`
 */
export function watchHeads(url: string): HeadWatch {
  const state = { closed: false, live: false, news: false, wake: () => {} };
  const announce = () => {
    state.news = true;
    state.wake();
  };
  let socket: WebSocket | undefined;
  let retry: NodeJS.Timeout | undefined;

  function connect(failures: number): WebSocket {
    const opened = new WebSocket(url);
    let attempts = failures;
    opened.addEventListener('open', () => {
      attempts = 0;
      state.live = true;
      opened.send(SUBSCRIBE);
      announce();
    });
    opened.addEventListener('message', announce);
    opened.addEventListener('error', () => {});
    opened.addEventListener('close', () => {
      state.live = false;
      if (state.closed) return;
      const pause = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempts);
      retry = setTimeout(() => {
        socket = connect(attempts + 1);
      }, pause);
      retry.unref();
    });
    return opened;
  }

  return {
    get live() {
      return state.live;
    },
    async next(timeoutMs) {
      socket ??= connect(0);
      if (!state.news)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          state.wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      state.news = false;
    },
    close() {
      state.closed = true;
      clearTimeout(retry);
      socket?.close();
      state.wake();
    },
  };
}
