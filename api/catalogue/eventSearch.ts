import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { Comparison, Condition, EventQuery, TermRange } from '../../protocol/epcis/query/eventQuery.ts';
import { isWithin } from '../../protocol/epcis/query/matches.ts';
import { SEEN, seenBy, type View } from './view.ts';

/** A place in the order of an answer: the time by which it is ordered, then the order of recording. */
export interface PageKey {
  time: number;
  seq: number;
}

/** An event as the index knows it. Times are milliseconds since 1970. */
export interface IndexedEvent {
  seq: number;
  leaf: Hex;
  eventTime: number;
  recordTime: number;
}

/** Part of the answer to a query. */
export interface EventPage {
  events: IndexedEvent[];
  /** Where the answer goes on; absent at its end. A page may hold fewer events than asked for, even none, where finding more would have cost too much at once. */
  next?: PageKey;
  /** What is left of the budget. */
  left: number;
}

type Sql = (text: string) => StatementSync;
type Column = 'event_time' | 'record_time';

/** A condition with what of the index it concerns. */
interface Resolved {
  condition: Exclude<Condition, { kind: 'never' }>;
  /** Terms that satisfy it; undefined where they are too many to be looked up one by one. */
  terms?: number[];
  /** How many entries it has, as far as they are counted. */
  size: number;
}

/** So few entries are gathered and sorted; more are read in their order, as far as a page needs. */
const FEW = 1_000;
const MOST_LISTS = 64;
const CHUNK = 64;
const SIGNS: Readonly<Record<Comparison, string>> = { GT: '>', GE: '>=', LT: '<', LE: '<=' };

/**
 * Answers a query from the index. The condition with the fewest entries leads, the others are looked up for each event that it names: so the cost grows with the
 * rarest thing asked for, not with the number of events, and is bounded by a budget of entries looked at.
 */
export class EventSearch {
  readonly #sql: Sql;
  readonly #query: EventQuery;
  readonly #column: Column;
  readonly #descending: boolean;
  readonly #view: View;
  #budget: number;

  constructor(sql: Sql, query: EventQuery, view: View, budget: number) {
    this.#sql = sql;
    this.#query = query;
    this.#view = view;
    this.#column = query.orderBy === 'recordTime' ? 'record_time' : 'event_time';
    this.#descending = query.direction === 'DESC';
    this.#budget = budget;
  }

  page(first: number, after: PageKey | undefined): EventPage {
    const { events, next } = this.#read(first, after);
    return { events, ...(next !== undefined && { next }), left: this.#budget };
  }

  #read(first: number, after: PageKey | undefined): Pick<EventPage, 'events' | 'next'> {
    const events: IndexedEvent[] = [];
    if (first <= 0 || this.#query.conditions.some(({ kind }) => kind === 'never')) return { events };
    const conditions = this.#query.conditions.map((condition) => this.#resolve(condition as Resolved['condition']));
    if (conditions.some(({ size }) => size === 0)) return { events };
    const leader = conditions.filter(canLead).sort((one, other) => one.size - other.size)[0];
    const others = conditions.filter((condition) => condition !== leader);
    let last: PageKey | undefined;
    for (const key of this.#keys(leader, after)) {
      if (last?.seq === key.seq && last.time === key.time) continue;
      // One more than wanted is looked for, so that the last page does not point to an empty one.
      if (last !== undefined && this.#budget <= 0) return { events, next: last };
      const event = this.#matching(key.seq, others);
      if (event !== undefined && events.length === first) return { events, next: last as PageKey };
      if (event !== undefined) events.push(event);
      last = key;
    }
    return { events };
  }

  /** What the query takes of the events recorded after one, in the order of recording. */
  after(seq: number, first: number): { events: IndexedEvent[]; upTo: number } {
    const events: IndexedEvent[] = [];
    const none = this.#query.conditions.some(({ kind }) => kind === 'never');
    const conditions = none ? [] : this.#query.conditions.map((condition) => this.#resolve(condition as Resolved['condition']));
    const seqs = this.#sql(`SELECT seq FROM indexed_events WHERE seq > ? ORDER BY seq LIMIT ${FEW}`).all(seq);
    let upTo = seq;
    for (const row of seqs) {
      if (events.length === first || this.#budget <= 0) break;
      const event = none ? undefined : this.#matching(row.seq as number, conditions);
      if (event !== undefined) events.push(event);
      upTo = row.seq as number;
    }
    return { events, upTo };
  }

  #resolve(condition: Resolved['condition']): Resolved {
    if (condition.kind === 'terms') {
      const terms = this.#termsOf(condition);
      return terms === undefined ? { condition, size: Number.POSITIVE_INFINITY } : { condition, terms, size: this.#countPostings(terms) };
    }
    return { condition, size: this.#countNumbers(condition) };
  }

  #termsOf({ exact, ranges }: Extract<Condition, { kind: 'terms' }>): number[] | undefined {
    const found = exact.flatMap(({ name, term }) => this.#ids('SELECT id FROM event_terms WHERE name = ? AND term = ?', name, term));
    for (const { name, from, before } of ranges) {
      found.push(...this.#ids(`SELECT id FROM event_terms WHERE name = ? AND term >= ? AND term < ? LIMIT ${FEW + 1}`, name, from, before));
      if (found.length > FEW) return undefined;
    }
    return [...new Set(found)];
  }

  #ids(text: string, ...values: SQLInputValue[]): number[] {
    return this.#sql(text)
      .all(...values)
      .map(({ id }) => id as number);
  }

  #countPostings(terms: readonly number[]): number {
    let size = 0;
    for (const term of terms) {
      size += this.#count(`SELECT count(*) AS count FROM (SELECT 1 FROM postings WHERE term_id = ? LIMIT ${FEW + 1})`, term);
      if (size > FEW) break;
    }
    return size;
  }

  #countNumbers(condition: Exclude<Resolved['condition'], { kind: 'terms' }>): number {
    const [where, values] = numbersWhere(condition);
    return this.#count(
      `SELECT count(*) AS count FROM (SELECT 1 FROM event_numbers WHERE name = ? AND ${where} LIMIT ${FEW + 1})`,
      condition.name,
      ...values,
    );
  }

  #count(text: string, ...values: SQLInputValue[]): number {
    return Number(this.#sql(text).get(...values)?.count ?? 0);
  }

  #keys(leader: Resolved | undefined, after: PageKey | undefined): Iterable<PageKey> {
    if (leader === undefined) return this.#inOrder('indexed_events', undefined, after);
    if (leader.size <= FEW) return this.#gather(leader, after);
    return this.#merge(leader.terms ?? [], after);
  }

