import { FIRST, LAST } from './bounds.ts';
import type { Interval } from './containment.ts';
import { KIND, ROLE } from './graph/lineageGraph.ts';
import { NONE } from './graph/none.ts';
import { isOutOfUnit } from './isOutOfUnit.ts';
import type { LineageView } from './lineageView.ts';
import type { LotEntry, LotHistory, LotPool } from './lotHistory.ts';
import { NodeSet } from './nodeSet.ts';
import { isWithin, touches, type Window, Windows } from './windows.ts';

export type Direction = 'source' | 'destination';
export type Certainty = 'certain' | 'possible';
export type EdgeKind = 'aggregation' | 'transformation' | 'transfer' | 'membership' | 'association';

/** Goods that a walk reached: one thing, or a class at a place (`pool`) or in a unit (`unit`). */
export interface Reached {
  readonly node: number;
  readonly pool: LotPool | undefined;
  readonly unit: number | undefined;
  certain: boolean;
  readonly depth: number;
}

/** A step of a walk, in the direction of the goods. */
export interface Step {
  readonly from: StepEnd;
  readonly to: StepEnd;
  readonly event: number;
  readonly kind: EdgeKind;
  /** -1: none tells the quantity. */
  readonly mention: number;
  readonly certain: boolean;
}

/** Goods by their number; a transformation, which is between its inputs and outputs, by the complement (`~`) of that of its first event: steps are many. */
export type StepEnd = number;

/** What a walk tells while it goes; a walk that only wants the goods leaves them out. */
export interface Witness {
  event(event: number): void;
  step(step: Step): void;
  unknownStart(interval: Interval): void;
  unknownOrigin(node: number, entry: LotEntry): void;
}

const NO_MEMBERS: ReadonlySet<number> = new Set();
const SSCC = /^https:\/\/id\.gs1\.org\/00\//;

type Facet = 'own' | 'contents' | 'holding';
type Visit =
  | { readonly facet: Facet; readonly node: number; readonly window: Window; readonly certain: boolean; readonly depth: number }
  | { readonly entry: LotEntry; readonly lot: LotHistory; readonly certain: boolean; readonly depth: number }
  | { readonly pool: LotPool; readonly before: number; readonly lot: LotHistory; readonly certain: false; readonly depth: number }
  | { readonly stay: Interval; readonly moment: number; readonly certain: boolean; readonly depth: number };

/**
 * Follows goods up or down, breadth first, so that the depth of goods is the least number of steps to them. One thing is followed in stretches of time:
 *
 * - `own`: what happens to it, and to the units that it is in while it is in them;
 * - `contents`: what is in it, and in what is in it, during the stretch;
 * - `holding`: a unit that goods are in: what happens to it, but not what else is in it.
 *
 * A class is followed place by place: from where it comes to where it goes.
 */
