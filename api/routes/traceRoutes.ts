import { type Request, type RequestHandler, type Response, Router } from 'express';
import { accountableParties } from '../../protocol/lineage/accountableParties.ts';
import type { ViewOptions } from '../../protocol/lineage/lineageView.ts';
import { scoping } from '../../protocol/lineage/recallScope.ts';
import { reach } from '../../protocol/lineage/trace.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import { shownEvents } from '../access/shownEvents.ts';
import { sealedEvents, WITHHELD_HEADER, withheldEvents } from '../access/withheldEvents.ts';
import type { RecentSubjects } from '../bundles/recentSubjects.ts';
import { ApiError } from '../errors.ts';
import { onlyNames, optionalTextOf } from '../http/parameters.ts';
import { publicRead } from '../http/security.ts';
import { streamText } from '../http/streamText.ts';
import { inTurns } from '../inTurns.ts';
import { answerTrace, MOST_STEPS, MOST_TRACED, type TraceQuestion } from '../lineage/answerTrace.ts';
import { historiesOf } from '../lineage/historiesOf.ts';
import { scopeJson } from '../lineage/scopeJson.ts';
import { settled } from '../lineage/settled.ts';
import { sealedJson, traceJson } from '../lineage/traceJson.ts';
import { idsOf, momentOf, traceQuestion } from '../lineage/traceQuestion.ts';
import { writeTraceCsv } from '../lineage/writeTraceCsv.ts';
import { writeTraceProofs } from '../lineage/writeTraceProofs.ts';
import type { ApiNode } from '../node.ts';

/**
 * Forms of a trace, by `format` or media type: the answer, a table of its goods, the identifiers of all goods that it reaches, one a line, or the answer with the
 * histories that prove it.
 */
const FORMATS = { json: 'application/json', csv: 'text/csv', txt: 'text/plain', proofs: 'application/x-ndjson' } as const;
type Format = keyof typeof FORMATS;
const LINES_AT_ONCE = 4_096;

/** Where goods came from, where they went, who answers for them, and what a recall of them must reach. */
export function traceRoutes(node: ApiNode, subjects: RecentSubjects): Router {
  const router = Router();
  router.use('/trace', publicRead, byReader);
  router.get(['/trace/source', '/trace/destination'], onlyNames('id', 'at', 'asOf', 'depth', 'first', 'after', 'format'));
  router.get('/trace/source', traceIn(node, subjects, 'source'));
  router.get('/trace/destination', traceIn(node, subjects, 'destination'));
  router.get('/trace/parties', onlyNames('id', 'step', 'asOf'), async (request, response) => {
    const reader = await readerOf(node, request.headers.authorization);
    const ids = await idsOf(node, reader, request);
    const { asOf } = await settled(node, momentOf(request, 'asOf'));
    const step = optionalTextOf(request, 'step');
    const options = { ...(await shownEvents(node, reader)), asOf };
    const parties = ids.map((id) => ({ id, steps: accountableParties(node.lineage.graph, id, step, options) }));
    response.json({ asOf: new Date(asOf).toISOString(), parties, sealed: await sealedOf(node, reader, ids, response) });
  });
  router.get('/trace/scope', onlyNames('id', 'asOf'), async (request, response) => {
    const reader = await readerOf(node, request.headers.authorization);
    const ids = await idsOf(node, reader, request);
    const { asOf } = await settled(node, momentOf(request, 'asOf'));
    const options = { ...(await shownEvents(node, reader)), asOf, maxDepth: MOST_STEPS };
    const scope = scopeJson(await inTurns(scoping(node.lineage.graph, ids, options)));
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

function traceIn(node: ApiNode, subjects: RecentSubjects, direction: Direction): RequestHandler {
  return async (request, response) => {
    response.vary('Accept');
    const format = formatOf(request);
    const reader = await readerOf(node, request.headers.authorization);
    const question = await traceQuestion(node, reader, request, direction, format === 'proofs' ? MOST_TRACED : undefined);
    if (format === 'txt') {
      // What is recorded while it is sent is not part of it.
      const { asOf } = await settled(node, question.asOf);
      response.type('text/plain').setHeader(WITHHELD_HEADER, String(await withheldEvents(node, reader, question.ids)));
      return streamText(response, lines(node, { ...question, asOf }, await shownEvents(node, reader)));
    }
    const answer = await answerTrace(node, question);
    const sealed = [...answer.histories.values()].flatMap((history) => history.sealed);
    response.setHeader(WITHHELD_HEADER, String(sealedEvents(sealed)));
    if (format === 'json') return void response.json(traceJson(answer));
    response.attachment(`trace-${direction}.${format === 'proofs' ? 'ndjson' : format}`).type(FORMATS[format]);
    if (format === 'csv') return void response.send(writeTraceCsv(answer));
    return streamText(response, writeTraceProofs(subjects, reader, answer));
  };
}

/** As a link asks, which cannot choose a media type, else as `Accept` does. */
function formatOf(request: Request): Format {
  const asked = optionalTextOf(request, 'format');
  const names = Object.keys(FORMATS) as Format[];
  if (asked === undefined) {
    const type = request.accepts(Object.values(FORMATS));
    const accepted = names.find((name) => FORMATS[name] === type);
    if (accepted === undefined) throw new ApiError('NOT_ACCEPTABLE', Object.values(FORMATS).join(', '));
    return accepted;
  }
  const format = names.find((name) => name === asked);
  if (format === undefined) throw new ApiError('BAD_REQUEST', `expected one of ${names.join(', ')}`, { pointer: '/format' });
  return format;
}

/** Identifiers as they are reached, the nearest first: a recall may reach hundreds of thousands, which no answer should hold at once. */
function* lines(
  node: ApiNode,
  { ids, direction, asOf, at, maxDepth = MOST_STEPS }: TraceQuestion,
  shown: Pick<ViewOptions, 'shows'>,
): Iterable<string> {
  const { graph } = node.lineage;
  const options = { ...shown, maxDepth, ...(asOf !== undefined && { asOf }), ...(at !== undefined && { at }) };
  let some: number[] = [];
  for (const goods of reach(graph, ids, direction, options)) {
    if (some.push(goods) < LINES_AT_ONCE) continue;
    yield graph.linesOf(some);
    some = [];
  }
  if (some.length > 0) yield graph.linesOf(some);
}
