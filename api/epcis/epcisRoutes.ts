import { type RequestHandler, Router } from 'express';
import { answerNotFound } from '../http/answerProblem.ts';
import type { ApiNode } from '../node.ts';
import type { EpcisFace } from './answerEvents.ts';
import { browseRoutes } from './browseRoutes.ts';
import { captureRoutes } from './captureRoutes.ts';
import { readCompanyPrefixes } from './epcFormat.ts';
import { epcisProblem } from './epcisProblem.ts';
import { eventRoutes } from './eventRoutes.ts';
import { BASE, jsonAccepted, versions } from './headers.ts';
import { queryRoutes } from './queryRoutes.ts';
import { rateLimit } from './rateLimit.ts';

const REQUESTS_A_SECOND = 200;
const REQUESTS_AT_ONCE = 1_000;

/** Answers differ by who asks. */
const byReader: RequestHandler = (_request, response, next) => {
  response.vary('Authorization');
  next();
};

/** The REST binding of EPCIS 2.0, in JSON. */
export function epcisRoutes(node: ApiNode): Router {
  const face: EpcisFace = { node, lengthOf: readCompanyPrefixes(node.config.companyPrefixes) };
  const router = Router();
  router.use(BASE, rateLimit(node.clock, REQUESTS_A_SECOND, REQUESTS_AT_ONCE), versions, jsonAccepted, byReader);
  router.use(captureRoutes(node));
  router.use(eventRoutes(face));
  router.use(queryRoutes(face));
  router.use(browseRoutes(face));
  router.use(BASE, answerNotFound, epcisProblem(node.log));
  return router;
}
