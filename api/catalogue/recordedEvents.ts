import { EventEmitter } from 'node:events';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Hex } from '../../protocol/encoding/hex.ts';

/** An event that the ledger holds: `recordedAt` is the time of the block that anchored it (milliseconds since 1970), the same on both nodes. */
export interface RecordedEvent {
  /** Place in the order in which this node came to know it, from 1; the other node may have another order. */
  seq: number;
  leaf: Hex;
  recordedAt: number;
}

/** An event whose record is not seen yet. */
export interface WaitingEvent {
  leaf: Hex;
  /** How often it was looked for. */
  tries: number;
}

/** The catalogue's news: `waiting` when there may be events to look for, `recorded` when `recordedEvents` has more than before, `indexed` when queries find more. */
export interface CatalogueNews {
  waiting: [];
  recorded: [];
  indexed: [];
}

/** Which events are recorded, and which wait for it. An index of events follows `recordedEvents` by `seq`, and keeps how far it is with `keepProgress`. */
export interface RecordedEvents {
  readonly news: EventEmitter<CatalogueNews>;
  /** Takes events as recorded, all or none. One that is known keeps its place and time. */
  record(events: readonly Omit<RecordedEvent, 'seq'>[]): void;
  recordedEvents(afterSeq: number, limit: number): RecordedEvent[];
  recordedAt(leaf: Hex): number | undefined;
  /** Events to be looked for now, the longest due first. */
  waitingEvents(now: number, limit: number): WaitingEvent[];
  /** When the next of them is due; undefined where none waits. */
  nextDue(): number | undefined;
  /** Puts off the next look at an event. */
  postpone(events: readonly (WaitingEvent & { due: number })[]): void;
  /** Makes the waiting events of a batch due at once. */
  hurry(root: Hex): void;
}

type Sql = (text: string) => StatementSync;

const VERSION_WITH_RECORDS = 1;

/** The statements of recorded events; `await` is for the transaction that adds events. */
export function openRecordedEvents(
  database: DatabaseSync,
  sql: Sql,
  atOnce: (work: () => void) => void,
): RecordedEvents & { await(leaves: readonly Hex[]): void } {
  const news = new EventEmitter<CatalogueNews>();
  // Each follower of the table listens, as does each request that waits for its events.
  news.setMaxListeners(0);
  awaitFormerEvents(database);
  return {
    news,
    await(leaves) {
      for (const leaf of leaves)
        sql(
          'INSERT INTO waiting_events SELECT ?1, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM recorded_events WHERE leaf = ?1) ON CONFLICT DO NOTHING',
        ).run(leaf);
    },
    record(events) {
      if (events.length === 0) return;
      atOnce(() => {
        for (const { leaf, recordedAt } of events) {
          sql('INSERT INTO recorded_events (leaf, recorded_at) VALUES (?, ?) ON CONFLICT DO NOTHING').run(leaf, recordedAt);
          sql('DELETE FROM waiting_events WHERE leaf = ?').run(leaf);
        }
      });
      news.emit('recorded');
    },
    recordedEvents: (afterSeq, limit) =>
      sql('SELECT seq, leaf, recorded_at AS recordedAt FROM recorded_events WHERE seq > ? ORDER BY seq LIMIT ?').all(
        afterSeq,
        limit,
      ) as unknown as RecordedEvent[],
    recordedAt: (leaf) => sql('SELECT recorded_at AS at FROM recorded_events WHERE leaf = ?').get(leaf)?.at as number | undefined,
    waitingEvents: (now, limit) =>
      sql('SELECT leaf, tries FROM waiting_events WHERE due <= ? ORDER BY due LIMIT ?').all(now, limit) as unknown as WaitingEvent[],
    nextDue: () => (sql('SELECT min(due) AS due FROM waiting_events').get()?.due ?? undefined) as number | undefined,
    postpone(events) {
      if (events.length === 0) return;
      atOnce(() => {
        for (const { leaf, tries, due } of events) sql('UPDATE waiting_events SET tries = ?, due = ? WHERE leaf = ?').run(tries, due, leaf);
      });
    },
    hurry(root) {
      sql('UPDATE waiting_events SET due = 0 WHERE leaf IN (SELECT leaf FROM batch_leaves WHERE root = ?)').run(root);
      news.emit('waiting');
    },
  };
}

/** A catalogue that was made before there were these tables has events that nobody looked for. */
function awaitFormerEvents(database: DatabaseSync): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version >= VERSION_WITH_RECORDS) return;
  database.exec(`
    INSERT INTO waiting_events SELECT leaf, 0, 0 FROM documents
      WHERE type = 'event' AND leaf NOT IN (SELECT leaf FROM recorded_events) ON CONFLICT DO NOTHING;
    PRAGMA user_version = ${VERSION_WITH_RECORDS};
  `);
}
