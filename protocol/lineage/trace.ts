import { Evidence, type GapCode } from './evidence.ts';
import { balanceOfTransformation, type Finding, findingsAbout, foreignDeclarations } from './findings.ts';
import { KIND, type LineageGraph } from './graph/lineageGraph.ts';
import { NONE } from './graph/none.ts';
import { eventsOf, type LastSeen, lastSeenOf } from './lastSeen.ts';
import { LineageView, type ViewOptions } from './lineageView.ts';
import { isSending, type LotPool } from './lotHistory.ts';
import { type Certainty, type Direction, type EdgeKind, type Reached, type Step, type StepEnd, Walk } from './walk.ts';
import { finish, type Work } from './work.ts';

/** Steps of a walk in one piece of work: a few microseconds each. */
const ADVANCES_A_PIECE = 64;
const FEW = 16;

export interface TraceOptions extends ViewOptions {
  /** Steps from the goods asked about; all by default. */
  readonly maxDepth?: number;
  /** Goods of one answer; all by default. */
  readonly limit?: number;
  /** Where an answer before this one ended. */
  readonly cursor?: string;
  /** Told which goods the answer names, each place by place, before the rest of it is worked out. */
  readonly onGoods?: (ids: readonly string[]) => void;
}

/** Goods that an answer names: one thing, or goods of a class at one place or in one unit. */
export interface TracedGoods {
  readonly id: string;
  /** Of a class: the place (GLN without extension, or another identifier; empty: unknown) or the unit that they are in. Absent: one thing. */
  readonly where?: string;
  /** `certain`: every step to them is; `possible`: somewhere the goods were mixed with others, or the records leave it open. */
  readonly certainty: Certainty;
  /** Least number of steps to them. */
  readonly depth: number;
  readonly lastSeen?: LastSeen;
}

/** A step, in the direction of the goods. Where `from` or `to` is a transformation it is its `transformationID` or the key of its event. */
export interface TraceEdge {
  readonly from: string;
  readonly to: string;
  /** Key of the event that says so. */
  readonly event: string;
  readonly kind: EdgeKind;
  readonly quantity?: string;
  /** Absent with a quantity: a count. */
  readonly unit?: string;
  readonly certainty: Certainty;
}

/** What the records leave open. Codes are stable. */
export interface TraceGap {
  /**
   * `NOT_RECEIVED`: shipped, and nobody says that they arrived. `UNKNOWN_CONTENTS`: a unit of which nobody says what is in it. `UNKNOWN_START`: in a unit,
   * nobody says since when. `UNKNOWN_ORIGIN`: turned up at a place, nobody says whence. `CORRECTIVE_MISSING`: declared in error, and what corrects it has not come.
   */
  readonly code: GapCode;
  readonly id: string;
  /** Key of the event that shows the gap; absent where none does. */
  readonly event?: string;
  /** Of `NOT_RECEIVED`: to whom and where the event says that they were sent. */
  readonly to?: readonly string[];
}

/** The answer to a trace. Everything is in one order that depends on the events alone. */
export interface Trace {
  /** By depth, then id, then place. */
  readonly goods: readonly TracedGoods[];
  /** Keys of the events of these goods, in the order of the events. */
  readonly events: readonly string[];
  readonly edges: readonly TraceEdge[];
  readonly gaps: readonly TraceGap[];
  readonly findings: readonly Finding[];
  /** Keys of events of these goods that were declared in error: not followed, and shown. */
  readonly declared: readonly string[];
  /** Whether there is more: deeper than `maxDepth`, or after `cursor`. */
  readonly truncated: boolean;
  /** Continues the answer; absent: nothing is left within `maxDepth`. */
  readonly cursor?: string;
}

/** Where goods came from: all that they were made of, were taken out of, or travelled with, back to their origins. */
export function traceSource(graph: LineageGraph, ids: readonly string[], options: TraceOptions = {}): Trace {
  return finish(tracing(graph, ids, 'source', options));
}

/** Where goods went: all that was made of them, that they were put into, and where each was seen last. */
export function traceDestination(graph: LineageGraph, ids: readonly string[], options: TraceOptions = {}): Trace {
  return finish(tracing(graph, ids, 'destination', options));
}

