import { Router } from 'express';
import { ProtocolError } from '../../protocol/errors.ts';
import { CARRIERS, drawCode, MOST_SCALE, PICTURES, type Picture } from '../../sdk/codes/drawCode.ts';
import { SdkError } from '../../sdk/errors.ts';
import { ApiError } from '../errors.ts';
import { numberOf, textOf } from '../http/parameters.ts';
import { publicRead } from '../http/security.ts';
import type { ApiNode } from '../node.ts';
import { rootOf } from '../resolver/descriptionFile.ts';

const TYPES: Readonly<Record<Picture, string>> = { svg: 'image/svg+xml', png: 'image/png' };
const KEPT = 256;
const USUAL_SCALE = 4;

/** Codes for packs that lead to this node: `/codes/qr.svg?id=…`, also of what is not recorded yet, since a pack is printed before it is shipped. */
export function codeRoutes(node: ApiNode): Router {
  const router = Router();
  const root = rootOf(node.config);
  const drawn = new Map<string, Promise<Buffer>>();
  router.get('/codes/:carrier.:picture', publicRead, async (request, response) => {
    const carrier = CARRIERS.find((name) => name === request.params.carrier);
    const picture = PICTURES.find((name) => name === request.params.picture);
    if (carrier === undefined || picture === undefined) throw new ApiError('NOT_FOUND', 'codes are qr and datamatrix, as svg and png');
    const id = textOf(request, 'id');
    const scale = Math.max(1, numberOf(request, 'scale', USUAL_SCALE, MOST_SCALE));
    const key = JSON.stringify([carrier, picture, id, scale]);
    const code = drawn.get(key) ?? drawCode({ carrier, picture, id, root, scale });
    keep(key, code);
    response
      .setHeader('Cache-Control', 'public, max-age=86400')
      .type(TYPES[picture])
      .send(await code.catch(refuse));
  });
  return router;

  /** The newest ones; a refusal is not kept. */
  function keep(key: string, code: Promise<Buffer>): void {
    drawn.delete(key);
    drawn.set(key, code);
    code.catch(() => drawn.delete(key));
    while (drawn.size > KEPT) drawn.delete(drawn.keys().next().value as string);
  }
}

function refuse(error: unknown): never {
  if (error instanceof SdkError) throw new ApiError('CODE_TOO_LONG', error.message, { pointer: '/id', cause: error });
  if (error instanceof ProtocolError)
    throw new ProtocolError(error.code, error.message, { pointer: '/id', ...(error.facts !== undefined && { facts: error.facts }) });
  throw error;
}
