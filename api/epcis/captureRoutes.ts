import { type Request, type RequestHandler, Router } from 'express';
import { MAX_EVENTS } from '../../protocol/epcis/validateDocument.ts';
import { captureDocument, captureJob } from '../capture/captureDocument.ts';
import type { JobPlace } from '../catalogue/catalogue.ts';
import { ApiError } from '../errors.ts';
import { LARGE_BODY, rawBody } from '../http/bodies.ts';
import type { ApiNode } from '../node.ts';
import { BASE, discovery, JSON_TYPES, sendJson } from './headers.ts';
import { pageOf, readToken } from './pageToken.ts';
import { addressOf } from './parameters.ts';
import { bytesOf, captureVisibility } from './postEvent.ts';

const CAPTURE_HEADERS = {
  'GS1-EPCIS-Capture-Limit': String(MAX_EVENTS),
  'GS1-EPCIS-Capture-File-Size-Limit': String(LARGE_BODY),
  'GS1-Capture-Error-Behaviour': 'rollback',
};

/** Documents in, and how far they are. */
export function captureRoutes(node: ApiNode): Router {
  const router = Router();
  router.post(`${BASE}/capture`, tellLimits, rawBody(LARGE_BODY, JSON_TYPES), async (request, response) => {
    const holder = node.tokens.holderOf(request.headers.authorization);
    const id = await captureDocument(node, holder, bytesOf(request), {
      onError: errorBehaviour(request),
      visibility: captureVisibility(request),
    });
    response.setHeader('Location', `${BASE}/capture/${id}`);
    response.status(202).end();
  });
  router.get(`${BASE}/capture`, (request, response) => {
    const { member } = node.tokens.holderOf(request.headers.authorization);
    const address = addressOf(request);
    const token = readToken(node, address, `${BASE}/capture`, isJobPlace);
    const jobs = node.catalogue.jobsOf(member, address.perPage + 1, token?.place);
    const page = pageOf(response, node, address, `${BASE}/capture`, jobs, ({ createdAt, id }): JobPlace => ({ createdAt, id }));
    sendJson(
      response,
      page.map(({ id, job }) => captureJob(node, id, job)),
    );
  });
  router.get(`${BASE}/capture/:id`, (request, response) => {
    const { member } = node.tokens.holderOf(request.headers.authorization);
    const job = node.catalogue.job(request.params.id);
    // Another member's capture is not told apart from none.
    if (job === undefined || job.member !== member) throw new ApiError('UNKNOWN_JOB', 'no capture of this member has this id');
    sendJson(response, captureJob(node, request.params.id, job.job));
  });
  router.all(`${BASE}/capture`, discovery(['OPTIONS', 'POST', 'GET'], CAPTURE_HEADERS));
  router.all(`${BASE}/capture/:id`, discovery(['OPTIONS', 'GET']));
  return router;
}

/** Limits stand in the answer, as also a document that is too large is answered with them. */
const tellLimits: RequestHandler = (_request, response, next) => {
  for (const [name, value] of Object.entries(CAPTURE_HEADERS)) response.setHeader(name, value);
  next();
};

function errorBehaviour(request: Request): 'rollback' | 'proceed' {
  const asked = request.headers['gs1-capture-error-behaviour'] ?? 'rollback';
  if (asked === 'rollback' || asked === 'proceed') return asked;
  throw new ApiError('BAD_REQUEST', 'GS1-Capture-Error-Behaviour is rollback or proceed', { pointer: '/GS1-Capture-Error-Behaviour' });
}

function isJobPlace(value: unknown): value is JobPlace {
  const { createdAt, id } = (value ?? {}) as Partial<JobPlace>;
  return typeof createdAt === 'string' && typeof id === 'string';
}
