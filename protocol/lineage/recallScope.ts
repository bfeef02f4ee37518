import type { Amount } from './amount.ts';
import { FIRST, LAST } from './bounds.ts';
import type { Interval } from './containment.ts';
import { ACTION, KIND, type LineageGraph, ROLE } from './graph/lineageGraph.ts';
import { eventsOf } from './lastSeen.ts';
import { LineageView } from './lineageView.ts';
import { type EndInUnit, isSending, type LotEntry, type Movement } from './lotHistory.ts';
import { type Decimal, isZero, negative, subtract, sum, write, ZERO } from './quantity.ts';
import { type Trace, type TracedGoods, type TraceOptions, tracing } from './trace.ts';
import { isReturn } from './waybill.ts';
import { isWithin } from './windows.ts';
import { finish, type Work } from './work.ts';

/**
 * Where the affected goods of one lot (or product) are, in one unit of measure. All sums are of what is known; they add up:
 * `produced = held + open + consumed + destroyed`, where `open = shipped - received - returned`.
 */
export interface LotScope {
  readonly id: string;
  /** UN/ECE Recommendation 20; empty: a count. */
  readonly unit: string;
  readonly produced: string;
  /** Sent as such, not in a unit. */
  readonly shipped: string;
  /** Came in units that were sent: also in `held` by the unit, or where it was unpacked. */
  readonly shippedInUnits: string;
  readonly received: string;
  /** Came back: received with the business step `returning` or the disposition `returned`. */
  readonly returned: string;
  /** Sent, and neither received nor returned. */
  readonly open: string;
  readonly consumed: string;
  readonly destroyed: string;
  readonly held: string;
  /** What is where: by place, and by unit. */
  readonly where: readonly { readonly where: string; readonly quantity: string }[];
  /** Movements of which nobody says how much: where there are any, the sums are of the rest. */
  readonly unknown: number;
}

/** One thing: where it stands. */
export interface UnitScope {
  readonly id: string;
  readonly state: 'destroyed' | 'returned' | 'in transit' | 'held';
}

/** A lot that was sent to somebody as such. */
export interface Shipment {
  readonly id: string;
  readonly event: string;
  readonly quantity?: string;
  readonly unit?: string;
  readonly destinations: readonly string[];
  readonly documents: readonly string[];
  /** Whether an event says that it arrived, or that goods came back under one of its documents. */
  readonly state: 'open' | 'received' | 'returned';
}

/** Everything that a recall is about. */
export interface RecallScope {
  /** Every affected lot, place by place, and unit; with where it was seen last and who had it. */
  readonly goods: readonly TracedGoods[];
  readonly lots: readonly LotScope[];
  readonly units: readonly UnitScope[];
  readonly shipments: readonly Shipment[];
  readonly gaps: Trace['gaps'];
  readonly findings: Trace['findings'];
  readonly truncated: boolean;
}

/**
 * Who has what of goods that are to be recalled: the trace to all that was made of them, with sums.
 *
 * @param ids canonical (`canonicalId`)
 */
export function recallScope(graph: LineageGraph, ids: readonly string[], options: ScopeOptions = {}): RecallScope {
  return finish(scoping(graph, ids, options));
}

/** The same in small pieces of work, as `tracing`. */
export function* scoping(graph: LineageGraph, ids: readonly string[], options: ScopeOptions = {}): Work<RecallScope> {
  // Before the first piece of the trace: both stand on the same events.
  const view = new LineageView(graph, options);
  const trace = yield* tracing(graph, ids, 'destination', options);
  const events = new Set(trace.events.map((key) => graph.eventOf(key) as number));
  const nodes = [...new Set(trace.goods.map(({ id }) => id))].flatMap((id) => graph.nodesOf(id));
  const things = new Set(trace.goods.filter(({ where }) => where === undefined).map(({ id }) => id));
  const [lots, units, shipments]: [LotScope[], UnitScope[], Shipment[]] = [[], [], []];
  for (const node of nodes) {
    if (graph.isClass(node)) {
      const entries = affected(view, node, events);
      const ends = view.lot(node).endsInUnits.filter(({ event }) => events.has(event));
      lots.push(...lotScopes(view, node, entries, ends));
      shipments.push(...shipmentsOf(view, node, entries));
    } else if (things.has(view.idOf(node))) units.push(unitScope(view, node, events));
    yield;
  }
  const { goods, gaps, findings, truncated } = trace;
  return { goods, lots, units, shipments, gaps, findings, truncated };
}

type ScopeOptions = Omit<TraceOptions, 'limit' | 'cursor'>;

function affected(view: LineageView, node: number, events: ReadonlySet<number>): LotEntry[] {
  return view.lot(node).entries.filter(({ event }) => events.has(event));
}

type Sums = Map<Movement | 'return', Decimal>;

function lotScopes(view: LineageView, node: number, entries: readonly LotEntry[], endsInUnits: readonly EndInUnit[]): LotScope[] {
  // What is only seen, and the steps of a movement, move nothing.
  const moving = entries.filter(({ movement, main }) => movement !== 'seen' && main === undefined);
  const amounts = moving.map((entry) => ({ entry, amount: movedBy(view, entry) }));
  const ends = endsInUnits.map((end) => ({ ...end, amount: partOf(view, end) }));
  const known = [...amounts, ...ends].map(({ amount }) => amount).filter((amount) => amount !== undefined);
  const unknown = amounts.length + ends.length - known.length;
  const dimensions = new Map(known.map(({ dimension, unit }) => [dimension, unit]));
  return [...dimensions].map(([dimension, unit]) => {
    const moved = amounts.flatMap(({ entry, amount }) => (amount?.dimension === dimension ? [{ entry, value: amount.value }] : []));
    const ended = ends.flatMap((end) => (end.amount?.dimension === dimension ? [{ unit: end.unit, value: end.amount.value }] : []));
    return { id: view.idOf(node), unit, ...balance(view, node, moved, ended), unknown };
  });
}

