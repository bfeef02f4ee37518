import type { LineageView } from './lineageView.ts';
import type { LotEntry } from './lotHistory.ts';
import { place } from './place.ts';

/** Documents that name one consignment. */
const CONSIGNMENT: ReadonlySet<string> = new Set(['desadv', 'bol']);

/** What the events of a shipment or of a receipt tell of it. */
export interface Waybill {
  readonly entry: LotEntry;
  readonly documents: readonly string[];
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** Where the events were. */
  readonly places: readonly string[];
  /** Single things that the events name. */
  readonly units: readonly string[];
  readonly isReturn: boolean;
}

export function waybillOf(view: LineageView, entry: LotEntry): Waybill {
  const { graph } = view;
  const documents = graph.documentsOf(entry.event).filter(({ type }) => CONSIGNMENT.has(type));
  const parties = graph.partiesOf(entry.event);
  const places = (role: string): string[] => parties.filter((party) => party.role === role).map(({ id }) => place(id));
  return {
    entry,
    documents: documents.map(({ id }) => id),
    sources: places('source'),
    destinations: places('destination'),
    places: entry.pool.place === '' ? [] : [entry.pool.place],
    units: unitsOf(view, entry.event),
    isReturn: isReturn(view, entry.event),
  };
}

function unitsOf(view: LineageView, event: number): string[] {
  const { graph } = view;
  const [first, end] = graph.mentionsOf(event);
  const units: string[] = [];
  for (let mention = first; mention < end; mention++) {
    const node = graph.mentionNode(mention);
    if (!graph.isClass(node)) units.push(view.idOf(node));
  }
  return units;
}

/** Whether an event says that goods come back. */
export function isReturn({ graph }: LineageView, event: number): boolean {
  return graph.text('bizStep', event) === 'returning' || graph.text('disposition', event) === 'returned';
}

/** What a movement and its steps tell together. */
export function joined(main: Waybill, steps: readonly Waybill[]): Waybill {
  if (steps.length === 0) return main;
  const union = (part: 'documents' | 'sources' | 'destinations' | 'places'): string[] => [main, ...steps].flatMap((bill) => bill[part]);
  const [documents, places] = [union('documents'), union('places')];
  return { ...main, documents, places, sources: union('sources'), destinations: union('destinations') };
}

/** Whether a shipment is what arrived: certainly by a shared document, possibly by its parties; undefined: not, or nothing says so. */
export function matchOf(sent: Waybill, received: Waybill): boolean | undefined {
  if (shares(sent.documents, received.documents)) return true;
  // What comes back has documents of its own, and comes from where it was sent to.
  if (received.isReturn && shares(sent.destinations, received.sources)) return false;
  if (sent.documents.length > 0 && received.documents.length > 0) return undefined;
  const there = [...received.destinations, ...received.places];
  if (sent.destinations.length > 0 && there.length > 0) return shares(sent.destinations, there) ? false : undefined;
  const here = [...sent.sources, ...sent.places];
  return received.sources.length > 0 && shares(received.sources, here) ? false : undefined;
}

/** Whether two lists have an item in common; events name few parties, documents and units. */
export function shares(a: readonly string[], b: readonly string[]): boolean {
  return a.some((item) => b.includes(item));
}
