import type { Hex } from '../../../protocol/encoding/hex.ts';
import { accountableParties, type AccountableStep as Step } from '../../../protocol/lineage/accountableParties.ts';
import type { Finding as LineageFinding } from '../../../protocol/lineage/findings.ts';
import type { LastSeen as SeenLast } from '../../../protocol/lineage/lastSeen.ts';
import { recallScope, type RecallScope as Scope, type Shipment as Sent } from '../../../protocol/lineage/recallScope.ts';
import type { TraceGap as LineageGap, TracedGoods as ReachedGoods, TraceEdge } from '../../../protocol/lineage/trace.ts';
import type { Direction } from '../../../protocol/lineage/walk.ts';
import { answerTrace, MOST_STEPS, type TraceAnswer } from '../../lineage/answerTrace.ts';
import { goodsNamed } from '../../lineage/goodsNamed.ts';
import { type GoodsHistory, historiesOf, type SealedEntry as Sealed } from '../../lineage/historiesOf.ts';
import { settledAt } from '../../lineage/settledAt.ts';
import { traceCursor } from '../../lineage/traceCursor.ts';
import type { ApiNode } from '../../node.ts';
import { badInput, pageSize } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { memberOf } from './memberOf.ts';

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
    { node }: GraphqlContext,
  ) {
    const moment = await settledAt(node, asOf);
    const steps = goodsNamed(node, id).flatMap((each) =>
      accountableParties(node.lineage.graph, each, atStep ?? undefined, { asOf: moment }),
    );
    return steps.slice(0, pageSize(first));
  },
  async recallScope(_: unknown, { ids, first, asOf }: { ids: string[]; first: number; asOf?: string | null }, { node }: GraphqlContext) {
    if (ids.length === 0 || ids.length > MOST_ASKED) throw badInput('BAD_REQUEST', `ids are 1 to ${MOST_ASKED}`);
    const moment = await settledAt(node, asOf);
    const goods = [...new Set(ids.flatMap((id) => goodsNamed(node, id, '/ids')))];
    return scopeOf(node, goods, recallScope(node.lineage.graph, goods, { asOf: moment, maxDepth: MOST_STEPS }), moment, pageSize(first));
  },
};

async function scopeOf(node: ApiNode, ids: readonly string[], scope: Scope, asOf: number, first: number) {
  const { goods, units, shipments, gaps } = scope;
  const shown = goods.slice(0, first);
  const histories = await historiesOf(
    node,
    shown.map(({ id }) => id),
  );
  return {
    ...scope,
    ...{ ids, asOf: new Date(asOf).toISOString() },
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
  declaredInError: ({ trace: { declared } }: TraceAnswer, _: unknown, { node }: GraphqlContext) =>
    declared.flatMap((leaf) => node.catalogue.document(leaf as Hex) ?? []),
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

/** Fields of an entry that is not shown. */
export const SealedEntry = { issuer: ({ issuer }: Sealed, _: unknown, context: GraphqlContext) => memberOf(context, issuer) };

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
  return async (_: unknown, asked: TraceArguments, { node }: GraphqlContext): Promise<TraceAnswer> => {
    if (asked.depth < 0 || asked.depth > MOST_STEPS) throw badInput('BAD_REQUEST', `depth is 0 to ${MOST_STEPS}`);
    const { after, asOf, at } = asked;
    return answerTrace(node, {
      ids: goodsNamed(node, asked.id),
      direction,
      limit: pageSize(asked.first),
      maxDepth: asked.depth,
      ...(typeof after === 'string' && { cursor: traceCursor(Buffer.from(after, 'base64url').toString('utf8')) }),
      ...(typeof asOf === 'string' && { asOf: Date.parse(asOf) }),
      ...(typeof at === 'string' && { at: Date.parse(at) }),
    });
  };
}

/** Events stand in traces by their leaves. */
function eventOf<Row extends { event?: string }>({ event }: Row, _: unknown, { node }: GraphqlContext) {
  return event === undefined ? null : (node.catalogue.document(event as Hex) ?? null);
}

function upper<Name extends string>(name: Name) {
  return (row: Record<Name, string>) => row[name].toUpperCase();
}