/** The same in small pieces of work, for who must let others have their turn. What comes into the graph meanwhile is not part of the answer. */
export function* tracing(graph: LineageGraph, ids: readonly string[], direction: Direction, options: TraceOptions = {}): Work<Trace> {
  const evidence = new Evidence(new LineageView(graph, options));
  const walk = begin(graph, ids, direction, options, evidence);
  for (let done = 1; walk.advance(); done++) if (done % ADVANCES_A_PIECE === 0) yield;
  return yield* new Report(evidence, walk, direction).page(options);
}

/**
 * All goods that a trace would name, by their numbers, as they are reached, the nearest first: for answers too large to be held.
 *
 * @param ids canonical (`canonicalId`)
 */
export function* reach(
  graph: LineageGraph,
  ids: readonly string[],
  direction: Direction,
  options: ViewOptions & { maxDepth?: number } = {},
): Iterable<number> {
  const walk = begin(graph, ids, direction, options);
  let next = 0;
  do {
    for (; next < walk.nodes.length; next++) yield walk.nodes[next] as number;
  } while (walk.advance());
}

function begin(graph: LineageGraph, ids: readonly string[], direction: Direction, options: TraceOptions, witness?: Evidence): Walk {
  const walk = new Walk(witness?.view ?? new LineageView(graph, options), direction, options.maxDepth, witness);
  walk.start(ids);
  return walk;
}

/** Turns what a walk found into an answer. */
class Report {
  readonly #view: LineageView;
  readonly #graph: LineageGraph;
  readonly #evidence: Evidence;
  readonly #walk: Walk;
  readonly #down: boolean;

  constructor(evidence: Evidence, walk: Walk, direction: Direction) {
    this.#view = evidence.view;
    this.#graph = evidence.view.graph;
    this.#evidence = evidence;
    this.#walk = walk;
    this.#down = direction === 'destination';
  }

