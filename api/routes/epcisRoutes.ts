import { type Request, type Response, Router } from 'express';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { readerOf, viewOf } from '../access/reader.ts';
import { bodyHere } from '../bundles/bodies.ts';
import { captureDocument, validDocument } from '../capture/captureDocument.ts';
import { captureEvents } from '../capture/captureEvents.ts';
import type { Visibility } from '../documents/body.ts';
import { visibilityOf } from '../documents/visibility.ts';
import { ApiError } from '../errors.ts';
import { onlyMethods } from '../http/answerProblem.ts';
import { LARGE_BODY, rawBody } from '../http/bodies.ts';
import type { ApiNode } from '../node.ts';

const JSON_TYPES = ['application/json', 'application/ld+json'];
const BASE = '/epcis/v2';
const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** The basic part of the EPCIS 2.0 REST binding: capture, single events, and an event by its id. */
export function epcisRoutes(node: ApiNode): Router {
  const router = Router();
  router.use(BASE, (_request, response, next) => {
    response.setHeader('GS1-EPCIS-Version', '2.0.0');
    response.setHeader('GS1-CBV-Version', '2.0.0');
    next();
  });
  router.options([`${BASE}/capture`, `${BASE}/events`], (request, response) => {
    response.setHeader('Allow', 'OPTIONS, POST');
    response.setHeader('GS1-EPC-Format', 'Never_Translates');
    response.setHeader('GS1-EPCIS-Capture-File-Size-Limit', String(LARGE_BODY));
    response.locals.route = request.path;
    response.status(204).end();
  });
  router.post(`${BASE}/capture`, rawBody(LARGE_BODY, JSON_TYPES), async (request, response) => {
    const holder = node.tokens.holderOf(request.headers.authorization);
    const job = await captureDocument(node, holder, bytesOf(request), {
      onError: errorBehaviour(request),
      visibility: captureVisibility(request),
    });
    response.setHeader('Location', `${BASE}/capture/${job.captureID}`);
    response.status(202).end();
  });
  router.get(`${BASE}/capture/:id`, (request, response) => {
    const { member } = node.tokens.holderOf(request.headers.authorization);
    const job = node.catalogue.job(request.params.id);
    // Another member's capture is not told apart from none.
    if (job === undefined || job.member !== member) throw new ApiError('UNKNOWN_JOB', 'no capture of this member has this id');
    response.json(job.job);
  });
  router.post(`${BASE}/events`, rawBody(LARGE_BODY, JSON_TYPES), async (request, response) => {
    const holder = node.tokens.holderOf(request.headers.authorization);
    const [event, ...others] = eventsOf(validDocument(bytesOf(request)));
    if (event === undefined || others.length > 0) throw new ApiError('BAD_REQUEST', 'expected one event', { pointer: '' });
    const { leaves, problems } = await captureEvents(node, holder, [event], {
      onError: 'rollback',
      visibility: captureVisibility(request),
    });
    const [problem] = problems;
    if (problem !== undefined) throw new ApiError('CAPTURE_INVALID', problem.detail, { pointer: problem.pointer, problems });
    const [leaf] = leaves;
    if (leaf === undefined) throw new ApiError('ALREADY_CAPTURED', 'this event was captured before');
    response.setHeader('Location', `${BASE}/events/${encodeURIComponent(node.catalogue.document(leaf)?.eventId ?? leaf)}`);
    response.status(201).end();
  });
  router.get(`${BASE}/events/*id`, (request, response) => answerEvent(node, request, response));
  router.all(`${BASE}/capture`, onlyMethods('OPTIONS', 'POST'));
  router.all(`${BASE}/events`, onlyMethods('OPTIONS', 'POST'));
  return router;
}

/** An event by its eventID, or by its hash where it has none; its error declarations come with it, and so does any other event that claims the same eventID. */
async function answerEvent(node: ApiNode, request: Request, response: Response): Promise<void> {
  const id = eventIdOf(request);
  const reader = await readerOf(node, request.headers.authorization);
  const found = node.catalogue.byEvent({ id }, viewOf(reader));
  const documents = found.length > 0 ? found : node.catalogue.byEvent({ hash: id }, viewOf(reader));
  // No ledger tells of an eventID: one that the reader may not see is as if it were not there, and is not counted.
  const bodies = await Promise.all(documents.map(({ leaf }) => bodyHere(node, leaf, reader)));
  const events = bodies.flatMap((body) =>
    typeof body === 'object' && body.type === 'event' ? [parseStrict(body.event) as JsonObject] : [],
  );
  if (events.length === 0) throw new ApiError('UNKNOWN_EVENT', 'no event with this id is known here');
  response.type('application/ld+json').send(JSON.stringify(queryDocument(events, new Date(node.clock()).toISOString())));
}

function queryDocument(events: readonly JsonObject[], createdAt: string): JsonObject {
  return {
    '@context': [CONTEXT],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: createdAt,
    epcisBody: { queryResults: { queryName: 'SimpleEventQuery', resultsBody: { eventList: [...events] } } },
  };
}

/** The id as it was written in the path: it may hold slashes, semicolons and a question mark, encoded or (but for the last) not. */
function eventIdOf(request: Request): string {
  const path = request.originalUrl.slice(`${BASE}/events/`.length);
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new ApiError('BAD_REQUEST', 'the id is not percent-encoded UTF-8', { pointer: '/eventID', cause });
  }
}

function errorBehaviour(request: Request): 'rollback' | 'proceed' {
  const asked = request.headers['gs1-capture-error-behaviour'] ?? 'rollback';
  if (asked === 'rollback' || asked === 'proceed') return asked;
  throw new ApiError('BAD_REQUEST', 'GS1-Capture-Error-Behaviour is rollback or proceed');
}

/** Who may see what is captured: header `Tidemark-Visibility`, else query parameter `visibility`, else everybody. */
function captureVisibility(request: Request): Visibility {
  return visibilityOf(request.headers['tidemark-visibility'] ?? request.query.visibility ?? 'PUBLIC', '/visibility');
}

function bytesOf(request: Request): Uint8Array {
  if (Buffer.isBuffer(request.body)) return request.body;
  throw new ApiError('MEDIA_TYPE', `expected ${JSON_TYPES.join(' or ')}`);
}
