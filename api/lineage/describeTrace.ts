import { type KindName, kindName } from '../../protocol/ledger/codes.ts';
import type { LineageGraph } from '../../protocol/lineage/graph/lineageGraph.ts';
import type { LastSeen } from '../../protocol/lineage/lastSeen.ts';
import { reach, type TracedGoods, tracing } from '../../protocol/lineage/trace.ts';
import { readPlace } from '../../web/render/readPlace.ts';
import type {
  GoodsFacts,
  PartyName,
  Stop,
  TracedEvent,
  TraceMember,
  TraceSide,
  TraceTime,
  TraceView,
} from '../../web/render/trace/traceView.ts';
import type { Party, Place } from '../../web/render/view.ts';
import { instant } from '../instant.ts';
import { inTurns } from '../inTurns.ts';
import type { ApiNode } from '../node.ts';
import type { TraceAnswer } from './answerTrace.ts';
import { membersOf } from './membersOf.ts';
import { stopsOf } from './stopsOf.ts';

/** What was asked, as the page shows it again. */
export interface AskedTrace {
  asked: string;
  address: string;
  after: Partial<Record<'source' | 'destination', string>>;
  time: Omit<TraceTime, 'span'>;
}

/** Goods are counted up to here over all pages; beyond, the page says "more than". */
const MOST_COUNTED = 10_000;
/** Goods of each direction whose events say when the story begins and ends. */
const LEAST_SPANNED = 100;

/** Both directions of a trace as the page shows them: with places, parties and members by name, and what stops each of the goods now. */
export async function describeTrace(node: ApiNode, source: TraceAnswer, destination: TraceAnswer, asked: AskedTrace): Promise<TraceView> {
  const { graph } = node.lineage;
  const keys = new Set([source, destination].flatMap(({ trace }) => [...trace.events, ...trace.declared]));
  const events = [...keys].flatMap((key) => graph.eventOf(key) ?? []).sort((a, b) => byTime(graph, a, b));
  const seen = [source, destination].flatMap(({ trace }) => trace.goods.flatMap(({ lastSeen }) => lastSeen ?? []));
  const sealed = [source, destination].flatMap(({ histories }) => [...histories.values()].flatMap((history) => history.sealed));
  const issuers = [...events.map((event) => graph.issuerOf(event)), ...[...seen, ...sealed].map(({ issuer }) => issuer)];
  const [members, stops] = await Promise.all([
    membersOf(node, issuers),
    stopsOf(node, [...source.histories.keys(), ...destination.histories.keys()]),
  ]);
  const teller = new Teller(graph, events, members, stops);
  const declared = new Set([...source.trace.declared, ...destination.trace.declared]);
  const named = new Set([...source.histories.keys(), ...destination.histories.keys()]);
  return {
    ...{ asked: asked.asked, address: asked.address, ids: source.ids, members: new Map([...members].map(publicFacts)) },
    source: teller.side(source, asked.after.source),
    destination: teller.side(destination, asked.after.destination),
    events: events.map((event) => teller.event(event, declared, named)),
    time: { ...asked.time, ...(await spanOf(graph, source, asked.time.at === undefined ? events : undefined)) },
    block: { height: source.block.height, time: instant(source.block.timestamp) },
  };
}

class Teller {
  readonly #graph: LineageGraph;
  readonly #stops: ReadonlyMap<string, readonly Stop[]>;
  readonly #byGln: ReadonlyMap<string, Party>;

  /** By identifier, as those who recorded events there are registered; the earliest event decides. */
  readonly #places = new Map<string, Place>();

