import { besideUnits, mayBeInside } from './besideUnits.ts';
import { LAST } from './bounds.ts';
import { consignmentSteps } from './consignmentSteps.ts';
import type { Interval } from './containment.ts';
import { ACTION, KIND, ROLE } from './graph/lineageGraph.ts';
import type { LineageView } from './lineageView.ts';
import { place } from './place.ts';
import type { Decimal } from './quantity.ts';
import { joined, matchOf, shares, type Waybill, waybillOf } from './waybill.ts';

/**
 * How goods of a class come to a place and leave it, or are seen there. `depart` and `arrive` are steps of a shipment and of a receipt that are told elsewhere:
 * goods were at the place, and no more of them moved.
 */
export type Movement = 'birth' | 'output' | 'receive' | 'unpack' | 'input' | 'pack' | 'send' | 'delete' | 'depart' | 'arrive' | 'seen';
const COMING: ReadonlySet<Movement> = new Set(['birth', 'output', 'receive', 'unpack', 'depart', 'arrive']);
const LEAVING: ReadonlySet<Movement> = new Set(['input', 'pack', 'send', 'delete']);

/** CBV business steps with which goods leave for, and come from, somewhere else. */
const SENDING: ReadonlySet<string> = new Set(['shipping', 'departing']);
const RECEIVING: ReadonlySet<string> = new Set(['receiving', 'arriving', 'accepting', 'returning']);
const PARTY_TYPES = ['location', 'possessing_party', 'owning_party'];

/** One movement of a class of goods. */
export interface LotEntry {
  readonly event: number;
  /** -1: the event takes everything out of the unit and does not name the goods. */
  readonly mention: number;
  readonly movement: Movement;
  readonly comes: boolean;
  readonly leaves: boolean;
  /** The unit that it is packed into or taken out of. */
  readonly unit: number | undefined;
  /** What of the quantity that is said moves, in its base unit, where the rest is in units beside it; undefined: all. */
  readonly loose: Decimal | undefined;
  /** Of a step: the movement that it is a step of. */
  readonly main: LotEntry | undefined;
  readonly pool: LotPool;
  /** Place among the entries of its pool. */
  readonly index: number;
  /** How many times goods had come to its pool before: beyond one, it is not certain which of them it is about. */
  readonly comings: number;
  /** Whether nothing tells how the goods came there. */
  readonly unexplained: boolean;
}

/** The goods of a class at one place: what comes is mixed with what is there. */
export interface LotPool {
  /** The GLN of the place without its extension, another identifier of it, or empty: unknown. */
  readonly place: string;
  readonly entries: LotEntry[];
}

/** Goods that an event says to be at their end in the unit that they are in. */
export interface EndInUnit {
  readonly event: number;
  readonly mention: number;
  readonly unit: number;
  /** In the base unit of what is said; undefined: unknown. */
  readonly amount: Decimal | undefined;
}

/** That a shipment arrived, or departed on the way (`received` says which): by its documents (`certain`), or by who sent and got it. */
export interface Transfer {
  readonly sent: LotEntry;
  readonly received: LotEntry;
  readonly certain: boolean;
}

/** All movements of a class of goods. */
export interface LotHistory {
  readonly node: number;
  /** In the order of events. */
  readonly entries: readonly LotEntry[];
  readonly pools: readonly LotPool[];
  /** When goods of it were in which units. */
  readonly contents: readonly Interval[];
  readonly transfers: readonly Transfer[];
  /** Entries of which nothing tells how the goods came there. */
  readonly unexplained: readonly LotEntry[];
  /** Events in which it is made: births and outputs. */
  readonly origins: readonly LotEntry[];
  readonly endsInUnits: readonly EndInUnit[];
}

const NONE_ARRIVED: ReadonlySet<LotEntry> = new Set();

/**
 * A movement while its history is put together. A class, not a literal: V8 migrates literals that it made before it had seen all kinds of their fields, one by
 * one, which took half the time of an answer.
 */
class Draft implements LotEntry {
  readonly event: number;
  readonly mention: number;
  movement: Movement;
  comes: boolean;
  leaves: boolean;
  readonly unit: number | undefined;
  readonly loose: Decimal | undefined;
  main: LotEntry | undefined = undefined;
  // Each draft is put into a pool before anybody sees it.
  pool = undefined as unknown as LotPool;
  index = 0;
  comings = 0;
  unexplained = false;

