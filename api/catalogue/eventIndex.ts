import type { StatementSync } from 'node:sqlite';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { EventFacts } from '../../protocol/epcis/query/eventFacts.ts';
import type { EventQuery, TermFact } from '../../protocol/epcis/query/eventQuery.ts';
import { EVENT_INDEX } from './eventIndexSchema.ts';
import { type EventPage, EventSearch, type IndexedEvent, inView, type PageKey } from './eventSearch.ts';
import { seenBy, type View } from './view.ts';

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
   * @param page `budget`: most entries of the index that are looked at
   */
  searchEvents(query: EventQuery, page: { first: number; after?: PageKey; budget?: number; view: View }): EventPage;
  /** Events of a view that a query takes among those recorded after one, in the order of recording, and up to which event that is known. */
  eventsAfter(query: EventQuery, seq: number, page: { first: number; view: View }): { events: IndexedEvent[]; upTo: number };
  /** Different terms that are told under any of some names, in their order, whoever may see the events. */
  termsOf(names: readonly string[], first: number, after?: string): string[];
  /** Events that say a term under a name, in the order in which they happened, from a key on; `isInView` of each. */
  eventsSaying(fact: TermFact, page: { first: number; after?: PageKey; view: View }): (IndexedEvent & { isInView: boolean })[];
}

const TABLES = ['indexed_events', 'event_terms', 'postings', 'event_numbers'];
/** Entries that are looked at for one page. */
export const BUDGET = 20_000;
const BEFORE_ALL: PageKey = { time: Number.MIN_SAFE_INTEGER, seq: 0 };

const TERMS_KEPT = 50_000;
const ROWS_A_STATEMENT = 64;

type Posting = [term: number, eventTime: number, seq: number, recordTime: number];

/** Writes what events say. Numbers of terms are remembered, and postings of many events go into the tree in its order, many in one statement. */
class IndexWriter {
  readonly #sql: (text: string) => StatementSync;
  readonly #terms = new Map<string, number>();
  #postings: Posting[] = [];

  constructor(sql: (text: string) => StatementSync) {
    this.#sql = sql;
  }

  add({ seq, leaf, recordTime, facts }: EventToIndex): void {
    if (facts === undefined) return;
    const { eventTime, terms, numbers } = facts;
    this.#sql('INSERT INTO indexed_events VALUES (?, ?, ?, ?)').run(seq, leaf, eventTime, recordTime);
    for (const { name, term } of terms) this.#postings.push([this.#termId(name, term), eventTime, seq, recordTime]);
    const addNumber = this.#sql('INSERT INTO event_numbers VALUES (?, ?, ?)');
    for (const { name, number } of numbers) addNumber.run(name, number, seq);
  }

  flush(): void {
    const rows = this.#postings.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    this.#postings = [];
    for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
      const part = rows.slice(at, at + ROWS_A_STATEMENT);
      this.#sql(`INSERT INTO postings VALUES ${part.map(() => '(?, ?, ?, ?)').join(', ')}`).run(...part.flat());
    }
  }

  /** What was not committed never was. */
  forget(): void {
    this.#terms.clear();
    this.#postings = [];
  }

  #termId(name: string, term: string): number {
    const key = `${name} ${term}`;
    const known = this.#terms.get(key);
    if (known !== undefined) return known;
    const added = this.#sql('INSERT INTO event_terms (name, term) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id').get(name, term);
    const id = Number((added ?? this.#sql('SELECT id FROM event_terms WHERE name = ? AND term = ?').get(name, term))?.id);
    if (this.#terms.size >= TERMS_KEPT) this.#terms.clear();
    this.#terms.set(key, id);
    return id;
  }
}

/** The statements of the index. */
export function openEventIndex(sql: (text: string) => StatementSync, atOnce: (work: () => void) => void, told: () => void): EventIndex {
  const clear = () => {
    for (const table of TABLES) sql(`DELETE FROM ${table}`).run();
  };
  const progress = () => sql('SELECT value FROM progress WHERE name = ?').get(EVENT_INDEX)?.value as string | undefined;
  const keepProgress = (seq: number) => sql('INSERT OR REPLACE INTO progress VALUES (?, ?)').run(EVENT_INDEX, String(seq));
  if (progress() === undefined) atOnce(clear);
  const writer = new IndexWriter(sql);
  return {
    indexedUpTo: () => Number(progress() ?? 0),
    indexEvents(events) {
      const last = events.at(-1);
      if (last === undefined) return;
      try {
        atOnce(() => {
          for (const event of events) writer.add(event);
          writer.flush();
          keepProgress(last.seq);
        });
      } catch (error) {
        writer.forget();
        throw error;
      }
      told();
    },
    isIndexed: (leaf) =>
      Number(sql('SELECT seq FROM recorded_events WHERE leaf = ?').get(leaf)?.seq ?? Number.POSITIVE_INFINITY) <= Number(progress() ?? 0),
    searchEvents: (query, { first, after, budget = BUDGET, view }) => new EventSearch(sql, query, view, budget).page(first, after),
    eventsAfter: (query, seq, { first, view }) => new EventSearch(sql, query, view, BUDGET).after(seq, first),
    termsOf(names, first, after = '') {
      const found = names.flatMap((name) =>
        sql('SELECT term FROM event_terms WHERE name = ? AND term > ? ORDER BY term LIMIT ?')
          .all(name, after, first)
          .map(({ term }) => term as string),
      );
      return [...new Set(found)].sort(byUtf8).slice(0, first);
    },
    eventsSaying: ({ name, term }, { first, after = BEFORE_ALL, view }) =>
      sql(
        `SELECT seq, leaf, p.event_time AS eventTime, p.record_time AS recordTime, (TRUE ${inView(view)}) AS inView
         FROM (SELECT * FROM postings WHERE term_id = (SELECT id FROM event_terms WHERE name = ? AND term = ?) AND (event_time, seq) > (?, ?)
               ORDER BY event_time, seq LIMIT ?) p JOIN indexed_events USING (seq) ORDER BY p.event_time, seq`,
      )
        .all(...seenBy(view), name, term, after.time, after.seq, first)
        .map(
          ({ inView: isInView, ...event }) => ({ ...event, isInView: isInView === 1 }) as unknown as IndexedEvent & { isInView: boolean },
        ),
  };
}

/** The order of SQLite's texts, which compares UTF-8. */
export function byUtf8(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