  constructor(
    graph: LineageGraph,
    events: readonly number[],
    members: ReadonlyMap<number, Party>,
    stops: ReadonlyMap<string, readonly Stop[]>,
  ) {
    this.#graph = graph;
    this.#stops = stops;
    for (const event of events) {
      const id = graph.whereOf(event);
      const place = readPlace(id, members.get(graph.issuerOf(event))?.place);
      if (place === undefined) continue;
      // A lot's places go by their number alone, without what stands behind it.
      for (const key of [id, place.gln]) if (key !== undefined && !this.#places.has(key)) this.#places.set(key, place);
    }
    this.#byGln = new Map([...members.values()].flatMap((member) => (member.gln === undefined ? [] : [[member.gln, member] as const])));
  }

  side({ ids, direction, trace, histories, asOf, at, shows }: TraceAnswer, after: string | undefined): TraceSide {
    const goods = trace.goods.map((each) => this.#goods(each, histories));
    const options = { shows, asOf, ...(at !== undefined && { at }) };
    let count = 0;
    for (const _ of reach(this.#graph, ids, direction, options)) if (++count > MOST_COUNTED) break;
    return {
      goods,
      steps: trace.edges.map(({ certainty, ...edge }) => ({ ...edge, certain: certainty === 'certain' })),
      gaps: trace.gaps,
      findings: trace.findings.map(({ code, id }) => ({ code, id })),
      reached: { count: Math.min(count, MOST_COUNTED), more: count > MOST_COUNTED },
      ...(trace.cursor !== undefined && { cursor: trace.cursor }),
      ...(after !== undefined && { after }),
    };
  }

  event(event: number, declared: ReadonlySet<string>, named: ReadonlySet<string>): TracedEvent {
    const graph = this.#graph;
    const [key, member] = [graph.key(event), graph.issuerOf(event)];
    const step = graph.text('bizStep', event);
    const place = graph.whereOf(event);
    const [first, end] = graph.mentionsOf(event);
    const goods = Array.from({ length: end - first }, (_, at) => graph.idOf(graph.mentionNode(first + at)));
    return {
      ...{ key, member, time: graph.eventTimeOf(event), declared: declared.has(key) },
      ...(step !== undefined && { step }),
      ...(place !== undefined && { place: this.#place(place) }),
      parties: graph
        .partiesOf(event)
        .filter(({ type }) => type !== 'location')
        .map(({ role, id }) => ({ role, party: this.#party(id) })),
      goods: [...new Set(goods)].filter((id) => named.has(id)),
    };
  }

  #goods({ id, where, certainty, depth, lastSeen }: TracedGoods, histories: TraceAnswer['histories']): GoodsFacts {
    const history = histories.get(id);
    return {
      ...{ id, depth, certain: certainty === 'certain', entries: history?.entries ?? 0, stops: this.#stops.get(id) ?? [] },
      ...(where !== undefined && this.#where(where)),
      ...(lastSeen !== undefined && { lastSeen: this.#lastSeen(lastSeen) }),
      sealed: (history?.sealed ?? []).map(({ kind, issuer }) => ({ member: issuer, ...kindOf(kind) })),
    };
  }

  /** The place of goods of a class is a location, or whatever identifies it; anything else is the unit that they are in. */
  #where(where: string): Pick<GoodsFacts, 'unit' | 'where'> {
    if (where === '') return { where: 'UNKNOWN' };
    if (this.#graph.nodesOf(where).length > 0) return { unit: where };
    return { where: this.#place(where) };
  }

  #lastSeen({ time, bizStep, place, holder, issuer, disposition }: LastSeen): NonNullable<GoodsFacts['lastSeen']> {
    const known = place === undefined ? undefined : this.#place(place);
    return {
      ...{ time, member: issuer },
      ...(bizStep !== undefined && { step: bizStep }),
      ...(known !== undefined && { place: known }),
      ...(holder !== undefined && { holder: this.#party(holder) }),
      ...(disposition !== undefined && { disposition }),
    };
  }

  /** A place that is neither a port nor a location of a known kind goes by its identifier. */
  #place(id: string): Place {
    return this.#places.get(id) ?? readPlace(id, undefined) ?? { gln: id };
  }

  #party(id: string): PartyName {
    const names = this.#byGln.get(/\/41[47]\/(\d{13})/.exec(id)?.[1] ?? '')?.names;
    return { id, ...(names !== undefined && { names }) };
  }
}

function kindOf(code: number): { kind?: KindName } {
  const kind = kindName(code);
  return kind === undefined ? {} : { kind };
}

function publicFacts([member, { names, country }]: [number, Party]): [number, TraceMember] {
  return [member, { names, ...(country !== '' && { country }) }];
}

function byTime(graph: LineageGraph, a: number, b: number): number {
  const between = graph.eventTimeOf(a) - graph.eventTimeOf(b);
  if (between !== 0) return between;
  return graph.key(a) < graph.key(b) ? -1 : Number(a !== b);
}

/**
 * First and last event, as known then and whenever they happened.
 *
 * @param events of the answer, where it is not limited to what had happened by some time
 */
async function spanOf(
  graph: LineageGraph,
  { ids, asOf, trace, shows }: TraceAnswer,
  events: readonly number[] | undefined,
): Promise<Pick<TraceTime, 'span'>> {
  const times = (events ?? (await untimed())).map((event) => graph.eventTimeOf(event) / 1_000);
  if (times.length === 0) return {};
  // One by one: as arguments of a call, those of a long history are too many.
  const [first, last] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  return { span: { first: Math.floor(first), last: Math.ceil(last) } };

  async function untimed(): Promise<number[]> {
    const options = { shows, asOf, limit: Math.max(trace.goods.length, LEAST_SPANNED) };
    const source = await inTurns(tracing(graph, ids, 'source', options));
    const destination = await inTurns(tracing(graph, ids, 'destination', options));
    return [...source.events, ...destination.events].flatMap((key) => graph.eventOf(key) ?? []);
  }
}
