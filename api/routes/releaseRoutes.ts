import { type Request, Router } from 'express';
import { localDay, secondsOf } from '../../protocol/law/localDay.ts';
import { SHORE } from '../../protocol/ledger/codes.ts';
import { NODE_HEADER, nodeReader } from '../access/nodeReader.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import { releasesSince } from '../access/releasesSince.ts';
import { mayReadRelease, releaseText, releaseTexts } from '../access/releaseText.ts';
import { storeRelease } from '../access/storeRelease.ts';
import { bodyHere } from '../bundles/bodies.ts';
import { locate } from '../bundles/locate.ts';
import { ApiError } from '../errors.ts';
import { jsonBody, SMALL_BODY } from '../http/bodies.ts';
import { hashOf, instantOf } from '../http/parameters.ts';
import type { ApiNode } from '../node.ts';

/** Bodies for whoever may see them, and the releases that let others see more. */
export function releaseRoutes(node: ApiNode): Router {
  const router = Router();
  router.get('/bodies/:leaf', async (request, response) => {
    const leaf = hashOf(request.params.leaf, '/leaf');
    const reader = await nodeOrMember(node, request);
    const body = await bodyHere(node, leaf, reader);
    if (body === 'NOT_RELEASED' && (await locate(node, leaf)) !== undefined)
      throw new ApiError('NOT_RELEASED', "the body stays in its issuer's country");
    // What the ledger does not tell of, and the reader may not see, is as if it were not there.
    if (body === undefined || body === 'NOT_RELEASED') throw new ApiError('UNKNOWN_DOCUMENT', 'no document with this leaf is kept here');
    const { type, subjects, visibility } = body;
    const content = body.type === 'event' ? { event: body.event, salt: body.salt } : { sdJwt: body.sdJwt };
    const kept = visibility === 'DOMESTIC' && {
      visibility,
      releases: reader.nodeOf === undefined ? [] : await releaseTexts(node, leaf, reader),
    };
    response.json({ type, ...content, subjects, ...kept });
  });
  router.post('/releases', jsonBody(SMALL_BODY), async (request, response) => {
    const { authorization } = request.headers;
    const holder = node.tokens.holderOf(authorization);
    response.status(201).json(await storeRelease(node, holder, await readerOf(node, authorization), request.body));
  });
  router.get('/releases', async (request, response) => {
    node.tokens.holderOf(request.headers.authorization);
    const since = instantOf(request, 'since') ?? startOfYear(node);
    response.json(await releasesSince(node, await readerOf(node, request.headers.authorization), since));
  });
  router.get('/releases/:leaf', async (request, response) => {
    const release = node.catalogue.release(hashOf(request.params.leaf, '/leaf'));
    const reader = await nodeOrMember(node, request);
    if (release === undefined || !(await mayReadRelease(node, reader, release)))
      throw new ApiError('UNKNOWN_RELEASE', 'no release with this leaf is kept here');
    response.json({ leaf: release.leaf, text: await releaseText(node, release) });
  });
  return router;
}

async function nodeOrMember(node: ApiNode, request: Request): Promise<Reader> {
  const proof = request.headers[NODE_HEADER];
  return typeof proof === 'string' ? nodeReader(node, request.path, proof) : readerOf(node, request.headers.authorization);
}

/** The first second of this year at the node's shore, in Unix seconds: thresholds of law count from then on. */
function startOfYear({ config, clock }: ApiNode): number {
  const shore = SHORE[config.shore];
  return secondsOf(shore, `${localDay(shore, clock() / 1000).slice(0, 4)}-01-01`).first;
}
