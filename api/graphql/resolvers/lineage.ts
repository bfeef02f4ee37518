import type { Hex } from '../../../protocol/encoding/hex.ts';
import { accountableParties, type AccountableStep as Step } from '../../../protocol/lineage/accountableParties.ts';
import type { Finding as LineageFinding } from '../../../protocol/lineage/findings.ts';
import type { LastSeen as SeenLast } from '../../../protocol/lineage/lastSeen.ts';
import { type RecallScope as Scope, type Shipment as Sent, scoping } from '../../../protocol/lineage/recallScope.ts';
import type { TraceGap as LineageGap, TracedGoods as ReachedGoods, TraceEdge } from '../../../protocol/lineage/trace.ts';
import type { Direction } from '../../../protocol/lineage/walk.ts';
import type { Reader } from '../../access/reader.ts';
import type { SealedEntry } from '../../access/sealedEntries.ts';
import { shownEvents } from '../../access/shownEvents.ts';
import { inTurns } from '../../inTurns.ts';
import { answerTrace, MOST_STEPS, type TraceAnswer } from '../../lineage/answerTrace.ts';
import { goodsNamed } from '../../lineage/goodsNamed.ts';
import { type GoodsHistory, historiesOf } from '../../lineage/historiesOf.ts';
import { settled } from '../../lineage/settled.ts';
import { traceCursor } from '../../lineage/traceCursor.ts';
import type { ApiNode } from '../../node.ts';
import { badInput, pageSize } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { memberOf } from './memberOf.ts';
import { documentFor } from './sealed.ts';

const MOST_ASKED = 20;

interface TraceArguments {
  id: string;
  first: number;
  after?: string | null;
  asOf?: string | null;
  at?: string | null;
  depth: number;
}

/** The ways into lineage. */
export const lineageQueries = {
  traceSource: trace('source'),
  traceDestination: trace('destination'),
  async accountableParties(
    _: unknown,
    { id, atStep, first, asOf }: { id: string; atStep?: string | null; first: number; asOf?: string | null },
    { node, reader }: GraphqlContext,
  ) {
    const { asOf: moment } = await settled(node, asOf);
    const ids = await goodsNamed(node, reader, id);
    const options = { ...(await shownEvents(node, reader)), asOf: moment };
    const steps = ids.flatMap((each) => accountableParties(node.lineage.graph, each, atStep ?? undefined, options));
    return steps.slice(0, pageSize(first));
  },
  async recallScope(
    _: unknown,
    { ids, first, asOf }: { ids: string[]; first: number; asOf?: string | null },
    { node, reader }: GraphqlContext,
  ) {
    if (ids.length === 0 || ids.length > MOST_ASKED) throw badInput('BAD_REQUEST', `ids are 1 to ${MOST_ASKED}`);
    const { asOf: moment } = await settled(node, asOf);
    const goods = [...new Set((await Promise.all(ids.map((id) => goodsNamed(node, reader, id, '/ids')))).flat())];
    const options = { ...(await shownEvents(node, reader)), asOf: moment, maxDepth: MOST_STEPS };
    const scope = await inTurns(scoping(node.lineage.graph, goods, options));
    return scopeOf(node, reader, scope, { ids: goods, asOf: moment, first: pageSize(first) });
  },
};

async function scopeOf(
  node: ApiNode,
  reader: Reader,
  scope: Scope,
  { ids, asOf, first }: { ids: readonly string[]; asOf: number; first: number },
) {
  const { goods, units, shipments, gaps } = scope;
  const shown = goods.slice(0, first);
  const histories = await historiesOf(node, reader, [...new Set([...ids, ...shown.map(({ id }) => id)])]);
  return {
    ...scope,
    ...{ ids, asOf: new Date(asOf).toISOString(), sealed: sealedOf(histories) },
    ...{ goods: shown.map((each) => ({ ...each, history: histories.get(each.id) })), goodsCount: goods.length },
    ...{ units: units.slice(0, first), unitsCount: units.length },
    ...{ shipments: shipments.slice(0, first), shipmentsCount: shipments.length, gaps: gaps.slice(0, first) },
  };
}

/** Fields of a step for which somebody answers. */
export const AccountableStep = {
  at: ({ time }: Step) => new Date(time).toISOString(),
  member: ({ issuer }: Step, _: unknown, context: GraphqlContext) => memberOf(context, issuer),
  event: eventOf,
};

