import { type Amount, amount } from './amount.ts';
import { FIRST, LAST } from './bounds.ts';
import { type Containment, containmentOf, type Interval } from './containment.ts';
import { KIND, type LineageGraph, ROLE } from './graph/lineageGraph.ts';
import { NONE } from './graph/none.ts';
import { type LotHistory, lotHistoryOf } from './lotHistory.ts';
import { place } from './place.ts';

/** Which events an answer stands on. */
export interface ViewOptions {
  /** What was known then: records up to this time, milliseconds since 1970. */
  readonly asOf?: number;
  /** Events that happened up to this time, milliseconds since 1970. */
  readonly at?: number;
  /** Whether the reader may see an event, by its number: one that he may not see is as if it had never come. All, by default. */
  readonly shows?: (event: number) => boolean;
}

const NOTHING: readonly Interval[] = [];

/**
 * The graph as of a time: the events that count, in their order, and what follows from them for single goods. Worked out when asked and kept for one answer,
 * so that an answer costs what its goods cost.
 */
export class LineageView {
  readonly graph: LineageGraph;
  /** Events that come while the answer is worked out are not part of it. */
  readonly #size: number;
  readonly #asOf: number;
  readonly #at: number;
  readonly #shows: ViewOptions['shows'];
  readonly #mentions = new Map<number, readonly number[]>();
  readonly #containments = new Map<number, Containment>();
  readonly #lots = new Map<number, LotHistory>();
  readonly #places = new Map<number, string>();
  readonly #ids = new Map<number, string>();
  readonly #keys = new Map<number, string>();
  /** By the number of the unit, then of the quantity. */
  readonly #amounts = new Map<number, Map<number, Amount>>();

  constructor(graph: LineageGraph, { asOf = Number.POSITIVE_INFINITY, at = Number.POSITIVE_INFINITY, shows }: ViewOptions = {}) {
    this.graph = graph;
    this.#size = graph.size;
    this.#asOf = asOf;
    this.#at = at;
    this.#shows = shows;
  }

  /** The id of goods: the graph reads it anew from its bytes each time, and an answer names most goods more than once. */
  idOf(node: number): string {
    let id = this.#ids.get(node);
    if (id === undefined) {
      id = this.graph.idOf(node);
      this.#ids.set(node, id);
    }
    return id;
  }

  /** The key of an event. */
  keyOf(event: number): string {
    let key = this.#keys.get(event);
    if (key === undefined) {
      key = this.graph.key(event);
      this.#keys.set(event, key);
    }
    return key;
  }

  /** Whether a record was known and its event had happened, as far as the reader may see it. */
  isKnown(event: number): boolean {
    if (event >= this.#size || this.graph.recordTimeOf(event) > this.#asOf || this.graph.eventTimeOf(event) > this.#at) return false;
    return this.#shows === undefined || this.#shows(event);
  }

  /** Whether an event counts: known, no declaration itself, not declared in error by whoever captured it, and the first record of its kind. */
  counts(event: number): boolean {
    if (!this.isKnown(event) || this.graph.isDeclaration(event)) return false;
    return this.graph.isAlone(event) || (!this.isDeclared(event) && this.#isFirstRecord(event));
  }

  /** Whether the latest record of an event, by its capturer, declares it in error. */
  isDeclared(event: number): boolean {
    const latest = this.#sameRecords(event).reduce((a, b) => (this.#isRecordedBefore(a, b) ? b : a), event);
    return this.graph.isDeclaration(latest);
  }

  /** Declarations of an event in error by others than who captured it: they count for nothing and are shown. */
  foreignDeclarations(event: number): number[] {
    const issuer = this.graph.issuerOf(event);
    return this.#records(event).filter(
      (record) => this.graph.isDeclaration(record) && this.isKnown(record) && this.graph.issuerOf(record) !== issuer,
    );
  }

  #sameRecords(event: number): number[] {
    const issuer = this.graph.issuerOf(event);
    return this.#records(event).filter((record) => this.isKnown(record) && this.graph.issuerOf(record) === issuer);
  }

