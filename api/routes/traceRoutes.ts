import { type Request, type RequestHandler, type Response, Router } from 'express';
import { accountableParties } from '../../protocol/lineage/accountableParties.ts';
import { recallScope } from '../../protocol/lineage/recallScope.ts';
import { reach } from '../../protocol/lineage/trace.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import { indexedBlock } from '../bundles/assemble.ts';
import { ApiError } from '../errors.ts';
import { numberOf, optionalTextOf, textsOf } from '../http/parameters.ts';
import { publicRead } from '../http/security.ts';
import { answerTrace, MOST_STEPS, MOST_TRACED, type TraceQuestion } from '../lineage/answerTrace.ts';
import { goodsNamed } from '../lineage/goodsNamed.ts';
import { scopeJson } from '../lineage/scopeJson.ts';
import { traceCursor } from '../lineage/traceCursor.ts';
import { traceJson } from '../lineage/traceJson.ts';
import { writeTraceCsv } from '../lineage/writeTraceCsv.ts';
import type { ApiNode } from '../node.ts';

/** Media types of a trace: the answer, a table of its goods, or the identifiers of all goods that it reaches, one a line. */
const TYPES = ['application/json', 'text/csv', 'text/plain'] as const;
const MOST_IDS = 100;
const LINES_AT_ONCE = 4_096;

/** Where goods came from, where they went, who answers for them, and what a recall of them must reach. */
export function traceRoutes(node: ApiNode): Router {
  const router = Router();
  router.get('/trace/source', publicRead, traceIn(node, 'source'));
  router.get('/trace/destination', publicRead, traceIn(node, 'destination'));
  router.get('/trace/parties', publicRead, async (request, response) => {
    const { ids, asOf } = await settled(node, request);
    const step = optionalTextOf(request, 'step');
    const parties = ids.map((id) => ({ id, steps: accountableParties(node.lineage.graph, id, step, { asOf }) }));
    response.json({ asOf: new Date(asOf).toISOString(), parties });
  });
  router.get('/trace/scope', publicRead, async (request, response) => {
    const { ids, asOf } = await settled(node, request);
    response.json({
      ids,
      asOf: new Date(asOf).toISOString(),
      ...scopeJson(recallScope(node.lineage.graph, ids, { asOf, maxDepth: MOST_STEPS })),
    });
  });
  return router;
}

function traceIn(node: ApiNode, direction: Direction): RequestHandler {
  return async (request, response) => {
    const type = request.accepts([...TYPES]);
    response.vary('Accept').setHeader('Cache-Control', 'no-store');
    if (type === false) throw new ApiError('NOT_ACCEPTABLE', TYPES.join(', '));
    const question = questionOf(node, request, direction);
    if (type === 'text/plain') return streamIds(node, question, response);
    const answer = await answerTrace(node, question);
    if (type === 'text/csv') return void response.type('text/csv').attachment('trace.csv').send(writeTraceCsv(answer));
    response.json(traceJson(answer));
  };
}

/** Identifiers as they are reached, the nearest first: a recall may reach hundreds of thousands, which no answer should hold at once. */
async function streamIds(node: ApiNode, { ids, direction, at, ...question }: TraceQuestion, response: Response): Promise<void> {
  // What is recorded while it is sent is not part of it.
  const asOf = await settledTime(node, question.asOf);
  response.type('text/plain');
  const options = { maxDepth: question.maxDepth ?? MOST_STEPS, asOf, ...(at !== undefined && { at }) };
  let lines: string[] = [];
  for (const id of reach(node.lineage.graph, ids, direction, options)) {
    if (lines.push(id) < LINES_AT_ONCE) continue;
    if (!response.write(`${lines.join('\n')}\n`)) await new Promise((resolve) => response.once('drain', resolve));
    if (response.closed) return;
    lines = [];
  }
  response.end(lines.length === 0 ? '' : `${lines.join('\n')}\n`);
}

function questionOf(node: ApiNode, request: Request, direction: Direction): TraceQuestion {
  const asOf = momentOf(request, 'asOf');
  const at = momentOf(request, 'at');
  const cursor = optionalTextOf(request, 'after');
  const limit = numberOf(request, 'first', 100, MOST_TRACED);
  if (limit === 0) throw new ApiError('BAD_REQUEST', 'expected at least 1', { pointer: '/first' });
  return {
    ids: idsOf(node, request),
    direction,
    limit,
    maxDepth: numberOf(request, 'depth', MOST_STEPS, MOST_STEPS),
    ...(asOf !== undefined && { asOf }),
    ...(at !== undefined && { at }),
    ...(cursor !== undefined && { cursor: traceCursor(cursor) }),
  };
}

/** The goods asked for, and the moment up to which all that is recorded is known here. */
async function settled(node: ApiNode, request: Request): Promise<{ ids: string[]; asOf: number }> {
  return { ids: idsOf(node, request), asOf: await settledTime(node, momentOf(request, 'asOf')) };
}

async function settledTime(node: ApiNode, asOf = Number.POSITIVE_INFINITY): Promise<number> {
  const { timestamp } = await indexedBlock(node);
  await node.lineage.caughtUp();
  return Math.min(asOf, timestamp * 1_000);
}

function idsOf(node: ApiNode, request: Request): string[] {
  return [...new Set(textsOf(request, 'id', MOST_IDS).flatMap((text) => goodsNamed(node, text)))];
}

function momentOf(request: Request, name: string): number | undefined {
  const text = optionalTextOf(request, name);
  if (text === undefined) return undefined;
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) throw new ApiError('BAD_REQUEST', 'expected a date and time with offset', { pointer: `/${name}` });
  return moment;
}