/** What ended in a unit, where it is known how much. */
function partOf(view: LineageView, { mention, amount: value }: EndInUnit): Amount | undefined {
  const told = view.amount(mention);
  return told === undefined || value === undefined ? undefined : { ...told, value };
}

function balance(
  view: LineageView,
  node: number,
  moved: readonly { entry: LotEntry; value: Decimal }[],
  ended: readonly { unit: number; value: Decimal }[],
): Omit<LotScope, 'id' | 'unit' | 'unknown'> {
  const sums: Sums = new Map();
  const where = new Map<string, Decimal>();
  const put = (place: string, value: Decimal): void => void where.set(place, sum([where.get(place) ?? ZERO, value]));
  const sent = staysThatWereSent(view, node);
  let inUnits = ZERO;
  for (const { entry, value } of moved) {
    const name = entry.movement === 'receive' && isReturn(view, entry.event) ? 'return' : entry.movement;
    sums.set(name, sum([sums.get(name) ?? ZERO, value]));
    if (entry.comes) put(entry.pool.place, value);
    if (entry.leaves) put(entry.pool.place, negative(value));
    if (entry.unit === undefined) continue;
    put(view.idOf(entry.unit), entry.comes ? negative(value) : value);
    if (entry.movement === 'pack' && sent.some((stay) => stay.parent === entry.unit && isWithin(view, entry.event, stay))) {
      inUnits = sum([inUnits, value]);
    }
  }
  for (const { unit, value } of ended) {
    sums.set('delete', sum([sums.get('delete') ?? ZERO, value]));
    put(view.idOf(unit), negative(value));
  }
  const of = (...names: (Movement | 'return')[]): Decimal => sum(names.map((name) => sums.get(name) ?? ZERO));
  const held = sum([...where.values()]);
  return {
    produced: write(of('birth', 'output')),
    shipped: write(of('send')),
    shippedInUnits: write(inUnits),
    received: write(of('receive')),
    returned: write(of('return')),
    open: write(subtract(of('send'), of('receive', 'return'))),
    consumed: write(of('input')),
    destroyed: write(of('delete')),
    held: write(held),
    where: [...where]
      .filter(([, held]) => !isZero(held))
      .map(([place, quantity]) => ({ where: place, quantity: write(quantity) }))
      .sort((a, b) => (a.where < b.where ? -1 : 1)),
  };
}

/** When goods were in units that were sent meanwhile. */
function staysThatWereSent(view: LineageView, node: number): Interval[] {
  return view.lot(node).contents.filter((stay) => eventsOf(view, stay.parent, [stay]).some((event) => isSending(view, event)));
}

/** What moves, where it is known how much. */
function movedBy(view: LineageView, { mention, loose }: LotEntry): Amount | undefined {
  const told = view.amount(mention);
  return told === undefined ? undefined : { ...told, value: loose ?? told.value };
}

/** By the events of the trace: what became of a pallet after the goods had left it says nothing about them. */
function unitScope(view: LineageView, node: number, traced: ReadonlySet<number>): UnitScope {
  const { graph } = view;
  const events = eventsOf(view, node, [{ from: FIRST, to: LAST }]).filter((event) => traced.has(event));
  const last = events.at(-1);
  const id = view.idOf(node);
  if (isDestroyed(view, node, traced)) return { id, state: 'destroyed' };
  const disposition = events.map((event) => graph.text('disposition', event)).findLast((word) => word !== undefined);
  if (disposition === 'returned') return { id, state: 'returned' };
  return { id, state: last !== undefined && isSending(view, last) ? 'in transit' : 'held' };
}

function isDestroyed(view: LineageView, node: number, traced: ReadonlySet<number>): boolean {
  const { graph } = view;
  const last = view.mentions(node).findLast((mention) => traced.has(graph.mentionEvent(mention)));
  if (last === undefined || graph.mentionRole(last) !== ROLE.object) return false;
  const event = graph.mentionEvent(last);
  return graph.kindOf(event) === KIND.object && graph.actionOf(event) === ACTION.delete;
}

function shipmentsOf(view: LineageView, node: number, entries: readonly LotEntry[]): Shipment[] {
  const { graph } = view;
  const { transfers } = view.lot(node);
  const back = new Set(
    entries
      .filter((entry) => entry.movement === 'receive' && isReturn(view, entry.event))
      .flatMap(({ event }) => graph.documentsOf(event).map(({ id }) => id)),
  );
  return entries
    .filter(({ movement }) => movement === 'send')
    .map((entry) => {
      const documents = graph.documentsOf(entry.event).map(({ id }) => id);
      const arrived = transfers.some(
        ({ sent, received }) => sent === entry && received.movement !== 'depart' && !isReturn(view, received.event),
      );
      const quantity = graph.mentionQuantity(entry.mention);
      const unit = graph.mentionUnit(entry.mention);
      const isBack = documents.some((id) => back.has(id));
      return {
        id: view.idOf(node),
        event: view.keyOf(entry.event),
        ...(quantity === undefined ? {} : { quantity }),
        ...(unit === '' ? {} : { unit }),
        destinations: graph.partiesOf(entry.event).flatMap(({ role, id }) => (role === 'destination' ? [id] : [])),
        documents,
        state: stateOf(isBack, arrived),
      };
    });
}

function stateOf(isBack: boolean, hasArrived: boolean): Shipment['state'] {
  if (isBack) return 'returned';
  return hasArrived ? 'received' : 'open';
}
