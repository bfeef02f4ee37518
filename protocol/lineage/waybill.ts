import type { LineageView } from './lineageView.ts';
import type { LotEntry } from './lotHistory.ts';
import { place } from './place.ts';

/** Documents that name one consignment. */
const CONSIGNMENT: ReadonlySet<string> = new Set(['desadv', 'bol']);

/** What the events of a shipment or of a receipt tell of it. */
export interface Waybill {
  readonly entry: LotEntry;
  readonly documents: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  readonly destinations: ReadonlySet<string>;
  /** Where the events were. */
  readonly places: ReadonlySet<string>;
  /** Single things that the events name. */
  readonly units: ReadonlySet<string>;
  readonly isReturn: boolean;
}

export function waybillOf(view: LineageView, entry: LotEntry): Waybill {
  const { graph } = view;
  const documents = graph.documentsOf(entry.event).filter(({ type }) => CONSIGNMENT.has(type));
  const parties = graph.partiesOf(entry.event);
  const places = (role: string): Set<string> => new Set(parties.filter((party) => party.role === role).map(({ id }) => place(id)));
  return {
    entry,
    documents: new Set(documents.map(({ id }) => id)),
    sources: places('source'),
    destinations: places('destination'),
    places: new Set(entry.pool.place === '' ? [] : [entry.pool.place]),
    units: unitsOf(view, entry.event),
    isReturn: isReturn(view, entry.event),
  };
}

function unitsOf({ graph }: LineageView, event: number): Set<string> {
  const [first, end] = graph.mentionsOf(event);
  const nodes = Array.from({ length: end - first }, (_, index) => graph.mentionNode(first + index));
  return new Set(nodes.filter((node) => !graph.isClass(node)).map((node) => graph.idOf(node)));
}

/** Whether an event says that goods come back. */
export function isReturn({ graph }: LineageView, event: number): boolean {
  return graph.text('bizStep', event) === 'returning' || graph.text('disposition', event) === 'returned';
}

/** What a movement and its steps tell together. */
export function joined(main: Waybill, steps: readonly Waybill[]): Waybill {
  if (steps.length === 0) return main;
  const union = (part: 'documents' | 'sources' | 'destinations' | 'places'): Set<string> =>
    new Set([main, ...steps].flatMap((bill) => [...bill[part]]));
  const [documents, places] = [union('documents'), union('places')];
  return { ...main, documents, places, sources: union('sources'), destinations: union('destinations') };
}

/** Whether a shipment is what arrived: certainly by a shared document, possibly by its parties; undefined: not, or nothing says so. */
export function matchOf(sent: Waybill, received: Waybill): boolean | undefined {
  if (shares(sent.documents, received.documents)) return true;
  // What comes back has documents of its own, and comes from where it was sent to.
  if (received.isReturn && shares(sent.destinations, received.sources)) return false;
  if (sent.documents.size > 0 && received.documents.size > 0) return undefined;
  const there = new Set([...received.destinations, ...received.places]);
  if (sent.destinations.size > 0 && there.size > 0) return shares(sent.destinations, there) ? false : undefined;
  const here = new Set([...sent.sources, ...sent.places]);
  return received.sources.size > 0 && shares(received.sources, here) ? false : undefined;
}

export function shares(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}
