import pg from 'pg';
import { CHECKPOINT_CHANNEL } from './write.ts';

/** Tells readers that the index may have moved. */
export interface CheckpointWatch {
  /** Resolves at the next announcement, after `timeoutMs`, or when it is time to look without one. */
  next(timeoutMs: number): Promise<void>;
  close(): void;
}

/** How often a reader looks by itself: announcements may be lost, and some distributed databases have none. */
const LOOK_MS = 100;
const RECONNECT_MS = 1_000;

/** Listens for new checkpoints from the first `next` on, and again when the connection was lost. */
export function watchCheckpoints(database: string): CheckpointWatch {
  const waiting = new Set<() => void>();
  let client: pg.Client | undefined;
  let closed = false;
  let lastTry = Number.NEGATIVE_INFINITY;

  function wakeAll(): void {
    for (const wake of waiting) wake();
  }

  function listen(): void {
    if (closed || client !== undefined || performance.now() - lastTry < RECONNECT_MS) return;
    lastTry = performance.now();
    const listener = new pg.Client({ connectionString: database, keepAlive: true, application_name: 'tidemark-watch' });
    client = listener;
    const drop = () => {
      if (client === listener) client = undefined;
      listener.end().catch(() => undefined);
    };
    listener.on('error', drop);
    listener.on('notification', wakeAll);
    listener
      .connect()
      .then(() => listener.query(`listen ${CHECKPOINT_CHANNEL}`))
      .catch(drop);
  }

  return {
    next(timeoutMs) {
      listen();
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.min(timeoutMs, LOOK_MS));
        waiting.add(wake);
      });
    },
    close() {
      closed = true;
      wakeAll();
      client?.end().catch(() => undefined);
      client = undefined;
    },
  };
}