  #records(event: number): number[] {
    return [...new Set([...this.graph.recordsOfHash(event), ...this.graph.recordsOfId(event)])];
  }

  #isFirstRecord(event: number): boolean {
    const hash = this.graph.hashNumber(event);
    const same = this.#sameRecords(event).filter((record) => this.graph.hashNumber(record) === hash && !this.graph.isDeclaration(record));
    return same.every((record) => record === event || this.#isRecordedBefore(event, record));
  }

  #isRecordedBefore(a: number, b: number): boolean {
    const between = this.graph.recordTimeOf(a) - this.graph.recordTimeOf(b);
    return between === 0 ? this.keyOf(a) < this.keyOf(b) : between < 0;
  }

  /**
   * The order of events: by instant; at one instant what begins (objects, then transformations, then aggregations), what is seen, what ends; then by the time
   * of the record, then by key.
   */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    if (a === FIRST || b === LAST) return -1;
    if (a === LAST || b === FIRST) return 1;
    const between = this.graph.placeOf(a) - this.graph.placeOf(b);
    if (between !== 0) return between;
    return this.#isRecordedBefore(a, b) ? -1 : 1;
  }

  later(a: number, b: number): number {
    return this.compare(a, b) < 0 ? b : a;
  }

  earlier(a: number, b: number): number {
    return this.compare(a, b) < 0 ? a : b;
  }

  /** The mentions of goods in events that count, in the order of the events; within one event as they were said. */
  mentions(node: number): readonly number[] {
    const known = this.#mentions.get(node);
    if (known !== undefined) return known;
    const { graph } = this;
    const found: number[] = [];
    for (let at = graph.firstMention(node); at !== NONE; at = graph.nextMention(at)) {
      if (this.counts(graph.mentionEvent(at))) found.push(at);
    }
    // Most come in their order, the newest first.
    found.reverse();
    const compare = (a: number, b: number): number => this.compare(graph.mentionEvent(a), graph.mentionEvent(b)) || a - b;
    if (found.some((mention, at) => at > 0 && compare(found[at - 1] as number, mention) > 0)) found.sort(compare);
    this.#mentions.set(node, found);
    return found;
  }

  /** Those of them that are in events of a stretch of time: of a pallet that was used a thousand times, one use. */
  mentionsWithin(node: number, { from, to }: { readonly from: number; readonly to: number }): readonly number[] {
    const mentions = this.mentions(node);
    const first = from === FIRST ? 0 : this.#countBefore(mentions, (event) => this.compare(event, from) < 0);
    const end = to === LAST ? mentions.length : this.#countBefore(mentions, (event) => this.compare(event, to) <= 0);
    return first === 0 && end === mentions.length ? mentions : mentions.slice(first, end);
  }

  #countBefore(mentions: readonly number[], isBefore: (event: number) => boolean): number {
    let low = 0;
    for (let high = mentions.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.graph.mentionEvent(mentions[middle] as number))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether any known record names goods, be it one that was declared in error. */
  isNamed(node: number): boolean {
    const { graph } = this;
    let at = graph.firstMention(node);
    while (at !== NONE && !this.isKnown(graph.mentionEvent(at))) at = graph.nextMention(at);
    return at !== NONE;
  }

  /** What a unit held, and when. */
  containment(parent: number): Containment {
    let containment = this.#containments.get(parent);
    if (containment === undefined) {
      containment = containmentOf(this, parent);
      this.#containments.set(parent, containment);
    }
    return containment;
  }

  /** When goods were in which units, in the order in which they first were said to be there. */
  intervalsIn(child: number): readonly Interval[] {
    let parents: Set<number> | undefined;
    for (const mention of this.mentions(child)) {
      const parent = this.graph.mentionRole(mention) === ROLE.child ? this.unitOf(this.graph.mentionEvent(mention)) : undefined;
      if (parent !== undefined) parents = (parents ?? new Set()).add(parent);
    }
    return parents === undefined ? NOTHING : [...parents].flatMap((parent) => this.containment(parent).byChild.get(child) ?? NOTHING);
  }

  /** The unit that an event aggregates in; undefined: the event is no aggregation, names no parent, or a class for it, which tells not which unit it was. */
  unitOf(event: number): number | undefined {
    if (this.graph.kindOf(event) !== KIND.aggregation) return undefined;
    const [first, end] = this.graph.mentionsOf(event);
    if (first === end || this.graph.mentionRole(first) !== ROLE.parent) return undefined;
    const parent = this.graph.mentionNode(first);
    return this.graph.isClass(parent) ? undefined : parent;
  }

  /** The name of a place, by the number of its text. */
  placeName(text: number): string {
    let name = this.#places.get(text);
    if (name === undefined) {
      name = place(this.graph.texts.text(text));
      this.#places.set(text, name);
    }
    return name;
  }

  /**
   * How much a mention says; undefined: unknown. Few texts say most amounts: each is read once.
   *
   * @param mention -1: one that does not name the goods
   */
  amount(mention: number): Amount | undefined {
    const quantity = mention < 0 ? 0 : this.graph.quantityNumber(mention);
    if (quantity === 0) return undefined;
    const unit = this.graph.unitNumber(mention);
    const inUnit = this.#amounts.get(unit) ?? new Map<number, Amount>();
    this.#amounts.set(unit, inUnit);
    let known = inUnit.get(quantity);
    if (known === undefined) {
      known = amount(this.graph.texts.text(quantity), this.graph.texts.text(unit));
      inUnit.set(quantity, known);
    }
    return known;
  }

  /** Where a class of goods was, and how it came and went. */
  lot(node: number): LotHistory {
    let lot = this.#lots.get(node);
    if (lot === undefined) {
      lot = lotHistoryOf(this, node);
      this.#lots.set(node, lot);
    }
    return lot;
  }
}