  constructor(event: number, mention: number, movement: Movement, unit?: number, loose?: Decimal) {
    this.event = event;
    this.mention = mention;
    this.movement = movement;
    this.comes = COMING.has(movement);
    this.leaves = LEAVING.has(movement);
    this.unit = unit;
    this.loose = loose;
  }
}

/** Reads the movements of a class of goods, place by place. */
export function lotHistoryOf(view: LineageView, node: number): LotHistory {
  const contents = view.intervalsIn(node);
  const { drafts: entries, endsInUnits } = draftsOf(view, node, contents);
  const pools = poolsOf(view, entries);
  const transfers = transfersOf(view, entries);
  const arrived = transfers.length === 0 ? NONE_ARRIVED : new Set(transfers.map(({ received }) => received));
  for (const pool of pools) count(pool, arrived);
  const [unexplained, origins]: [LotEntry[], LotEntry[]] = [[], []];
  for (const entry of entries) {
    if (entry.unexplained) unexplained.push(entry);
    if (entry.movement === 'birth' || entry.movement === 'output') origins.push(entry);
  }
  return { node, entries, pools, contents, transfers, unexplained, origins, endsInUnits };
}

/** Puts each movement to those of its place. Most lots are at one place only. */
function poolsOf(view: LineageView, entries: Draft[]): LotPool[] {
  const [first] = entries;
  if (first === undefined) return [];
  const place = placeOf(view, first);
  if (entries.every((entry) => placeOf(view, entry) === place)) return [pooled(place, entries)];
  return [...Map.groupBy(entries, (entry) => placeOf(view, entry))].map(([at, some]) => pooled(at, some));
}

function pooled(place: string, entries: Draft[]): LotPool {
  const pool = { place, entries };
  let index = 0;
  for (const entry of entries) {
    entry.pool = pool;
    entry.index = index++;
  }
  return pool;
}

function count(pool: LotPool, arrived: ReadonlySet<LotEntry>): void {
  let comings = 0;
  for (const entry of pool.entries as Draft[]) {
    entry.comings = comings;
    const isReceipt = entry.movement === 'receive' || entry.movement === 'arrive';
    entry.unexplained = isReceipt ? !arrived.has(entry) : entry.index === 0 && !entry.comes;
    // A step at the place of its movement is the same coming.
    if ((entry.comes || entry.unexplained) && entry.main?.pool !== pool) comings++;
  }
}

function draftsOf(view: LineageView, node: number, contents: readonly Interval[]): { drafts: Draft[]; endsInUnits: EndInUnit[] } {
  const { graph } = view;
  const drafts: Draft[] = [];
  const endsInUnits: EndInUnit[] = [];
  const named = contents.length === 0 ? undefined : new Set<number>();
  for (const mention of view.mentions(node)) {
    const event = graph.mentionEvent(mention);
    const unit = graph.mentionRole(mention) === ROLE.child ? view.unitOf(event) : undefined;
    const movement = movementOf(view, mention, unit);
    if (unit !== undefined) named?.add(event);
    if (movement === undefined) continue;
    const beside = named !== undefined && mayBeInside(view, mention) ? besideUnits(view, mention) : undefined;
    if (beside === undefined) drafts.push(new Draft(event, mention, movement, unit));
    else if (beside.loose !== undefined) drafts.push(new Draft(event, mention, movement, undefined, beside.loose));
    if (movement === 'delete') endsInUnits.push(...(beside?.inside ?? []).map((part) => ({ event, mention, ...part })));
  }
  if (named === undefined) return { drafts, endsInUnits };
  const emptied = contents.filter(({ to }) => to !== LAST && !named.has(to));
  if (emptied.length === 0) return { drafts, endsInUnits };
  drafts.push(...emptied.map(({ to, parent }) => new Draft(to, -1, 'unpack', parent)));
  drafts.sort((a, b) => view.compare(a.event, b.event) || a.mention - b.mention);
  return { drafts, endsInUnits };
}

