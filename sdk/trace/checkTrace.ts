import { setTimeout as sleep } from 'node:timers/promises';
import { compareTrace } from '../../protocol/lineage/compareTrace.ts';
import { type Trace, traceDestination, traceSource } from '../../protocol/lineage/trace.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import { malformedAnswer, type NodeClient } from '../node/client.ts';
import { firstAnswer } from '../node/firstAnswer.ts';
import { type ClaimDifference, compareClaim } from './compareClaim.ts';
import { checkAsked } from './goodsAsked.ts';
import { type Proof, proofOf } from './proveGoods.ts';
import { type Doubt, type LineageWalk, proveLineage } from './proveLineage.ts';
import type { CountedHistory } from './splitHistories.ts';

/** What a node answers to a trace (docs/spec/api.md), all its pages joined. */
export interface TraceClaim extends Trace {
  ids: readonly string[];
  direction: Direction;
  block: { height: number; hash: string; time: string; indexDigest: string };
  asOf: string;
  histories: readonly (CountedHistory & { entries: number; sealed: readonly { leaf: string; kind?: string; issuer: number }[] })[];
}

/** What to ask, of whom, and by whose words the answer is judged. */
export interface TraceRequest extends Pick<LineageWalk, 'trust' | 'nodes' | 'clock' | 'most' | 'onProgress' | 'maxDepth' | 'patienceMs'> {
  direction: Direction;
  /** Identifiers of goods, numbers or fingerprints of documents that name goods. */
  ids: readonly string[];
  /** RFC 3339. */
  asOf?: string;
  at?: string;
}

/** A node's answer, and what came of checking it. */
export interface CheckedTrace extends Proof {
  claim: TraceClaim;
  /** Address of the node that answered. */
  node: string;
  differences: readonly ClaimDifference[];
}

const PARTS = ['goods', 'events', 'edges', 'gaps', 'findings', 'declared', 'histories'] as const;
const GOODS_A_PAGE = 1_000;
const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Asks a node where goods came from or went to, then proves it: fetches the history of every one of the goods, each proven whole against the ledger, works the
 * answer out anew, and compares. The node is asked again before it is accused: what was recorded in the last moment may not have been in its answer yet. A history
 * that this node gave wrong makes its answer INVALID also where another node gave the right one.
 *
 * @throws SdkError those of the client, and `TOO_MANY`
 */
export async function checkTrace(request: TraceRequest): Promise<CheckedTrace> {
  for (let attempt = 1; ; attempt++) {
    const checked = await checkOnce(request);
    const mayBeOfAMoment = checked.answer === 'INVALID' || checked.doubts.some(({ code }) => code === 'STALE');
    if (!mayBeOfAMoment || attempt === TRIES) return checked;
    await sleep(Math.min(PAUSE_MS, request.patienceMs ?? PAUSE_MS));
  }
}

/** A node's answer alone, unchecked. @throws SdkError those of the client */
export function askTrace({ nodes, ...request }: TraceRequest): Promise<{ claim: TraceClaim; node: string }> {
  return firstAnswer(nodes, async (node) => ({ claim: await allPages(node, request), node: node.url }));
}

async function checkOnce(request: TraceRequest): Promise<CheckedTrace> {
  const { claim, node } = await askTrace(request);
  const { at, ...rest } = request;
  const walk = { ...rest, ids: claim.ids, asOf: Date.parse(claim.asOf), ...(at !== undefined && { at: Date.parse(at) }) };
  const lineage = await proveLineage(walk);
  // What the node says is sealed to it was not followed there: another node may have shown it here, and that is no lie.
  const sealed = new Set(claim.histories.flatMap((history) => history.sealed).map(({ leaf }) => leaf));
  const hidden = new Set([...sealed].map((leaf) => lineage.graph.eventOf(leaf)));
  const shows = (event: number) => !hidden.has(event);
  const recomputed = (walk.direction === 'source' ? traceSource : traceDestination)(lineage.graph, walk.ids, { ...walk, shows });
  const asked = checkAsked(request.ids, claim.ids, lineage.histories);
  const start = asked.unproven.map((id): Doubt => ({ code: 'START_UNPROVEN', id }));
  const { differences, doubts } = compareClaim({ request, claim, lineage, asked });
  const proof = proofOf({ ...lineage, doubts: [...lineage.doubts, ...start, ...doubts] });
  return { claim, node, ...judge(proof, node, [...compareTrace(recomputed, claim), ...differences], sealed.size) };
}

function judge(proof: Proof, node: string, differences: readonly ClaimDifference[], sealed: number): Omit<CheckedTrace, 'claim' | 'node'> {
  const gaveWrong = proof.rejected.some((history) => history.node === node && history.code === 'HISTORY_UNPROVEN');
  if (differences.length > 0 || gaveWrong) return { ...proof, differences, answer: 'INVALID' };
  return { ...proof, differences, answer: proof.answer === 'VALID' && sealed > 0 ? 'CANNOT_CHECK' : proof.answer };
}

async function allPages(node: NodeClient, request: Omit<TraceRequest, 'nodes'>): Promise<TraceClaim> {
  const pages = [await page(node, request.direction, parametersOf(request))];
  for (let last = pages[0]; last?.cursor !== undefined; last = pages.at(-1)) {
    // Each page brings goods, or a node could keep its reader asking for ever.
    if (last.goods.length === 0) throw malformedAnswer(node.url);
    const parameters = parametersOf(request);
    parameters.set('after', last.cursor);
    pages.push(await page(node, request.direction, parameters));
  }
  const joined = <Part extends (typeof PARTS)[number]>(part: Part) =>
    pages.flatMap((each) => each[part] as readonly unknown[]) as unknown as TraceClaim[Part];
  const { cursor: _, ...first } = pages[0] as TraceClaim;
  return {
    ...first,
    ...{ goods: joined('goods'), events: joined('events'), edges: joined('edges'), gaps: joined('gaps'), findings: joined('findings') },
    ...{ declared: joined('declared'), histories: joined('histories'), truncated: pages.at(-1)?.truncated ?? false },
  };
}

async function page(node: NodeClient, direction: Direction, parameters: URLSearchParams): Promise<TraceClaim> {
  const answer = await node.trace<TraceClaim>(direction, parameters);
  const isTrace = PARTS.every((part) => Array.isArray(answer[part])) && Array.isArray(answer.ids) && !Number.isNaN(Date.parse(answer.asOf));
  if (isTrace) return answer;
  throw malformedAnswer(node.url);
}

function parametersOf({ ids, asOf, at, maxDepth }: Omit<TraceRequest, 'nodes'>): URLSearchParams {
  const parameters = new URLSearchParams(ids.map((id) => ['id', id]));
  parameters.set('first', String(GOODS_A_PAGE));
  if (asOf !== undefined) parameters.set('asOf', asOf);
  if (at !== undefined) parameters.set('at', at);
  if (maxDepth !== undefined) parameters.set('depth', String(maxDepth));
  return parameters;
}
