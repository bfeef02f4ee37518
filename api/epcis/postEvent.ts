import type { Request, RequestHandler } from 'express';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { validDocument } from '../capture/captureDocument.ts';
import { captureEvents } from '../capture/captureEvents.ts';
import type { Visibility } from '../documents/body.ts';
import { visibilityOf } from '../documents/visibility.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import { BASE, JSON_TYPES } from './headers.ts';
import { waitIndexed } from './waitIndexed.ts';

/** How long `POST /events` waits until its event is recorded and found. */
const PATIENCE_MS = 10_000;

/** Takes a single event, and answers when queries find it. */
export function postEvent(node: ApiNode): RequestHandler {
  return async (request, response) => {
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
    // It is kept and will be anchored in any case; 202 says that it is not found yet.
    response.status((await waitIndexed(node, leaf, PATIENCE_MS)) ? 201 : 202).end();
  };
}

/** Who may see what is captured: header `Tidemark-Visibility`, else query parameter `visibility`, else everybody. */
export function captureVisibility(request: Request): Visibility {
  return visibilityOf(request.headers['tidemark-visibility'] ?? request.query.visibility ?? 'PUBLIC', '/visibility');
}

/** The bytes of a body that `rawBody` read. @throws ApiError `MEDIA_TYPE` */
export function bytesOf(request: Request): Uint8Array {
  if (Buffer.isBuffer(request.body)) return request.body;
  throw new ApiError('MEDIA_TYPE', `expected ${JSON_TYPES.join(' or ')}`);
}
