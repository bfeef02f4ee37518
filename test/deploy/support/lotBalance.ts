import { type EventView, eventView } from '../../../protocol/epcis/eventView.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';

/** What events say of a lot, in pieces, by the rules of deploy/demo/recall/README.md and nothing else. */
export interface LotBalance {
  made: number;
  /** Shipped to households: to owners that are tokens. */
  household: number;
  orders: number;
  /** Shipped to parties with a GLN: what was packed on the pallets that were shipped. */
  traded: number;
  returned: number;
  destroyed: number;
  /** Shipped to households and not returned, by order. */
  open: ReadonlyMap<string, number>;
}

const TOKEN = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Adds up the events of one lot. */
export function lotBalance(events: readonly JsonObject[], lot: string): LotBalance {
  const views = events.map((event) => eventView(event));
  const pieces = (chosen: readonly EventView[]) => chosen.reduce((sum, view) => sum + piecesOf(view, lot), 0);
  const shipped = views.filter(({ bizStep }) => bizStep === 'shipping');
  const toHouseholds = shipped.filter((view) => TOKEN.test(ownerOf(view, 'destination')));
  const returned = views.filter(({ bizStep, disposition }) => bizStep === 'receiving' && disposition === 'returned');
  const packed = new Map<string, number>();
  for (const [index, view] of views.entries())
    if (view.action === 'ADD' && view.bizStep === 'packing') add(packed, String(events[index]?.parentID), piecesOf(view, lot));
  const open = new Map<string, number>();
  for (const view of toHouseholds) add(open, orderOf(view), piecesOf(view, lot));
  for (const view of returned) add(open, orderOf(view), -piecesOf(view, lot));
  const orders = open.size;
  for (const [order, left] of open) if (left === 0) open.delete(order);
  return {
    made: pieces(views.filter(({ action, bizStep }) => action === 'ADD' && bizStep === 'commissioning')),
    household: pieces(toHouseholds),
    orders,
    traded: shipped.flatMap(({ subjects }) => subjects).reduce((sum, pallet) => sum + (packed.get(pallet) ?? 0), 0),
    returned: pieces(returned),
    destroyed: pieces(views.filter(({ action, bizStep }) => action === 'DELETE' && bizStep === 'destroying')),
    open,
  };
}

function piecesOf({ quantities }: EventView, lot: string): number {
  return quantities
    .filter(({ epcClass, unit }) => epcClass === lot && unit === undefined)
    .reduce((sum, { quantity = Number.NaN }) => sum + quantity, 0);
}

function ownerOf({ parties }: EventView, role: 'source' | 'destination'): string {
  return parties.find((party) => party.role === role && party.type === 'owning_party')?.id ?? '';
}

function orderOf({ documents }: EventView): string {
  return documents.find(({ type }) => type === 'po')?.id ?? '';
}

function add(counts: Map<string, number>, key: string, number: number): void {
  counts.set(key, (counts.get(key) ?? 0) + number);
}