  /** All entries of a condition that has few, sorted. */
  *#gather({ condition, terms }: Resolved, after: PageKey | undefined): Generator<PageKey> {
    const seqs = terms === undefined ? this.#seqsOfNumbers(condition) : terms.flatMap((term) => this.#seqsOf(term));
    const keys: PageKey[] = [];
    for (const seq of new Set(seqs)) {
      const time = this.#sql(`SELECT ${this.#column} AS time FROM indexed_events WHERE seq = ?`).get(seq)?.time as number;
      const key = { time, seq };
      if ((after === undefined || this.#compare(after, key) < 0) && isWithin(time, this.#window())) keys.push(key);
    }
    this.#budget -= seqs.length;
    yield* keys.sort((one, other) => this.#compare(one, other));
  }

  #seqsOf(term: number): number[] {
    return this.#sql('SELECT seq FROM postings WHERE term_id = ?')
      .all(term)
      .map(({ seq }) => seq as number);
  }

  #seqsOfNumbers(condition: Resolved['condition']): number[] {
    if (condition.kind === 'terms') return [];
    const [where, values] = numbersWhere(condition);
    return this.#sql(`SELECT seq FROM event_numbers WHERE name = ? AND ${where}`)
      .all(condition.name, ...values)
      .map(({ seq }) => seq as number);
  }

