import { Router } from 'express';
import { filedText } from '../filings/findFiling.ts';
import { storeFiling } from '../filings/storeFiling.ts';
import { jsonBody, SMALL_BODY } from '../http/bodies.ts';
import { judgeLink } from '../http/identifiers.ts';
import { textOf } from '../http/parameters.ts';
import type { ApiNode } from '../node.ts';

/** Parties and products, filed once: texts in, newest texts out. */
export function filingRoutes(node: ApiNode): Router {
  const router = Router();
  router.post('/filings', jsonBody(SMALL_BODY), async (request, response) => {
    const holder = node.tokens.holderOf(request.headers.authorization);
    response.status(201).json(await storeFiling(node, holder, request.body));
  });
  router.get('/filings', async (request, response) => {
    const id = textOf(request, 'id');
    judgeLink(id, '/id');
    response.json(await filedText(node, id));
  });
  return router;
}
