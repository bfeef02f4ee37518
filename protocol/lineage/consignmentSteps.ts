import type { LineageView } from './lineageView.ts';
import type { LotEntry } from './lotHistory.ts';
import { isZero, subtract } from './quantity.ts';
import { shares, type Waybill } from './waybill.ts';

/** How complete a receipt is: goods arrive, somebody takes them over, they are in the stock. */
const RECEIPTS: ReadonlyMap<string, number> = new Map([
  ['arriving', 0],
  ['accepting', 1],
  ['receiving', 2],
  ['returning', 2],
]);
/** What happens to goods at a place where they only pass. */
const PASSING: ReadonlySet<string> = new Set(['departing', 'arriving', 'accepting']);

interface Named {
  readonly bill: Waybill;
  readonly step: string;
}

/**
 * The movements that are steps of another one, and of which: departures of a shipment before them, arrivals and acceptances of a receipt after them
 * (docs/spec/lineage.md, L27). In the CBV `shipping` is the whole way out, `departing` and `arriving` are points of the way.
 *
 * @param bills of all shipments and receipts of one class, in the order of events
 */
export function consignmentSteps(view: LineageView, bills: readonly Waybill[]): Map<Waybill, Waybill> {
  const named = bills.map((bill) => ({ bill, step: view.graph.text('bizStep', bill.entry.event) ?? '' }));
  return new Map([...departures(view, named), ...arrivals(view, named)]);
}

function departures(view: LineageView, named: readonly Named[]): Map<Waybill, Waybill> {
  const shipments = named.filter(({ step }) => step === 'shipping').map(({ bill }) => bill);
  const steps = new Map<Waybill, Waybill>();
  if (shipments.length === 0) return steps;
  for (const { bill, step } of named) {
    if (step !== 'departing') continue;
    const before = shipments.filter(({ entry }) => view.compare(entry.event, bill.entry.event) < 0).reverse();
    const main = mainOf(view, bill, before);
    if (main !== undefined) steps.set(bill, main);
  }
  return steps;
}

function arrivals(view: LineageView, named: readonly Named[]): Map<Waybill, Waybill> {
  const steps = new Map<Waybill, Waybill>();
  // Acceptances first: one that is a step itself has no steps.
  for (const rank of [1, 0]) {
    for (const { bill, step } of named) {
      if (RECEIPTS.get(step) !== rank) continue;
      const fuller = named.filter((other) => (RECEIPTS.get(other.step) ?? 0) > rank && !steps.has(other.bill));
      const after = fuller.map((other) => other.bill).filter(({ entry }) => view.compare(bill.entry.event, entry.event) < 0);
      const main = mainOf(view, bill, after);
      if (main !== undefined) steps.set(bill, main);
    }
  }
  return steps;
}

/** Of movements, the nearest first, the one that a step belongs to: rather by a document than otherwise. */
function mainOf(view: LineageView, step: Waybill, mains: readonly Waybill[]): Waybill | undefined {
  const possible = mains.filter((main) => isAtOnePlace(step, main) || isOnTheWay(view, step, main));
  return possible.find((main) => shares(step.documents, main.documents)) ?? possible.find((main) => isOneConsignment(view, step, main));
}

function isAtOnePlace(step: Waybill, main: Waybill): boolean {
  return step.entry.pool.place === '' || step.entry.pool === main.entry.pool;
}

/** Whether the class only passes the place of a step: before a departure nothing else moves it there, nor after an arrival. */
function isOnTheWay(view: LineageView, { entry: step }: Waybill, { entry: main }: Waybill): boolean {
  const isDeparture = view.compare(main.event, step.event) < 0;
  const others = isDeparture ? step.pool.entries.slice(0, step.index) : step.pool.entries.slice(step.index + 1);
  return others.every(({ movement, event }) => movement === 'seen' || isPassing(view, movement, event));
}

function isPassing({ graph }: LineageView, movement: LotEntry['movement'], event: number): boolean {
  return (movement === 'send' || movement === 'receive') && PASSING.has(graph.text('bizStep', event) ?? '');
}

/** Whether nothing speaks against two movements being of one consignment, and parties, a unit, the place or the quantity for it. */
function isOneConsignment(view: LineageView, step: Waybill, main: Waybill): boolean {
  if (step.documents.length > 0 && main.documents.length > 0) return false;
  const parties = [
    [step.sources, main.sources],
    [step.destinations, main.destinations],
  ] as const;
  const both = parties.filter(([a, b]) => a.length > 0 && b.length > 0);
  if (!both.every(([a, b]) => shares(a, b))) return false;
  return both.length > 0 || shares(step.places, main.places) || shares(step.units, main.units) || isAsMuch(view, step.entry, main.entry);
}

function isAsMuch(view: LineageView, a: LotEntry, b: LotEntry): boolean {
  const [one, other] = [view.amount(a.mention), view.amount(b.mention)];
  if (one === undefined || other === undefined || one.dimension !== other.dimension) return false;
  return isZero(subtract(one.value, other.value));
}