  /** The entries of several terms as one list; what stands in two comes twice, one after the other. */
  *#merge(terms: readonly number[], after: PageKey | undefined): Generator<PageKey> {
    const lists = terms.map((term) => this.#inOrder('postings', term, after)[Symbol.iterator]());
    const heads = lists.map((list) => list.next());
    for (;;) {
      let least: number | undefined;
      for (const [index, head] of heads.entries()) {
        if (head.done === true) continue;
        const other = least === undefined ? undefined : heads[least];
        if (other === undefined || other.done === true || this.#compare(head.value, other.value) < 0) least = index;
      }
      const head = least === undefined ? undefined : heads[least];
      if (least === undefined || head === undefined || head.done === true) return;
      yield head.value;
      heads[least] = lists[least]?.next() as IteratorResult<PageKey>;
    }
  }

  /** The events of a term, or all, in the order of the query, read as they are needed. */
  *#inOrder(table: 'postings' | 'indexed_events', term: number | undefined, after: PageKey | undefined): Generator<PageKey> {
    const column = this.#column;
    const [sign, order] = this.#descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const { from, before } = this.#window();
    for (let last = after; ; ) {
      const conditions = [
        ...(term === undefined ? [] : [['term_id = ?', [term]] as const]),
        ...(last === undefined ? [] : [[`(${column}, seq) ${sign} (?, ?)`, [last.time, last.seq]] as const]),
        ...(from === undefined ? [] : [[`${column} >= ?`, [from]] as const]),
        ...(before === undefined ? [] : [[`${column} < ?`, [before]] as const]),
      ];
      const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([text]) => text).join(' AND ')}`;
      const rows = this.#sql(
        `SELECT ${column} AS time, seq FROM ${table} ${where} ORDER BY ${column} ${order}, seq ${order} LIMIT ${CHUNK}`,
      ).all(...conditions.flatMap(([, values]) => values)) as unknown as PageKey[];
      yield* rows;
      last = rows.at(-1);
      if (rows.length < CHUNK) return;
    }
  }

  /** The event, where it is in the view and the conditions hold that did not lead to it. */
  #matching(seq: number, conditions: readonly Resolved[]): IndexedEvent | undefined {
    this.#budget -= 1;
    const event = this.#sql(
      `SELECT seq, leaf, event_time AS eventTime, record_time AS recordTime FROM indexed_events WHERE seq = ? ${inView(this.#view)}`,
    ).get(seq, ...seenBy(this.#view)) as unknown as IndexedEvent | undefined;
    if (event === undefined) return undefined;
    const { eventTime, recordTime } = this.#query;
    if (!isWithin(event.eventTime, eventTime) || !isWithin(event.recordTime, recordTime)) return undefined;
    return conditions.every((condition) => this.#holds(seq, condition)) ? event : undefined;
  }

  #holds(seq: number, { condition, terms }: Resolved): boolean {
    if (condition.kind !== 'terms') {
      const [where, values] = numbersWhere(condition);
      return this.#has(`SELECT 1 FROM event_numbers WHERE seq = ? AND name = ? AND ${where} LIMIT 1`, 1, seq, condition.name, ...values);
    }
    if (terms === undefined) {
      return this.#hasExact(seq, condition.exact) || condition.ranges.some((range) => this.#hasWithin(seq, range));
    }
    const list = JSON.stringify(terms);
    return this.#has(
      'SELECT 1 FROM postings WHERE seq = ? AND term_id IN (SELECT value FROM json_each(?)) LIMIT 1',
      terms.length,
      seq,
      list,
    );
  }

  #hasExact(seq: number, exact: Extract<Condition, { kind: 'terms' }>['exact']): boolean {
    return exact.some(({ name, term }) =>
      this.#has(
        'SELECT 1 FROM event_terms JOIN postings ON term_id = id WHERE name = ? AND term = ? AND seq = ? LIMIT 1',
        ...([1, name, term, seq] as [number, ...SQLInputValue[]]),
      ),
    );
  }

  #hasWithin(seq: number, { name, from, before }: TermRange): boolean {
    return this.#has(
      'SELECT 1 FROM postings CROSS JOIN event_terms ON id = term_id WHERE seq = ? AND name = ? AND term >= ? AND term < ? LIMIT 1',
      ...([CHUNK, seq, name, from, before] as [number, ...SQLInputValue[]]),
    );
  }

  #has(text: string, cost: number, ...values: SQLInputValue[]): boolean {
    this.#budget -= cost;
    return this.#sql(text).get(...values) !== undefined;
  }

  #window(): EventQuery['eventTime'] {
    return this.#column === 'event_time' ? this.#query.eventTime : this.#query.recordTime;
  }

  #compare(one: PageKey, other: PageKey): number {
    const difference = one.time - other.time || one.seq - other.seq;
    return this.#descending ? -difference : difference;
  }
}

/** Of a row of `indexed_events`: that its document is in a view. */
export function inView(view: View): string {
  return view === 'ALL' ? '' : `AND EXISTS (SELECT 1 FROM documents WHERE documents.leaf = indexed_events.leaf AND ${SEEN})`;
}

/** A condition with few entries, or with few terms, can lead to its events. */
function canLead({ size, terms }: Resolved): boolean {
  return size <= FEW || (terms !== undefined && terms.length <= MOST_LISTS);
}

function numbersWhere(condition: Exclude<Condition, { kind: 'terms' | 'never' }>): [where: string, values: SQLInputValue[]] {
  if (condition.kind === 'numbers') return ['number IN (SELECT value FROM json_each(?))', [JSON.stringify(condition.numbers)]];
  return [`number ${SIGNS[condition.comparison]} ?`, [condition.bound]];
}
