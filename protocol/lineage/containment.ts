import { FIRST, LAST } from './bounds.ts';
import { ACTION, KIND, ROLE } from './graph/lineageGraph.ts';
import type { LineageView } from './lineageView.ts';
import { add, type Decimal, isMore, subtract, ZERO } from './quantity.ts';

/** That goods were in a unit. Bounds are events, or `FIRST` and `LAST`; both bounds belong to the interval. */
export interface Interval {
  readonly child: number;
  readonly parent: number;
  /** When they can have come at the earliest. */
  readonly from: number;
  /** From when they certainly were there: later than `from` where nobody said when they came. */
  readonly sure: number;
  /** The event that took them out; `LAST`: none did. */
  readonly to: number;
}

/** What a unit held. */
export interface Containment {
  readonly byChild: ReadonlyMap<number, readonly Interval[]>;
  /** All intervals, in the order in which they ended; those without end last. */
  readonly intervals: readonly Interval[];
  /** The events after which it was empty, in their order. */
  readonly emptied: readonly number[];
  /** Whether an event ever said that it holds anything. */
  readonly isUnit: boolean;
}

interface Open {
  readonly from: number;
  readonly sure: number;
  /** Of a class: what was put in less what was taken out, by dimension; undefined once an unknown amount went in. */
  amounts?: Map<string, Decimal> | undefined;
}

/**
 * What a unit held and when, by its aggregation events in their order: an ADD begins an interval, a DELETE ends it, for all children where it names none. An
 * OBSERVE, or a DELETE of what nobody put in, shows that the goods were there before: the interval begins, unknown when, after the last time that they were out.
 * An OBSERVE ends nothing, since it may be of a part (EPCIS 2.0 section 7.4.3).
 */
export function containmentOf(view: LineageView, parent: number): Containment {
  const { graph } = view;
  const events = view
    .mentions(parent)
    .filter((mention) => graph.mentionRole(mention) === ROLE.parent && graph.kindOf(graph.mentionEvent(mention)) === KIND.aggregation)
    .map((mention) => graph.mentionEvent(mention));
  const held = new Holding(view, parent);
  for (const event of graph.isClass(parent) ? [] : events) held.read(event);
  return held.result(events.length > 0);
}

class Holding {
  readonly #view: LineageView;
  readonly #parent: number;
  readonly #open = new Map<number, Open>();
  readonly #intervals: Interval[] = [];
  readonly #emptied: number[] = [];
  readonly #lastOut = new Map<number, number>();
  #allOut = FIRST;

  constructor(view: LineageView, parent: number) {
    this.#view = view;
    this.#parent = parent;
  }

  read(event: number): void {
    const { graph } = this.#view;
    const action = graph.actionOf(event);
    const [first, end] = graph.mentionsOf(event);
    let children = 0;
    for (let mention = first; mention < end; mention++) {
      if (graph.mentionRole(mention) !== ROLE.child) continue;
      children++;
      this.#readChild(event, action, mention);
    }
    if (action !== ACTION.delete) return;
    if (children === 0) this.#takeAll(event);
    if (this.#open.size === 0) this.#emptied.push(event);
  }

  #readChild(event: number, action: number, mention: number): void {
    const child = this.#view.graph.mentionNode(mention);
    const open = this.#open.get(child);
    if (action === ACTION.delete) {
      if (open === undefined) this.#close(child, { from: this.#outSince(child), sure: event }, event);
      else if (this.#takesAll(open, mention)) this.#close(child, open, event);
      return;
    }
    const started = open ?? { from: action === ACTION.add ? event : this.#outSince(child), sure: event, amounts: new Map() };
    this.#open.set(child, started);
    if (action === ACTION.add) this.#put(started, mention);
    else if (open === undefined) started.amounts = undefined;
  }

  #put(open: Open, mention: number): void {
    const amount = this.#view.amount(mention);
    if (amount === undefined) open.amounts = undefined;
    open.amounts?.set(amount?.dimension ?? '', add(open.amounts.get(amount?.dimension ?? '') ?? ZERO, amount?.value as Decimal));
  }

  /** One thing is out when it is taken out; of a class, all is out when nobody says how much, or when nothing is left of what was put in. */
  #takesAll(open: Open, mention: number): boolean {
    const amount = this.#view.amount(mention);
    if (!this.#view.graph.isClass(this.#view.graph.mentionNode(mention)) || amount === undefined) return true;
    const held = open.amounts?.get(amount.dimension);
    if (open.amounts === undefined || held === undefined) return false;
    open.amounts.set(amount.dimension, subtract(held, amount.value));
    return [...open.amounts.values()].every((left) => !isMore(left, ZERO));
  }

  #takeAll(event: number): void {
    for (const [child, open] of [...this.#open]) this.#close(child, open, event);
    this.#allOut = event;
  }

  #close(child: number, { from, sure }: Open, to: number): void {
    this.#open.delete(child);
    this.#lastOut.set(child, to);
    this.#intervals.push({ child, parent: this.#parent, from, sure, to });
  }

  #outSince(child: number): number {
    return this.#view.later(this.#allOut, this.#lastOut.get(child) ?? FIRST);
  }

  result(isUnit: boolean): Containment {
    for (const [child, { from, sure }] of this.#open) this.#intervals.push({ child, parent: this.#parent, from, sure, to: LAST });
    const byChild = new Map<number, Interval[]>();
    for (const interval of this.#intervals) {
      const known = byChild.get(interval.child);
      if (known === undefined) byChild.set(interval.child, [interval]);
      else known.push(interval);
    }
    return { byChild, intervals: this.#intervals, emptied: this.#trulyEmptied(), isUnit };
  }

  /** Moments at which nothing was known to be in, less those at which something was that only showed itself later. */
  #trulyEmptied(): number[] {
    const unknown = this.#intervals.filter(({ from, sure }) => from !== sure);
    let next = unknown.length - 1;
    let earliest = LAST;
    const kept: number[] = [];
    for (const moment of this.#emptied.toReversed()) {
      for (; next >= 0 && this.#view.compare((unknown[next] as Interval).to, moment) > 0; next--) {
        earliest = this.#view.earlier(earliest, (unknown[next] as Interval).from);
      }
      if (this.#view.compare(earliest, moment) >= 0) kept.push(moment);
    }
    return kept.reverse();
  }
}