export class Walk {
  readonly #view: LineageView;
  readonly #down: boolean;
  readonly #maxDepth: number;
  readonly #witness: Witness | undefined;
  readonly #queue: Visit[] = [];
  #next = 0;
  readonly #windows: Record<Facet, { certain: Windows; possible: Windows }> = {
    own: { certain: new Windows(), possible: new Windows() },
    contents: { certain: new Windows(), possible: new Windows() },
    holding: { certain: new Windows(), possible: new Windows() },
  };
  readonly #pools = { certain: new Map<LotPool, number>(), possible: new Map<LotPool, number>() };
  readonly #stays = { certain: new Map<Interval, number>(), possible: new Map<Interval, number>() };
  readonly #entered = new Set<LotEntry>();
  readonly #transformations = { certain: new Set<number>(), possible: new Set<number>() };
  readonly #seen: NodeSet;
  readonly #things = new Map<number, Reached>();
  readonly #inPlaces = new Map<LotPool, Reached>();
  /** By the unit. */
  readonly #inUnits = new Map<number, Map<number, Reached>>();
  /** Things and classes in the order in which they were reached, each once. */
  readonly nodes: number[] = [];
  /** The same place by place; a walk without witness leaves it empty. */
  readonly reached: Reached[] = [];
  /** What lay deeper than the walk was allowed to go. */
  readonly #beyond: Visit[] = [];

  constructor(view: LineageView, direction: Direction, maxDepth = Number.POSITIVE_INFINITY, witness?: Witness) {
    this.#view = view;
    this.#down = direction === 'destination';
    this.#maxDepth = maxDepth;
    this.#witness = witness;
    this.#seen = new NodeSet(view.graph.goods);
  }

  /** Starts from goods, over all their time; from such as no known record names, there is nothing to start. */
  start(ids: readonly string[]): void {
    const { graph } = this.#view;
    const named = [...new Set(ids)].flatMap((id) => graph.nodesOf(id)).filter((node) => this.#view.isNamed(node));
    const [classes, things] = [named.filter((node) => graph.isClass(node)), named.filter((node) => !graph.isClass(node))];
    for (const node of things) {
      this.#visit('own', node, { from: FIRST, to: LAST }, true, 0);
      this.#visit('contents', node, { from: FIRST, to: LAST }, true, 0);
    }
    // All goods that are asked about are there before the first of them is followed: none is deeper than the others.
    for (const node of classes) this.#markClass(node);
    for (const node of classes) this.#startClass(node);
  }

  /** Does one piece of work; answers whether there was any. */
  advance(): boolean {
    const visit = this.#queue[this.#next];
    if (visit === undefined) return false;
    this.#next++;
    if ('entry' in visit) this.#enterLot(visit.lot, visit.entry, visit.certain, visit.depth);
    else if ('stay' in visit) this.#walkStay(visit.stay, visit.moment, visit.certain, visit.depth);
    else if ('pool' in visit) this.#ascendFrom(visit.lot, visit.pool, visit.before, false, visit.depth);
    else if (visit.facet === 'contents') this.#walkContents(visit.node, visit.window, visit.certain, visit.depth);
    else this.#walkThing(visit.facet, visit.node, visit.window, visit.certain, visit.depth);
    return true;
  }

  /** Whether something lies deeper than the walk was allowed to go, that it did not reach otherwise. */
  get isCut(): boolean {
    return this.#beyond.some((visit) => !this.#isVisited(visit));
  }

  #isVisited(visit: Visit): boolean {
    if ('entry' in visit) return this.#entered.has(visit.entry) || this.#isWalked(visit.entry);
    if ('pool' in visit) return this.#walkedUpTo(visit.pool) >= visit.before;
    if ('stay' in visit) return this.#isWalkedStay(visit.stay, visit.moment);
    const { certain, possible } = this.#windows[visit.facet];
    return [certain, possible].some((windows) => windows.covers(this.#view, visit.node, visit.window));
  }

  /** Whether a movement was passed when its place was walked from another one. */
  #isWalked({ pool, index }: LotEntry): boolean {
    if (!this.#down) return this.#walkedUpTo(pool) > index;
    const { certain, possible } = this.#pools;
    return Math.min(certain.get(pool) ?? pool.entries.length, possible.get(pool) ?? pool.entries.length) <= index;
  }

  #walkedUpTo(pool: LotPool): number {
    return Math.max(this.#pools.certain.get(pool) ?? 0, this.#pools.possible.get(pool) ?? 0);
  }

  #isWalkedStay(stay: Interval, moment: number): boolean {
    const known = [this.#stays.certain.get(stay), this.#stays.possible.get(stay)].filter((one) => one !== undefined);
    return known.some((one) => (this.#down ? this.#view.compare(one, moment) <= 0 : this.#view.compare(one, moment) >= 0));
  }

  /** Whether the contents of a unit were asked for and nobody says of any. */
  lacksContents(node: number): boolean {
    const { certain, possible } = this.#windows.contents;
    const windows = [...certain.of(node), ...possible.of(node)];
    if (windows.length === 0) return false;
    const { isUnit, intervals } = this.#view.containment(node);
    if (!isUnit && !SSCC.test(this.#view.idOf(node))) return false;
    return !intervals.some((interval) => windows.some((window) => touches(this.#view, interval, window)));
  }

  /** Whether the answer names goods. */
  hasReached(node: number): boolean {
    return this.#seen.has(node);
  }

  /** Puts work off until all that is less deep is done; answers whether it is not too deep. */
  #put(visit: Visit): boolean {
    const isAllowed = visit.depth <= this.#maxDepth;
    (isAllowed ? this.#queue : this.#beyond).push(visit);
    return isAllowed;
  }

  /** The stretches in which one thing was followed. */
  windowsOf(node: number): Window[] {
    const { own, holding } = this.#windows;
    return [own.certain, own.possible, holding.certain, holding.possible].flatMap((windows) => windows.of(node));
  }

  // One thing

  #visit(facet: Facet, node: number, window: Window, certain: boolean, depth: number): void {
    if (this.#view.compare(window.from, window.to) > 0) return;
    const windows = this.#windows[facet];
    if (windows.certain.covers(this.#view, node, window) || (!certain && windows.possible.covers(this.#view, node, window))) return;
    if (!this.#put({ facet, node, window, certain, depth })) return;
    windows[certain ? 'certain' : 'possible'].add(this.#view, node, window);
    if (facet !== 'contents') this.#mark(node, undefined, undefined, certain, depth);
  }

  #walkThing(facet: Facet, node: number, window: Window, certain: boolean, depth: number): void {
    const view = this.#view;
    const { graph } = view;
    const turn = this.#down ? ROLE.input : ROLE.output;
    for (const mention of view.mentionsWithin(node, window)) {
      const event = graph.mentionEvent(mention);
      this.#witness?.event(event);
      if (graph.mentionRole(mention) === turn) this.#transform(event, mention, certain, depth);
      if (graph.kindOf(event) === KIND.association) this.#associate(mention, event, certain);
      const lot = graph.mentionLot(mention);
      if (!this.#down && facet === 'own' && lot !== NONE) this.#toLot(node, lot, event, window, certain, depth);
    }
    for (const interval of view.intervalsIn(node)) this.#follow(interval, window, certain, depth);
  }

  /** Follows the unit that goods are in, while they are in it. */
  #follow(interval: Interval, window: Window, certain: boolean, depth: number): void {
    const view = this.#view;
    const { parent, child, from, sure, to } = interval;
    const until = view.earlier(to, window.to);
    const since = view.later(from, window.from);
    if (view.compare(since, until) > 0) return;
    const surely = view.later(sure, window.from);
    const isSure = certain && view.compare(surely, until) <= 0;
    if (isSure) this.#visit('holding', parent, { from: surely, to: until }, true, depth + 1);
    if (!certain || from !== sure) this.#visit('holding', parent, { from: since, to: until }, false, depth + 1);
    if (depth >= this.#maxDepth) return;
    this.#stepIn(child, parent, interval, isSure);
    if (from !== sure) this.#witness?.unknownStart(interval);
    if (to !== LAST && view.compare(to, window.to) <= 0) this.#witness?.event(to);
  }

  #stepIn(child: number, parent: number, { sure }: Interval, certain: boolean): void {
    this.#witness?.step({ from: child, to: parent, event: sure, kind: 'aggregation', mention: -1, certain });
  }

  #walkContents(node: number, window: Window, certain: boolean, depth: number): void {
    const view = this.#view;
    for (const interval of view.containment(node).intervals) {
      const overlap = { from: view.later(interval.from, window.from), to: view.earlier(interval.to, window.to) };
      if (view.compare(overlap.from, overlap.to) > 0) continue;
      const surely = { from: view.later(interval.sure, window.from), to: overlap.to };
      const isSure = certain && view.compare(surely.from, surely.to) <= 0;
      this.#content(interval, isSure ? surely : overlap, isSure, depth);
      if (interval.from !== interval.sure) {
        this.#witness?.unknownStart(interval);
        if (isSure) this.#content(interval, overlap, false, depth);
      }
    }
  }

  #content(interval: Interval, overlap: Window, certain: boolean, depth: number): void {
    const { child, parent } = interval;
    if (depth < this.#maxDepth) {
      this.#witness?.step({ from: parent, to: child, event: interval.sure, kind: 'aggregation', mention: -1, certain });
    }
    if (this.#view.graph.isClass(child)) {
      this.#stay(interval, this.#down ? overlap.from : overlap.to, certain, depth + 1);
      return;
    }
    this.#visit('own', child, this.#life(child, overlap), certain, depth + 1);
    this.#visit('contents', child, overlap, certain, depth + 1);
  }

  /** From the beginning of a stretch on (or up to its end), as long as a unit is not emptied afterwards (was not before) to be used for other goods. */
  #life(node: number, { from, to }: Window): Window {
    const view = this.#view;
    const { emptied } = view.containment(node);
    if (this.#down) return { from, to: emptied.find((event) => view.compare(event, to) >= 0) ?? LAST };
    return { from: emptied.findLast((event) => view.compare(event, from) < 0) ?? FIRST, to };
  }

  /** Goods that a transformation made, or used. */
  #thingOf(node: number, event: number, certain: boolean, depth: number): void {
    const life = this.#life(node, { from: event, to: event });
    this.#visit('own', node, life, certain, depth);
    this.#visit('contents', node, { from: event, to: event }, certain, depth);
    // What is put later into a unit that a transformation made may be what it made.
    if (this.#down) this.#visit('contents', node, life, false, depth);
  }

  #associate(mention: number, event: number, certain: boolean): void {
    const { graph } = this.#view;
    if (this.#witness === undefined) return;
    const [first, end] = graph.mentionsOf(event);
    const node = graph.mentionNode(mention);
    for (let other = first; other < end; other++) {
      const isParent = graph.mentionRole(other) === ROLE.parent;
      if (isParent === (graph.mentionRole(mention) === ROLE.parent)) continue;
      const [from, to] = isParent ? [node, graph.mentionNode(other)] : [graph.mentionNode(other), node];
      this.#witness.step({ from, to, event, kind: 'association', mention: -1, certain });
    }
  }

  // Transformations

  #transform(event: number, mention: number, certain: boolean, depth: number): void {
    const { graph } = this.#view;
    const transformation = graph.firstOfTransformation(event);
    const node = graph.mentionNode(mention);
    if (depth < this.#maxDepth) this.#stepAcross(node, transformation, this.#down, event, mention, certain);
    const { certain: surely, possible } = this.#transformations;
    if (surely.has(transformation) || (!certain && possible.has(transformation))) return;
    (certain ? surely : possible).add(transformation);
    for (const one of graph.transformationOf(event))
      if (this.#view.counts(one)) this.#leaveTransformation(one, transformation, certain, depth + 1);
  }

  #leaveTransformation(event: number, transformation: number, certain: boolean, depth: number): void {
    const { graph } = this.#view;
    const [first, end] = graph.mentionsOf(event);
    const leaving = this.#down ? ROLE.output : ROLE.input;
    for (let mention = first; mention < end; mention++) {
      if (graph.mentionRole(mention) !== leaving) continue;
      const node = graph.mentionNode(mention);
      if (depth <= this.#maxDepth) {
        this.#witness?.event(event);
        this.#stepAcross(node, transformation, !this.#down, event, mention, certain);
      }
      if (graph.isClass(node)) this.#toEntry(node, mention, certain, depth);
      else this.#thingOf(node, event, certain, depth);
    }
  }

  /** A step between goods and a transformation: into it, or out of it. */
  #stepAcross(node: number, transformation: number, into: boolean, event: number, mention: number, certain: boolean): void {
    const [from, to] = into ? [node, ~transformation] : [~transformation, node];
    this.#witness?.step({ from, to, event, kind: 'transformation', mention, certain });
  }

  // Classes

  #markClass(node: number): void {
    for (const pool of this.#view.lot(node).pools) {
      this.#mark(node, pool, undefined, true, 0);
      this.#pools.certain.set(pool, this.#down ? 0 : pool.entries.length);
    }
    for (const interval of this.#view.lot(node).contents) this.#stay(interval, this.#down ? FIRST : LAST, true, 0);
  }

  #startClass(node: number): void {
    const lot = this.#view.lot(node);
    for (const entry of lot.entries) {
      this.#witness?.event(entry.event);
      if (this.#down) this.#leave(lot, entry, true, 0);
      else this.#arrive(lot, entry, true, 0);
    }
    for (const serial of this.#members(node, FIRST)) this.#member(node, serial, { from: FIRST, to: LAST }, true, 1);
  }

  #toEntry(node: number, mention: number, certain: boolean, depth: number): void {
    const { graph } = this.#view;
    // Most lots of a large answer end where they were made. Who asks for no places needs no history of them: a recall is ten times as fast.
    const isEnd = this.#down && graph.firstMention(node) === mention && graph.nextMention(mention) === NONE && !graph.hasMembers(node);
    if (isEnd && this.#witness === undefined && depth <= this.#maxDepth) {
      this.#mark(node, undefined, undefined, certain, depth);
      return;
    }
    const lot = this.#view.lot(node);
    const entry = entryOf(this.#view, lot, mention);
    if (entry !== undefined) this.#queueEntry(lot, entry, certain, depth);
  }

  #queueEntry(lot: LotHistory, entry: LotEntry, certain: boolean, depth: number): void {
    if (this.#put({ entry, lot, certain, depth })) this.#mark(lot.node, entry.pool, undefined, certain, depth);
  }

  #enterLot(lot: LotHistory, entry: LotEntry, certain: boolean, depth: number): void {
    this.#entered.add(entry);
    this.#witness?.event(entry.event);
    if (this.#down) this.#descendFrom(lot, entry, certain, depth);
    else if (entry.comes) this.#arrive(lot, entry, certain, depth);
    else {
      if (entry.unexplained) this.#unexplained(lot, entry, depth);
      this.#ascendFrom(lot, entry.pool, entry.index, certain, depth);
    }
  }

  /** From where goods came to a place, or were seen there, to all that happened to goods of the place afterwards. */
  #descendFrom(lot: LotHistory, entry: LotEntry, certain: boolean, depth: number): void {
    const { pool, index } = entry;
    if (!entry.comes) this.#leave(lot, entry, certain, depth);
    const surely = this.#pools.certain.get(pool) ?? pool.entries.length;
    const reached = certain ? surely : Math.min(surely, this.#pools.possible.get(pool) ?? pool.entries.length);
    if (reached <= index) return;
    this.#pools[certain ? 'certain' : 'possible'].set(pool, index);
    for (let at = index + 1; at < pool.entries.length && at <= reached; at++) {
      const next = pool.entries[at] as LotEntry;
      if (!next.comes) this.#leave(lot, next, certain && next.comings <= 1, depth);
    }
    this.#toUnexplained(lot, entry.event, pool, depth);
    this.#toMembers(lot, entry.event, certain, depth);
  }

  #leave(lot: LotHistory, entry: LotEntry, certain: boolean, depth: number): void {
    this.#witness?.event(entry.event);
    if (entry.movement === 'input') this.#transform(entry.event, entry.mention, certain, depth);
    if (entry.movement === 'pack') {
      for (const interval of staysIn(this.#view, lot, entry)) this.#stay(interval, entry.event, certain, depth + 1);
    }
    if (entry.movement !== 'send') return;
    for (const transfer of lot.transfers) {
      if (transfer.sent !== entry) continue;
      this.#stepTransfer(lot.node, transfer.received, certain && transfer.certain, depth);
      this.#queueEntry(lot, transfer.received, certain && transfer.certain, depth + 1);
    }
  }

  #stepTransfer(node: number, { event, mention }: LotEntry, certain: boolean, depth: number): void {
    if (depth < this.#maxDepth) this.#witness?.step({ from: node, to: node, event, kind: 'transfer', mention, certain });
  }

  /** Goods of a class that turned up somewhere, nobody says whence, may be any that were elsewhere before. */
  #toUnexplained(lot: LotHistory, since: number, pool: LotPool | undefined, depth: number): void {
    for (const entry of lot.unexplained) {
      if (entry.pool !== pool && this.#view.compare(entry.event, since) > 0) this.#queueEntry(lot, entry, false, depth + 1);
    }
  }

  #toMembers(lot: LotHistory, since: number, certain: boolean, depth: number): void {
    const isSure = certain && lot.origins.length <= 1;
    for (const serial of this.#members(lot.node, since)) this.#member(lot.node, serial, { from: since, to: LAST }, isSure, depth + 1);
  }

  #member(lot: number, serial: number, window: Window, certain: boolean, depth: number): void {
    if (depth <= this.#maxDepth) {
      const [from, to] = this.#down ? [lot, serial] : [serial, lot];
      const mention = this.#view.mentions(serial).find((one) => this.#view.graph.mentionLot(one) === lot) as number;
      this.#witness?.step({ from, to, event: this.#view.graph.mentionEvent(mention), kind: 'membership', mention: -1, certain });
    }
    this.#visit('own', serial, window, certain, depth);
  }

  /** The serial numbers of a lot of which something is known from a moment on. */
  #members(lot: number, since: number): ReadonlySet<number> {
    const view = this.#view;
    const named = view.graph.membersOf(lot);
    if (named.length === 0) return NO_MEMBERS;
    const members = new Set<number>();
    for (const serial of named) {
      if (members.has(serial)) continue;
      const mentions = view.mentions(serial);
      const last = mentions.at(-1);
      if (last === undefined || !mentions.some((mention) => view.graph.mentionLot(mention) === lot)) continue;
      if (view.compare(view.graph.mentionEvent(last), since) >= 0) members.add(serial);
    }
    return members;
  }

  /** Goods of a class in a unit, from a moment on (or up to it). */
  #stay(interval: Interval, moment: number, certain: boolean, depth: number): void {
    if (this.#put({ stay: interval, moment, certain, depth })) this.#mark(interval.child, undefined, interval.parent, certain, depth);
  }

  #walkStay(interval: Interval, moment: number, certain: boolean, depth: number): void {
    const view = this.#view;
    if (!this.#isNewStay(interval, moment, certain)) return;
    const lot = view.lot(interval.child);
    const window = this.#down ? { from: moment, to: LAST } : { from: FIRST, to: moment };
    this.#follow(interval, window, certain, depth);
    const moved = lot.pools.flatMap(({ entries }) => entries.filter((entry) => isIn(view, entry, interval)));
    const packs = moved.filter(({ movement }) => movement === 'pack');
    const through = this.#down ? moved.filter(({ movement }) => movement === 'unpack') : packs;
    for (const entry of through) {
      if (isWithin(view, entry.event, window)) this.#queueEntry(lot, entry, certain && packs.length <= 1, depth + 1);
    }
    if (this.#down) this.#toUnexplained(lot, view.later(moment, interval.from), undefined, depth);
  }

  #isNewStay(interval: Interval, moment: number, certain: boolean): boolean {
    const isMore = (known: number | undefined): boolean =>
      known === undefined || (this.#down ? this.#view.compare(moment, known) < 0 : this.#view.compare(moment, known) > 0);
    if (!isMore(this.#stays.certain.get(interval))) return false;
    const stays = this.#stays[certain ? 'certain' : 'possible'];
    if (!isMore(stays.get(interval))) return false;
    stays.set(interval, moment);
    return true;
  }

  /** From where goods leave a place, or are seen there, back to how goods had come there before. */
  #ascendFrom(lot: LotHistory, pool: LotPool, index: number, before: boolean, depth: number): void {
    const certain = before && (pool.entries[index]?.comings ?? 2) <= 1;
    const surely = this.#pools.certain.get(pool) ?? 0;
    const reached = certain ? surely : Math.max(surely, this.#pools.possible.get(pool) ?? 0);
    if (reached >= index) return;
    this.#pools[certain ? 'certain' : 'possible'].set(pool, index);
    for (let at = reached; at < index; at++) {
      const earlier = pool.entries[at] as LotEntry;
      if (earlier.comes) this.#arrive(lot, earlier, certain, depth);
      else if (!earlier.leaves) this.#witness?.event(earlier.event);
      if (earlier.unexplained && !earlier.comes) this.#unexplained(lot, earlier, depth);
    }
  }

  #arrive(lot: LotHistory, entry: LotEntry, certain: boolean, depth: number): void {
    this.#witness?.event(entry.event);
    if (entry.movement === 'output') this.#transform(entry.event, entry.mention, certain, depth);
    if (entry.movement === 'unpack') {
      for (const interval of staysIn(this.#view, lot, entry)) this.#stay(interval, entry.event, certain, depth + 1);
    }
    if (entry.movement === 'receive' || entry.movement === 'arrive' || entry.movement === 'depart') {
      for (const transfer of lot.transfers) {
        if (transfer.received !== entry) continue;
        this.#stepTransfer(lot.node, entry, certain && transfer.certain, depth);
        this.#queueEntry(lot, transfer.sent, certain && transfer.certain, depth + 1);
      }
    }
    if (entry.unexplained) this.#unexplained(lot, entry, depth);
  }

  #unexplained(lot: LotHistory, entry: LotEntry, depth: number): void {
    const view = this.#view;
    if (this.#witness !== undefined && !isOutOfUnit(view, lot, entry)) this.#witness.unknownOrigin(lot.node, entry);
    for (const pool of lot.pools) {
      if (pool === entry.pool) continue;
      const before = pool.entries.findLastIndex(({ event }) => view.compare(event, entry.event) < 0);
      if (before < 0) continue;
      const visit = { pool, before: before + 1, lot, certain: false as const, depth: depth + 1 };
      if (this.#put(visit)) this.#mark(lot.node, pool, undefined, false, depth + 1);
    }
    for (const interval of lot.contents) {
      if (view.compare(interval.from, entry.event) < 0) this.#stay(interval, entry.event, false, depth + 1);
    }
  }

  /** From a serial number to how its lot was made. */
  #toLot(serial: number, node: number, event: number, window: Window, certain: boolean, depth: number): void {
    const lot = this.#view.lot(node);
    const isSure = certain && lot.origins.length <= 1;
    for (const origin of lot.origins) {
      if (this.#view.compare(origin.event, window.to) > 0) continue;
      if (depth < this.#maxDepth) this.#witness?.step({ from: node, to: serial, event, kind: 'membership', mention: -1, certain: isSure });
      this.#queueEntry(lot, origin, isSure, depth + 1);
    }
  }

  #mark(node: number, pool: LotPool | undefined, unit: number | undefined, certain: boolean, depth: number): void {
    if (this.#seen.add(node)) this.nodes.push(node);
    if (this.#witness === undefined) return;
    const there = unit === undefined ? this.#things : this.#reachedIn(unit);
    const known = pool === undefined ? there.get(node) : this.#inPlaces.get(pool);
    if (known !== undefined) {
      known.certain ||= certain;
      return;
    }
    const reached: Reached = { node, pool, unit, certain, depth };
    this.reached.push(reached);
    if (pool === undefined) there.set(node, reached);
    else this.#inPlaces.set(pool, reached);
  }

  #reachedIn(unit: number): Map<number, Reached> {
    let there = this.#inUnits.get(unit);
    if (there === undefined) {
      there = new Map();
      this.#inUnits.set(unit, there);
    }
    return there;
  }
}

/** The stays in a unit that a packing or unpacking is part of. */
function staysIn(view: LineageView, lot: LotHistory, entry: LotEntry): Interval[] {
  return lot.contents.filter((interval) => isIn(view, entry, interval));
}

function isIn(view: LineageView, { unit, event }: LotEntry, interval: Interval): boolean {
  return unit === interval.parent && isWithin(view, event, interval);
}

/** The movement that a mention says: entries are in the order of events. */
function entryOf(view: LineageView, { entries }: LotHistory, mention: number): LotEntry | undefined {
  const event = view.graph.mentionEvent(mention);
  let low = 0;
  for (let high = entries.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (view.compare((entries[middle] as LotEntry).event, event) < 0) low = middle + 1;
    else high = middle;
  }
  while (low < entries.length && entries[low]?.event === event && entries[low]?.mention !== mention) low++;
  return entries[low]?.mention === mention ? entries[low] : undefined;
}
