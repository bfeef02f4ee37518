import { LAST } from './bounds.ts';
import type { Interval } from './containment.ts';
import { ACTION, KIND, ROLE } from './lineageGraph.ts';
import type { LineageView } from './lineageView.ts';

/** How goods of a class come to a place and leave it, or are seen there. */
export type Movement = 'birth' | 'output' | 'receive' | 'unpack' | 'input' | 'pack' | 'send' | 'delete' | 'seen';
const COMING: ReadonlySet<Movement> = new Set(['birth', 'output', 'receive', 'unpack']);
const LEAVING: ReadonlySet<Movement> = new Set(['input', 'pack', 'send', 'delete']);

/** CBV business steps with which goods leave for, and come from, somewhere else. */
const SENDING: ReadonlySet<string> = new Set(['shipping', 'departing']);
const RECEIVING: ReadonlySet<string> = new Set(['receiving', 'arriving', 'accepting', 'returning']);
/** Documents that name one consignment. */
const CONSIGNMENT: ReadonlySet<string> = new Set(['desadv', 'bol']);
const PARTY_TYPES = ['location', 'possessing_party', 'owning_party'];
const GLN = /^https:\/\/id\.gs1\.org\/41[47]\/(\d{13})(?:\/|$)/;

/** One movement of a class of goods. */
export interface LotEntry {
  readonly event: number;
  /** -1: the event takes everything out of the unit and does not name the goods. */
  readonly mention: number;
  readonly movement: Movement;
  readonly comes: boolean;
  readonly leaves: boolean;
  /** The unit that it is packed into or taken out of. */
  readonly unit?: number;
  readonly pool: LotPool;
  /** Place among the entries of its pool. */
  readonly index: number;
  /** Whether nothing tells how the goods came there. */
  readonly unexplained: boolean;
}

/** The goods of a class at one place: what comes is mixed with what is there. */
export interface LotPool {
  /** The GLN of the place without its extension, another identifier of it, or empty: unknown. */
  readonly place: string;
  readonly entries: LotEntry[];
  /** How many times goods had come before an entry: beyond one, it is not certain which of them it is about. */
  readonly comings: number[];
}

/** That a shipment arrived: by its documents (`certain`), or by who sent and got it. */
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
}

type Draft = { -readonly [Key in keyof LotEntry]: LotEntry[Key] };

/** Reads the movements of a class of goods, place by place. */
export function lotHistoryOf(view: LineageView, node: number): LotHistory {
  const contents = view.intervalsIn(node);
  const pools = new Map<string, LotPool>();
  const entries = draftsOf(view, node, contents);
  for (const entry of entries) {
    const place = placeOf(view, entry.event, entry.movement);
    let pool = pools.get(place);
    if (pool === undefined) {
      pool = { place, entries: [], comings: [] };
      pools.set(place, pool);
    }
    entry.pool = pool;
    entry.index = pool.entries.push(entry) - 1;
  }
  const transfers = transfersOf(view, entries);
  const arrived = new Set(transfers.map(({ received }) => received));
  for (const pool of pools.values()) count(pool, arrived);
  const unexplained = entries.filter((entry) => entry.unexplained);
  const origins = entries.filter(({ movement }) => movement === 'birth' || movement === 'output');
  return { node, entries, pools: [...pools.values()], contents, transfers, unexplained, origins };
}

function count(pool: LotPool, arrived: ReadonlySet<LotEntry>): void {
  let comings = 0;
  for (const entry of pool.entries as Draft[]) {
    pool.comings.push(comings);
    entry.unexplained = entry.movement === 'receive' ? !arrived.has(entry) : entry.index === 0 && !entry.comes;
    if (entry.comes || entry.unexplained) comings++;
  }
}

