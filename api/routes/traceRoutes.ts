import { type Request, type RequestHandler, type Response, Router } from 'express';
import { accountableParties } from '../../protocol/lineage/accountableParties.ts';
import { recallScope } from '../../protocol/lineage/recallScope.ts';
import { reach } from '../../protocol/lineage/trace.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import { shownEvents } from '../access/shownEvents.ts';
import { sealedEvents, WITHHELD_HEADER, withheldEvents } from '../access/withheldEvents.ts';
import { ApiError } from '../errors.ts';
import { numberOf, optionalTextOf, textsOf } from '../http/parameters.ts';
import { publicRead } from '../http/security.ts';
import { answerTrace, MOST_STEPS, MOST_TRACED, type TraceQuestion } from '../lineage/answerTrace.ts';
import { goodsNamed } from '../lineage/goodsNamed.ts';
import { historiesOf } from '../lineage/historiesOf.ts';
import { scopeJson } from '../lineage/scopeJson.ts';
import { settledAt } from '../lineage/settledAt.ts';
import { traceCursor } from '../lineage/traceCursor.ts';
import { sealedJson, traceJson } from '../lineage/traceJson.ts';
import { writeTraceCsv } from '../lineage/writeTraceCsv.ts';
import type { ApiNode } from '../node.ts';

/** Media types of a trace: the answer, a table of its goods, or the identifiers of all goods that it reaches, one a line. */
const TYPES = ['application/json', 'text/csv', 'text/plain'] as const;
const MOST_IDS = 100;
const LINES_AT_ONCE = 4_096;

/** Where goods came from, where they went, who answers for them, and what a recall of them must reach. */
export function traceRoutes(node: ApiNode): Router {
  const router = Router();
  router.use('/trace', publicRead, byReader);
  router.get('/trace/source', traceIn(node, 'source'));
  router.get('/trace/destination', traceIn(node, 'destination'));
  router.get('/trace/parties', async (request, response) => {
    const reader = await readerOf(node, request.headers.authorization);
    const ids = await idsOf(node, reader, request);
    const asOf = await settledAt(node, momentOf(request, 'asOf'));
    const step = optionalTextOf(request, 'step');
    const options = { ...(await shownEvents(node, reader)), asOf };
    const parties = ids.map((id) => ({ id, steps: accountableParties(node.lineage.graph, id, step, options) }));
    response.json({ asOf: new Date(asOf).toISOString(), parties, sealed: await sealedOf(node, reader, ids, response) });
  });
  router.get('/trace/scope', async (request, response) => {
    const reader = await readerOf(node, request.headers.authorization);
    const ids = await idsOf(node, reader, request);
    const asOf = await settledAt(node, momentOf(request, 'asOf'));
    const scope = scopeJson(recallScope(node.lineage.graph, ids, { ...(await shownEvents(node, reader)), asOf, maxDepth: MOST_STEPS }));
    const named = [...new Set([...ids, ...scope.goods.map(({ id }) => id)])];
    response.json({ ids, asOf: new Date(asOf).toISOString(), ...scope, sealed: await sealedOf(node, reader, named, response) });
  });
  return router;
}

/** Answers differ by who asks. */
const byReader: RequestHandler = (_request, response, next) => {
  response.vary('Authorization').setHeader('Cache-Control', 'no-store');
  response.setHeader('Access-Control-Expose-Headers', WITHHELD_HEADER);
  next();
};

/** Entries of the first 1,000 goods of an answer that are not shown, each once: what lies behind them, nobody is told here. */
async function sealedOf(node: ApiNode, reader: Reader, ids: readonly string[], response: Response) {
  const histories = await historiesOf(node, reader, ids.slice(0, MOST_TRACED));
  const entries = [...histories.values()].flatMap(({ sealed }) => sealed);
  response.setHeader(WITHHELD_HEADER, String(sealedEvents(entries)));
  return [...new Map(entries.map((entry) => [entry.leaf, sealedJson(entry)])).values()];
}

function traceIn(node: ApiNode, direction: Direction): RequestHandler {
  return async (request, response) => {
    const type = request.accepts([...TYPES]);
    response.vary('Accept');
    if (type === false) throw new ApiError('NOT_ACCEPTABLE', TYPES.join(', '));
    const question = await questionOf(node, request, direction);
    if (type === 'text/plain') return streamIds(node, question, response);
    const answer = await answerTrace(node, question);
    const sealed = [...answer.histories.values()].flatMap((history) => history.sealed);
    response.setHeader(WITHHELD_HEADER, String(sealedEvents(sealed)));
    if (type === 'text/csv') return void response.type('text/csv').attachment('trace.csv').send(writeTraceCsv(answer));
    response.json(traceJson(answer));
  };
}

/** Identifiers as they are reached, the nearest first: a recall may reach hundreds of thousands, which no answer should hold at once. */
async function streamIds(
  node: ApiNode,
  { ids, reader, direction, asOf, at, maxDepth = MOST_STEPS }: TraceQuestion,
  response: Response,
): Promise<void> {
  await node.lineage.caughtUp();
  response.type('text/plain').setHeader(WITHHELD_HEADER, String(await withheldEvents(node, reader, ids)));
  const options = { ...(await shownEvents(node, reader)), maxDepth, ...(asOf !== undefined && { asOf }), ...(at !== undefined && { at }) };
  let lines: string[] = [];
  for (const id of reach(node.lineage.graph, ids, direction, options)) {
    if (lines.push(id) < LINES_AT_ONCE) continue;
    if (!response.write(`${lines.join('\n')}\n`)) await new Promise((resolve) => response.once('drain', resolve));
    if (response.closed) return;
    lines = [];
  }
  response.end(lines.length === 0 ? '' : `${lines.join('\n')}\n`);
}

async function questionOf(node: ApiNode, request: Request, direction: Direction): Promise<TraceQuestion> {
  const reader = await readerOf(node, request.headers.authorization);
  const asOf = momentOf(request, 'asOf');
  const at = momentOf(request, 'at');
  const cursor = optionalTextOf(request, 'after');
  const limit = numberOf(request, 'first', 100, MOST_TRACED);
  if (limit === 0) throw new ApiError('BAD_REQUEST', 'expected at least 1', { pointer: '/first' });
  return {
    ids: await idsOf(node, reader, request),
    reader,
    direction,
    limit,
    maxDepth: numberOf(request, 'depth', MOST_STEPS, MOST_STEPS),
    ...(asOf !== undefined && { asOf }),
    ...(at !== undefined && { at }),
    ...(cursor !== undefined && { cursor: traceCursor(cursor) }),
  };
}

async function idsOf(node: ApiNode, reader: Reader, request: Request): Promise<string[]> {
  const named = await Promise.all(textsOf(request, 'id', MOST_IDS).map((text) => goodsNamed(node, reader, text)));
  return [...new Set(named.flat())];
}

function momentOf(request: Request, name: string): number | undefined {
  const text = optionalTextOf(request, name);
  if (text === undefined) return undefined;
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) throw new ApiError('BAD_REQUEST', 'expected a date and time with offset', { pointer: `/${name}` });
  return moment;
}