/** Fields of a party to a transfer. */
export const TransferParty = { role: upper('role') };

/** Fields of what was sent. */
export const Shipment = { event: eventOf<Sent> };

/** Fields of a trace. */
export const Trace = {
  height: ({ block }: TraceAnswer) => block.height,
  blockHash: ({ block }: TraceAnswer) => block.hash,
  indexDigest: ({ block }: TraceAnswer) => block.digest,
  finality: (_: TraceAnswer, __: unknown, { node }: GraphqlContext) => (node.trust.validators === undefined ? 'UNSEALED' : 'SEALED'),
  asOf: ({ asOf }: TraceAnswer) => new Date(asOf).toISOString(),
  goods: ({ trace: { goods }, histories }: TraceAnswer) => goods.map((each) => ({ ...each, history: histories.get(each.id) })),
  steps: ({ trace: { edges } }: TraceAnswer) => edges,
  gaps: ({ trace: { gaps } }: TraceAnswer) => gaps,
  findings: ({ trace: { findings } }: TraceAnswer) => findings,
  sealed: ({ histories }: TraceAnswer) => sealedOf(histories),
  declaredInError: async ({ trace: { declared } }: TraceAnswer, _: unknown, context: GraphqlContext) =>
    (await Promise.all(declared.map((leaf) => documentFor(context, leaf as Hex)))).filter((document) => document !== null),
  truncated: ({ trace: { truncated } }: TraceAnswer) => truncated,
  endCursor: ({ trace: { cursor } }: TraceAnswer) => (cursor === undefined ? null : Buffer.from(cursor).toString('base64url')),
};

type Goods = ReachedGoods & { history: GoodsHistory | undefined };

/** Fields of goods in a trace. */
export const TracedGoods = {
  certainty: upper('certainty'),
  entries: ({ history }: Goods) => history?.entries ?? 0,
  sealed: ({ history }: Goods) => history?.sealed ?? [],
};

/** Fields of where goods were seen last. */
export const LastSeen = {
  at: ({ time }: SeenLast) => new Date(time).toISOString(),
  member: ({ issuer }: SeenLast, _: unknown, context: GraphqlContext) => memberOf(context, issuer),
  event: eventOf,
};

/** Fields of a step. */
export const TraceStep = {
  kind: ({ kind }: TraceEdge) => kind.toUpperCase(),
  certainty: upper('certainty'),
  event: eventOf,
};

/** Fields of a gap. */
export const TraceGap = { event: eventOf<LineageGap>, to: ({ to = [] }: LineageGap) => to };

/** Fields of a finding. */
export const TraceFinding = { event: eventOf<LineageFinding>, facts: (finding: LineageFinding) => finding };

function trace(direction: Direction) {
  return async (_: unknown, asked: TraceArguments, { node, reader }: GraphqlContext): Promise<TraceAnswer> => {
    if (asked.depth < 0 || asked.depth > MOST_STEPS) throw badInput('BAD_REQUEST', `depth is 0 to ${MOST_STEPS}`);
    const { after, asOf, at } = asked;
    return answerTrace(node, {
      ids: await goodsNamed(node, reader, asked.id),
      reader,
      direction,
      limit: pageSize(asked.first),
      maxDepth: asked.depth,
      ...(typeof after === 'string' && { cursor: traceCursor(Buffer.from(after, 'base64url').toString('utf8')) }),
      ...(typeof asOf === 'string' && { asOf: Date.parse(asOf) }),
      ...(typeof at === 'string' && { at: Date.parse(at) }),
    });
  };
}

/** What is not shown of some goods, each entry once. */
function sealedOf(histories: ReadonlyMap<string, GoodsHistory>): SealedEntry[] {
  const entries = [...histories.values()].flatMap(({ sealed }) => sealed);
  return [...new Map(entries.map((entry) => [entry.leaf, entry])).values()];
}

/** Events stand in traces by their leaves. */
function eventOf<Row extends { event?: string }>({ event }: Row, _: unknown, context: GraphqlContext) {
  return event === undefined ? null : documentFor(context, event as Hex);
}

function upper<Name extends string>(name: Name) {
  return (row: Record<Name, string>) => row[name].toUpperCase();
}