  *page({ limit = Number.POSITIVE_INFINITY, cursor, onGoods }: TraceOptions): Work<Trace> {
    const after = this.#placedAfter(cursor === undefined ? undefined : (JSON.parse(cursor) as Place), limit);
    const page = after.slice(0, limit);
    onGoods?.(page.map(({ node }) => this.#view.idOf(node)));
    yield;
    const goods = page.map((reached) => this.#goods(reached));
    yield;
    const nodes = new Set(page.map(({ node }) => node));
    const declared = this.#declaredOf(nodes);
    const rest = after.length > page.length ? { cursor: JSON.stringify(this.#placeOf(page.at(-1) as Reached)) } : {};
    const events = this.#eventsOf(nodes);
    yield;
    const edges = this.#edges(nodes);
    yield;
    return {
      goods,
      events: events.map((event) => this.#view.keyOf(event)),
      edges,
      findings: this.#findings(nodes, events),
      gaps: this.#gaps(nodes, declared),
      declared: [...new Set(declared.map(({ event }) => event))]
        .sort((a, b) => this.#view.compare(a, b))
        .map((event) => this.#view.keyOf(event)),
      truncated: after.length > page.length || this.#walk.isCut,
      ...rest,
    };
  }

  /** Goods after a place in their order: more than `limit` where there are more. Sorted are only those that are as near: a walk may have reached very many. */
  #placedAfter(cursor: Place | undefined, limit: number): Reached[] {
    const view = this.#view;
    const byDepth = Map.groupBy(this.#walk.reached, ({ depth }) => depth);
    const found: Reached[] = [];
    for (const [depth, some] of [...byDepth].sort(([a], [b]) => a - b)) {
      if (found.length > limit) break;
      if (cursor !== undefined && depth < cursor[0]) continue;
      some.sort((a, b) => compareTexts(view.idOf(a.node), view.idOf(b.node)) || compareTexts(this.#where(a) ?? '', this.#where(b) ?? ''));
      for (const one of some) if (cursor === undefined || comparePlaces(this.#placeOf(one), cursor) > 0) found.push(one);
    }
    return found;
  }

  #placeOf(reached: Reached): Place {
    return [reached.depth, this.#view.idOf(reached.node), this.#where(reached) ?? null];
  }

  #where({ pool, unit }: Reached): string | undefined {
    return pool?.place ?? (unit === undefined ? undefined : this.#view.idOf(unit));
  }

  #goods(reached: Reached): TracedGoods {
    const where = this.#where(reached);
    const events = this.#seenEvents(reached);
    const lastSeen = lastSeenOf(this.#view, events);
    const last = events.at(-1);
    if (this.#down && where === undefined && last !== undefined && isSending(this.#view, last))
      this.#evidence.notReceived(reached.node, last);
    const id = this.#view.idOf(reached.node);
    const certainty: Certainty = reached.certain ? 'certain' : 'possible';
    const { depth } = reached;
    if (lastSeen === undefined) return where === undefined ? { id, certainty, depth } : { id, where, certainty, depth };
    return where === undefined ? { id, certainty, depth, lastSeen } : { id, where, certainty, depth, lastSeen };
  }

  /** The events of the answer in which the goods themselves were seen, in their order. */
  #seenEvents({ node, pool, unit }: Reached): number[] {
    const view = this.#view;
    if (pool !== undefined) return this.#eventsAt(pool);
    if (unit === undefined) return eventsOf(view, node, this.#walk.windowsOf(node));
    const stays = view.containment(unit).byChild.get(node) ?? [];
    return eventsOf(view, unit, stays).filter((event) => this.#evidence.events.has(event));
  }

  #eventsAt({ entries }: LotPool): number[] {
    const events: number[] = [];
    for (const { event } of entries) if (this.#evidence.events.has(event)) events.push(event);
    return events;
  }

  #eventsOf(nodes: ReadonlySet<number>): number[] {
    const events: number[] = [];
    for (const event of this.#evidence.events) if (this.#namesAny(event, nodes)) events.push(event);
    return events.sort((a, b) => this.#view.compare(a, b));
  }

  #namesAny(event: number, nodes: ReadonlySet<number>): boolean {
    const [first, end] = this.#graph.mentionsOf(event);
    for (let mention = first; mention < end; mention++) if (nodes.has(this.#graph.mentionNode(mention))) return true;
    return false;
  }

  #edges(nodes: ReadonlySet<number>): TraceEdge[] {
    const byEvent = new Map<number, TraceEdge[]>();
    for (const step of this.#evidence.steps) {
      if (!nodes.has(this.#farEnd(step))) continue;
      const others = byEvent.get(step.event);
      if (others === undefined) byEvent.set(step.event, [this.#edge(step)]);
      else others.push(this.#edge(step));
    }
    const events = [...byEvent].sort(([a], [b]) => this.#view.compare(a, b));
    return events.flatMap(([, edges]) => inOrder(edges, compareEdges));
  }

  /** The goods at the end of a step that is farther from where the trace began, or at its only end. */
  #farEnd({ from, to, kind }: Step): number {
    // An association is no step: it belongs to whichever of the two the answer names.
    if (kind === 'association') return this.#walk.hasReached(from) ? from : to;
    const [far, near] = this.#down ? [to, from] : [from, to];
    return far < 0 ? near : far;
  }

  #edge({ from: near, to: far, event: number, kind, mention, certain }: Step): TraceEdge {
    const graph = this.#graph;
    const [from, to, event] = [this.#nameOf(near), this.#nameOf(far), this.#view.keyOf(number)];
    const certainty = certain ? 'certain' : 'possible';
    const quantity = mention < 0 ? undefined : graph.mentionQuantity(mention);
    if (quantity === undefined) return { from, to, event, kind, certainty };
    const unit = graph.mentionUnit(mention);
    return unit === '' ? { from, to, event, kind, quantity, certainty } : { from, to, event, kind, quantity, unit, certainty };
  }

  #nameOf(end: StepEnd): string {
    if (end >= 0) return this.#view.idOf(end);
    return this.#graph.transformationIdOf(~end) ?? this.#view.keyOf(~end);
  }

  #findings(nodes: ReadonlySet<number>, events: readonly number[]): Finding[] {
    const about = [...nodes].flatMap((node) => findingsAbout(this.#view, node));
    const transformations = events.filter((event) => this.#graph.kindOf(event) === KIND.transformation);
    const firsts = new Set(transformations.map((event) => this.#graph.firstOfTransformation(event)));
    const balances = [...firsts].flatMap((event) => balanceOfTransformation(this.#view, this.#graph.transformationOf(event)));
    const foreign = events.flatMap((event) => foreignDeclarations(this.#view, event));
    return inTextOrder([...about, ...balances, ...foreign]);
  }

  /** Gaps of goods, with those that only the whole answer shows. */
  #gaps(nodes: ReadonlySet<number>, declared: readonly Declared[]): TraceGap[] {
    for (const node of nodes) this.#lookForGaps(node);
    for (const { node, event } of declared) if (this.#isUncorrected(event)) this.#evidence.correctiveMissing(node, event);
    const gaps = [...this.#evidence.gaps.values()].filter(({ node }) => nodes.has(node));
    return inTextOrder(
      gaps.map(({ code, node, event }) => ({ code, id: this.#view.idOf(node), ...this.#eventKey(event), ...this.#sentTo(code, event) })),
    );
  }

  #eventKey(event: number): { event?: string } {
    return event === NONE ? {} : { event: this.#view.keyOf(event) };
  }

  #sentTo(code: TraceGap['code'], event: number): { to?: readonly string[] } {
    if (code !== 'NOT_RECEIVED') return {};
    return { to: this.#graph.partiesOf(event).flatMap(({ role, id }) => (role === 'destination' ? [id] : [])) };
  }

  #lookForGaps(node: number): void {
    if (this.#walk.lacksContents(node)) this.#evidence.unknownContents(node);
    if (!this.#down || !this.#graph.isClass(node)) return;
    const { entries, transfers } = this.#view.lot(node);
    const sent = entries.filter(({ movement, event }) => movement === 'send' && this.#evidence.events.has(event));
    if (sent.length === 0) return;
    const arrived = new Set(transfers.filter(({ received }) => received.movement !== 'depart').map((transfer) => transfer.sent));
    for (const entry of sent) if (!arrived.has(entry)) this.#evidence.notReceived(node, entry.event);
  }

  /** Known events of goods that were declared in error. */
  #declaredOf(nodes: Iterable<number>): Declared[] {
    const found: Declared[] = [];
    for (const node of nodes) {
      for (let at = this.#graph.firstMention(node); at !== NONE; at = this.#graph.nextMention(at)) {
        const event = this.#graph.mentionEvent(at);
        if (this.#graph.isAlone(event) || this.#graph.isDeclaration(event)) continue;
        if (this.#view.isKnown(event) && this.#view.isDeclared(event)) found.push({ node, event });
      }
    }
    return found;
  }

  #isUncorrected(event: number): boolean {
    const declarations = this.#graph
      .recordsOfHash(event)
      .map((record) => (this.#view.isKnown(record) ? this.#graph.declaration(record) : undefined));
    const correctives = declarations.flatMap((declaration) => declaration?.correctiveEventIds ?? []);
    return correctives.some((id) => !this.#graph.recordsNamed(id).some((record) => this.#view.counts(record)));
  }
}

type Place = readonly [depth: number, id: string, where: string | null];

/** An event that was declared in error, and the goods that it names. */
interface Declared {
  readonly node: number;
  readonly event: number;
}

function comparePlaces(a: Place, b: Place): number {
  return a[0] - b[0] || compareTexts(a[1], b[1]) || compareTexts(a[2] ?? '', b[2] ?? '');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Edges of one event: by kind, then by their ends. */
function compareEdges(a: TraceEdge, b: TraceEdge): number {
  return compareTexts(a.kind, b.kind) || compareTexts(a.from, b.from) || compareTexts(a.to, b.to);
}

/** Sorts by insertion: of the edges of an event there are few, and `sort` takes longer to begin than to do them. */
function inOrder<Item>(items: Item[], compare: (a: Item, b: Item) => number): Item[] {
  if (items.length > FEW) return items.sort(compare);
  for (let next = 1; next < items.length; next++) {
    const item = items[next] as Item;
    let at = next;
    for (; at > 0 && compare(items[at - 1] as Item, item) > 0; at--) items[at] = items[at - 1] as Item;
    items[at] = item;
  }
  return items;
}

function inTextOrder<Item>(items: readonly Item[]): Item[] {
  if (items.length < 2) return [...items];
  return items
    .map((item) => ({ item, text: JSON.stringify(item) }))
    .sort((a, b) => compareTexts(a.text, b.text))
    .map(({ item }) => item);
}
