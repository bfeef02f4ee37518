import type { StatementSync } from 'node:sqlite';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { EventFacts } from '../../protocol/epcis/query/eventFacts.ts';
import type { EventQuery } from '../../protocol/epcis/query/eventQuery.ts';
import { EVENT_INDEX } from './eventIndexSchema.ts';
import { type EventPage, EventSearch, type IndexedEvent, type PageKey } from './eventSearch.ts';

/** What to index of an event; undefined `facts` where its body is lost. */
export interface EventToIndex {
  seq: number;
  leaf: Hex;
  recordTime: number;
  facts: EventFacts | undefined;
}

/** The index of recorded events. */
export interface EventIndex {
  /** `seq` of the last recorded event that is indexed; 0: none. */
  indexedUpTo(): number;
  /** Adds the recorded events that come next, in one transaction. */
  indexEvents(events: readonly EventToIndex[]): void;
  isIndexed(leaf: Hex): boolean;
  /**
   * Events that a query takes, in its order, from a key on. `eventCountLimit` and `maxEventCount` are the caller's.
   *
   * @param budget most entries of the index that are looked at
   */
  searchEvents(query: EventQuery, page: { first: number; after?: PageKey; budget?: number }): EventPage;
  /** Events that a query takes among those recorded after one, in the order of recording, and up to which event that is known. */
  eventsAfter(query: EventQuery, seq: number, first: number): { events: IndexedEvent[]; upTo: number };
  /** Different terms that are told under any of some names, in their order. */
  termsOf(names: readonly string[], first: number, after?: string): string[];
  hasTerm(names: readonly string[], term: string): boolean;
}

const TABLES = ['indexed_events', 'event_terms', 'postings', 'event_numbers'];
const BUDGET = 20_000;

/** The statements of the index. */
export function openEventIndex(sql: (text: string) => StatementSync, atOnce: (work: () => void) => void, told: () => void): EventIndex {
  const clear = () => {
    for (const table of TABLES) sql(`DELETE FROM ${table}`).run();
  };
  const progress = () => sql('SELECT value FROM progress WHERE name = ?').get(EVENT_INDEX)?.value as string | undefined;
  const keepProgress = (seq: number) => sql('INSERT OR REPLACE INTO progress VALUES (?, ?)').run(EVENT_INDEX, String(seq));
  if (progress() === undefined) atOnce(clear);
  const termId = (name: string, term: string): number => {
    const known = sql('SELECT id FROM event_terms WHERE name = ? AND term = ?').get(name, term)?.id;
    return Number(known ?? sql('INSERT INTO event_terms (name, term) VALUES (?, ?)').run(name, term).lastInsertRowid);
  };
  const addFacts = (seq: number, recordTime: number, leaf: Hex, { eventTime, terms, numbers }: EventFacts) => {
    sql('INSERT INTO indexed_events VALUES (?, ?, ?, ?)').run(seq, leaf, eventTime, recordTime);
    for (const { name, term } of terms) sql('INSERT INTO postings VALUES (?, ?, ?, ?)').run(termId(name, term), eventTime, seq, recordTime);
    for (const { name, number } of numbers) sql('INSERT INTO event_numbers VALUES (?, ?, ?)').run(name, number, seq);
  };
  return {
    indexedUpTo: () => Number(progress() ?? 0),
    indexEvents(events) {
      const last = events.at(-1);
      if (last === undefined) return;
      atOnce(() => {
        for (const { seq, leaf, recordTime, facts } of events) if (facts !== undefined) addFacts(seq, recordTime, leaf, facts);
        keepProgress(last.seq);
      });
      told();
    },
    isIndexed: (leaf) =>
      Number(sql('SELECT seq FROM recorded_events WHERE leaf = ?').get(leaf)?.seq ?? Number.POSITIVE_INFINITY) <= Number(progress() ?? 0),
    searchEvents: (query, { first, after, budget = BUDGET }) => new EventSearch(sql, query, budget).page(first, after),
    eventsAfter: (query, seq, first) => new EventSearch(sql, query, BUDGET).after(seq, first),
    termsOf(names, first, after = '') {
      const found = names.flatMap((name) =>
        sql('SELECT term FROM event_terms WHERE name = ? AND term > ? ORDER BY term LIMIT ?')
          .all(name, after, first)
          .map(({ term }) => term as string),
      );
      // In the order of SQLite, which compares UTF-8.
      return [...new Set(found)].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))).slice(0, first);
    },
    hasTerm: (names, term) =>
      names.some((name) => sql('SELECT 1 FROM event_terms WHERE name = ? AND term = ?').get(name, term) !== undefined),
  };
}
