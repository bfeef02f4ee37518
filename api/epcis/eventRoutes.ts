import { type Request, type Response, Router } from 'express';
import { oneSpelling } from '../../protocol/epcis/query/places.ts';
import { readQueryParameters } from '../../protocol/epcis/query/readQuery.ts';
import { seen } from '../access/maySee.ts';
import { readerOf, viewOf } from '../access/reader.ts';
import { ApiError } from '../errors.ts';
import { LARGE_BODY, rawBody } from '../http/bodies.ts';
import { answerQuery, type EpcisFace, queryDocument, readEvents } from './answerEvents.ts';
import { epcFormatOf } from './epcFormat.ts';
import { BASE, contextOf, discovery, JSON_TYPES, sendJson } from './headers.ts';
import { isToken } from './pageToken.ts';
import { addressOf, decodePath } from './parameters.ts';
import { postEvent } from './postEvent.ts';

/** Events in, and by query and by id. */
export function eventRoutes(face: EpcisFace): Router {
  const router = Router();
  router.get(`${BASE}/events`, async (request, response) => {
    const address = addressOf(request);
    await answerQuery(face, request, response, readQueryParameters(address.pairs, contextOf(request)), address);
  });
  router.post(`${BASE}/events`, rawBody(LARGE_BODY, JSON_TYPES), postEvent(face.node));
  router.get(`${BASE}/events/*id`, (request, response) => answerEvent(face, request, response));
  router.delete(`${BASE}/nextPageToken/:token`, (request, response) => {
    // A token holds its page itself: there is nothing to release.
    if (!isToken(face.node, request.params.token)) throw new ApiError('BAD_CURSOR', 'is none of ours', { pointer: '/token' });
    response.status(204).end();
  });
  router.all(`${BASE}/events`, discovery(['OPTIONS', 'GET', 'POST']));
  router.all(`${BASE}/events/*id`, discovery(['OPTIONS', 'GET']));
  router.all(`${BASE}/nextPageToken/:token`, discovery(['OPTIONS', 'DELETE']));
  return router;
}

/** An event by its eventID, or by its hash where it has none; its error declarations come with it, and so does any other event that claims the same eventID. */
async function answerEvent({ node, lengthOf }: EpcisFace, request: Request, response: Response): Promise<void> {
  const id = eventIdOf(request);
  const reader = await readerOf(node, request.headers.authorization);
  const view = viewOf(reader);
  const spelled = [...new Set([id, oneSpelling(id)])].flatMap((text) => node.catalogue.byEvent({ id: text }, view));
  // No ledger tells of an eventID: one that the reader may not see is as if it were not there, and is not counted.
  const named = await seen(node, reader, spelled);
  const documents = named.length > 0 ? named : await seen(node, reader, node.catalogue.byEvent({ hash: id }, view));
  const recorded = documents.flatMap(({ leaf, eventTime = 0 }) => {
    const recordTime = node.catalogue.recordedAt(leaf);
    return recordTime === undefined ? [] : [{ seq: 0, leaf, eventTime, recordTime }];
  });
  const events = await readEvents(node, recorded, { reader, format: epcFormatOf(request), lengthOf });
  const found = events.filter((event) => event !== undefined);
  if (found.length === 0) throw new ApiError('UNKNOWN_EVENT', 'no event with this id is recorded here');
  sendJson(response, queryDocument(found, node.clock(), 'SimpleEventQuery'));
}

/** The id as it was written in the path: it may hold slashes, semicolons and a question mark, encoded or (but for the last) not. */
function eventIdOf(request: Request): string {
  return decodePath(request.originalUrl.slice(`${BASE}/events/`.length), '/eventID');
}