/** What a mention says of the goods; undefined: that they are in a unit, not at a place. */
function movementOf(view: LineageView, mention: number, unit: number | undefined): Movement | undefined {
  const { graph } = view;
  const event = graph.mentionEvent(mention);
  const action = graph.actionOf(event);
  const kind = graph.kindOf(event);
  switch (graph.mentionRole(mention)) {
    case ROLE.input:
      return 'input';
    case ROLE.output:
      return 'output';
    case ROLE.child:
      if (unit === undefined) return 'seen';
      if (action === ACTION.add) return 'pack';
      return action === ACTION.delete ? 'unpack' : undefined;
    case ROLE.object:
      if (kind === KIND.object && action === ACTION.add) return 'birth';
      if (kind === KIND.object && action === ACTION.delete) return 'delete';
      return stepOf(graph.text('bizStep', event));
    default:
      return 'seen';
  }
}

function stepOf(step = ''): Movement {
  if (SENDING.has(step)) return 'send';
  return RECEIVING.has(step) ? 'receive' : 'seen';
}

/** Whether an event sends goods away. */
export function isSending(view: LineageView, event: number): boolean {
  return SENDING.has(view.graph.text('bizStep', event) ?? '');
}

/** Whether an event receives goods. */
export function isReceiving(view: LineageView, event: number): boolean {
  return RECEIVING.has(view.graph.text('bizStep', event) ?? '');
}

/** Where the goods of an event are: its business location, else its read point, else who sends or gets them. */
function placeOf(view: LineageView, { event, movement }: Pick<LotEntry, 'event' | 'movement'>): string {
  const { graph } = view;
  const said = graph.whereNumber(event);
  if (said !== 0) return view.placeName(said);
  const role = movement === 'receive' ? 'destination' : 'source';
  const parties = graph.partiesOf(event).filter((party) => party.role === role);
  const party = PARTY_TYPES.map((type) => parties.find((one) => one.type === type)).find((one) => one !== undefined);
  return party === undefined ? '' : place(party.id);
}

/**
 * Which shipments arrived where. A shipment and its steps are one movement, and so are a receipt and its steps: what each of them tells counts for all. Makes
 * steps of the entries that are such.
 */
function transfersOf(view: LineageView, entries: readonly LotEntry[]): Transfer[] {
  const moving = entries.filter(({ movement }) => movement === 'send' || movement === 'receive');
  if (moving.length < 2) return [];
  const bills = moving.map((entry) => waybillOf(view, entry));
  const steps = consignmentSteps(view, bills);
  for (const [{ entry }, main] of steps) makeStep(entry, main.entry);
  const stepsOf = Map.groupBy(steps.keys(), (step) => steps.get(step));
  const mains = bills.filter((bill) => !steps.has(bill)).map((bill) => ({ steps: stepsOf.get(bill) ?? [], bill }));
  const [sent, received] = (['send', 'receive'] as const).map((movement) => mains.filter(({ bill }) => bill.entry.movement === movement));
  const shipments = (sent ?? []).map(({ bill, steps }) => joined(bill, steps));
  const arrivals = (received ?? []).flatMap(({ bill, steps }) => {
    const whole = joined(bill, steps);
    return [whole, ...steps.map(({ entry }) => ({ ...whole, entry }))];
  });
  const departures = [...steps].filter(([{ entry }]) => entry.movement === 'depart');
  return [
    ...arrivals.flatMap((arrival) => transfersTo(view, shipments, arrival)),
    ...departures.map(([step, main]) => ({ sent: main.entry, received: step.entry, certain: shares(step.documents, main.documents) })),
  ];
}

function makeStep(step: Draft, main: LotEntry): void {
  step.main = main;
  step.movement = step.movement === 'send' ? 'depart' : 'arrive';
  step.comes = true;
  step.leaves = false;
}

function transfersTo(view: LineageView, sent: readonly Waybill[], arrival: Waybill): Transfer[] {
  const before = sent.filter(({ entry: { event } }) => view.compare(event, arrival.entry.event) < 0);
  return before.flatMap((departure) => {
    const match = matchOf(departure, arrival);
    return match === undefined ? [] : [{ sent: departure.entry, received: arrival.entry, certain: match }];
  });
}