function draftsOf(view: LineageView, node: number, contents: readonly Interval[]): Draft[] {
  const { graph } = view;
  const drafts: Draft[] = [];
  const named = contents.length === 0 ? undefined : new Set<number>();
  for (const mention of view.mentions(node)) {
    const event = graph.mentionEvent(mention);
    const unit = graph.mentionRole(mention) === ROLE.child ? view.unitOf(event) : undefined;
    const movement = movementOf(view, mention, unit);
    if (unit !== undefined) named?.add(event);
    if (movement !== undefined) drafts.push(draft(event, mention, movement, unit));
  }
  const emptied = contents.filter(({ to }) => to !== LAST && !named?.has(to));
  if (emptied.length === 0) return drafts;
  drafts.push(...emptied.map(({ to, parent }) => draft(to, -1, 'unpack', parent)));
  return drafts.sort((a, b) => view.compare(a.event, b.event) || a.mention - b.mention);
}

function draft(event: number, mention: number, movement: Movement, unit?: number): Draft {
  const comes = COMING.has(movement);
  const entry = { event, mention, movement, comes, leaves: LEAVING.has(movement), index: 0, unexplained: false };
  return (unit === undefined ? entry : { ...entry, unit }) as Draft;
}

/** What a mention says of the goods; undefined: that they are in a unit, not at a place. */
function movementOf(view: LineageView, mention: number, unit: number | undefined): Movement | undefined {
  const { graph } = view;
  const event = graph.mentionEvent(mention);
  const action = graph.column('action', event);
  const kind = graph.column('kind', event);
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
function placeOf(view: LineageView, event: number, movement: Movement): string {
  const { graph } = view;
  const said = graph.textNumber('bizLocation', event) || graph.textNumber('readPoint', event);
  if (said !== 0) return view.placeName(said);
  const role = movement === 'receive' ? 'destination' : 'source';
  const parties = graph.partiesOf(event).filter((party) => party.role === role);
  const party = PARTY_TYPES.map((type) => parties.find((one) => one.type === type)).find((one) => one !== undefined);
  return party === undefined ? '' : place(party.id);
}

/** A place by its GLN, whatever its part and whether it is named as a place or as a party. */
export function place(id: string): string {
  return GLN.exec(id)?.[1] ?? id;
}

/** What an event tells of a shipment. */
interface Waybill {
  readonly entry: LotEntry;
  readonly documents: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  readonly destinations: ReadonlySet<string>;
}

function transfersOf(view: LineageView, entries: readonly LotEntry[]): Transfer[] {
  const received = entries.filter(({ movement }) => movement === 'receive');
  const sent = received.length === 0 ? [] : entries.filter(({ movement }) => movement === 'send').map((entry) => waybillOf(view, entry));
  return received.flatMap((entry) => {
    const arrival = waybillOf(view, entry);
    const before = sent.filter(({ entry: { event } }) => view.compare(event, entry.event) < 0);
    return before.flatMap((departure) => {
      const match = matchOf(departure, arrival);
      return match === undefined ? [] : [{ sent: departure.entry, received: entry, certain: match }];
    });
  });
}

function waybillOf(view: LineageView, entry: LotEntry): Waybill {
  const { graph } = view;
  const documents = graph.documentsOf(entry.event).filter(({ type }) => CONSIGNMENT.has(type));
  const parties = graph.partiesOf(entry.event);
  const places = (role: string): Set<string> => new Set(parties.filter((party) => party.role === role).map(({ id }) => place(id)));
  return { entry, documents: new Set(documents.map(({ id }) => id)), sources: places('source'), destinations: places('destination') };
}

/** Whether a shipment is what arrived: certainly by a shared document, possibly by its parties; undefined: not, or nothing says so. */
function matchOf(sent: Waybill, received: Waybill): boolean | undefined {
  if (shares(sent.documents, received.documents)) return true;
  if (sent.documents.size > 0 && received.documents.size > 0) return undefined;
  const there = withPlace(received.destinations, received.entry.pool.place);
  if (sent.destinations.size > 0 && there.size > 0) return shares(sent.destinations, there) ? false : undefined;
  const here = withPlace(sent.sources, sent.entry.pool.place);
  return received.sources.size > 0 && shares(received.sources, here) ? false : undefined;
}

function withPlace(parties: ReadonlySet<string>, at: string): ReadonlySet<string> {
  return at === '' ? parties : new Set([...parties, at]);
}

function shares(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}
