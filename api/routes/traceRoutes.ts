import { type Request, type RequestHandler, Router } from 'express';
import { accountableParties } from '../../protocol/lineage/accountableParties.ts';
import { recallScope } from '../../protocol/lineage/recallScope.ts';
import { reach } from '../../protocol/lineage/trace.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import type { RecentSubjects } from '../bundles/recentSubjects.ts';
import { ApiError } from '../errors.ts';
import { optionalTextOf } from '../http/parameters.ts';
import { publicRead } from '../http/security.ts';
import { streamText } from '../http/streamText.ts';
import { answerTrace, MOST_STEPS, MOST_TRACED, type TraceQuestion } from '../lineage/answerTrace.ts';
import { scopeJson } from '../lineage/scopeJson.ts';
import { settledAt } from '../lineage/settledAt.ts';
import { traceJson } from '../lineage/traceJson.ts';
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
  router.get('/trace/source', publicRead, traceIn(node, subjects, 'source'));
  router.get('/trace/destination', publicRead, traceIn(node, subjects, 'destination'));
  router.get('/trace/parties', publicRead, async (request, response) => {
    const ids = idsOf(node, request);
    const asOf = await settledAt(node, momentOf(request, 'asOf'));
    const step = optionalTextOf(request, 'step');
    const parties = ids.map((id) => ({ id, steps: accountableParties(node.lineage.graph, id, step, { asOf }) }));
    response.json({ asOf: new Date(asOf).toISOString(), parties });
  });
  router.get('/trace/scope', publicRead, async (request, response) => {
    const ids = idsOf(node, request);
    const asOf = await settledAt(node, momentOf(request, 'asOf'));
    response.json({
      ids,
      asOf: new Date(asOf).toISOString(),
      ...scopeJson(recallScope(node.lineage.graph, ids, { asOf, maxDepth: MOST_STEPS })),
    });
  });
  return router;
}

function traceIn(node: ApiNode, subjects: RecentSubjects, direction: Direction): RequestHandler {
  return async (request, response) => {
    response.vary('Accept').setHeader('Cache-Control', 'no-store');
    const format = formatOf(request);
    const question = traceQuestion(node, request, direction, format === 'proofs' ? MOST_TRACED : undefined);
    if (format === 'txt') {
      // What is recorded while it is sent is not part of it.
      const asOf = await settledAt(node, question.asOf);
      return streamText(response.type('text/plain'), lines(node, { ...question, asOf }));
    }
    const answer = await answerTrace(node, question);
    if (format === 'json') return void response.json(traceJson(answer));
    response.attachment(`trace-${direction}.${format === 'proofs' ? 'ndjson' : format}`).type(FORMATS[format]);
    if (format === 'csv') return void response.send(writeTraceCsv(answer));
    return streamText(response, writeTraceProofs(subjects, answer));
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
function* lines(node: ApiNode, { ids, direction, asOf, at, maxDepth = MOST_STEPS }: TraceQuestion): Iterable<string> {
  const options = { maxDepth, ...(asOf !== undefined && { asOf }), ...(at !== undefined && { at }) };
  let some: string[] = [];
  for (const id of reach(node.lineage.graph, ids, direction, options)) {
    if (some.push(id) < LINES_AT_ONCE) continue;
    yield `${some.join('\n')}\n`;
    some = [];
  }
  if (some.length > 0) yield `${some.join('\n')}\n`;
}
