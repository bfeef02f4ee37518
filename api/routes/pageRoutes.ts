import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { formatDigitalLink } from '../../protocol/gs1/formatDigitalLink.ts';
import { chooseLanguage } from '../../web/render/chooseLanguage.ts';
import { contentSecurityPolicy } from '../../web/render/contentSecurityPolicy.ts';
import { productView } from '../../web/render/productView.ts';
import { renderErrorPage } from '../../web/render/renderErrorPage.ts';
import { renderProductPage } from '../../web/render/renderProductPage.ts';
import { renderUnknownProduct } from '../../web/render/renderUnknownProduct.ts';
import type { PageContext } from '../../web/render/view.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import type { RecentSubjects } from '../bundles/recentSubjects.ts';
import { ApiError, problemOf } from '../errors.ts';
import { errorFacts } from '../http/log.ts';
import type { ApiNode } from '../node.ts';
import { BUNDLE_TYPE, subjectId } from './documentRoutes.ts';

const PATHS = ['/01/:gtin', '/01/:gtin/10/:lot', '/01/:gtin/21/:serial', '/01/:gtin/10/:lot/21/:serial', '/00/:sscc'];
const KEYS = { gtin: '01', lot: '10', serial: '21', sscc: '00' } as const;
const NO_STYLE = { style: 'data:text/css,' };

/** The consumer's page at the product's own GS1 Digital Link, and what it loads. */
export function pageRoutes(node: ApiNode, subjects: RecentSubjects): Router {
  const router = Router();
  const policy = contentSecurityPolicy(node.trust.witnesses.map(({ url }) => url));
  // Before the files: it is the trust of this node, not something that was built.
  router.get('/assets/trust.json', (_request, response) => void response.setHeader('Cache-Control', 'no-cache').json(node.trust));
  const oneYear = { immutable: true, maxAge: '365d', index: false, fallthrough: true } as const;
  router.use('/assets', express.static(node.config.assets, oneYear));
  const answer: RequestHandler = async (request, response) => {
    response.vary('Accept').vary('Authorization').setHeader('Cache-Control', 'no-store');
    const type = request.accepts(['text/html', BUNDLE_TYPE, 'application/json']);
    const reader = await readerOf(node, request.headers.authorization);
    if (type === 'text/html') return answerPage(node, subjects, policy, { request, response, reader });
    if (type === false) throw new ApiError('NOT_ACCEPTABLE', `text/html or ${BUNDLE_TYPE}`);
    response.type(BUNDLE_TYPE).send((await subjects.answer(identifierOf(request), reader)).json);
  };
  for (const path of PATHS) router.get(path, answer);
  return router;
}

/** What a page is asked with, and for whom. */
interface PageRequest {
  request: Request;
  response: Response;
  reader: Reader;
}

async function answerPage(node: ApiNode, subjects: RecentSubjects, policy: string, asked: PageRequest): Promise<void> {
  const { request, response, reader } = asked;
  const { lang } = request.query;
  const language = chooseLanguage(typeof lang === 'string' ? lang : undefined, request.headers['accept-language']);
  const page: PageContext = { path: request.path, node: node.config.name, assets: assetsOf(node.config.assets) };
  response.vary('Accept-Language').setHeader('Content-Security-Policy', policy).type('text/html');
  let id: string | undefined;
  try {
    id = identifierOf(request);
    const { bundle, verdict } = await subjects.answer(id, reader);
    response.send(renderProductPage(productView(bundle, verdict(), id), page, language));
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status >= 500) node.log('error', 'page failed', { request: response.locals.requestId as string, ...errorFacts(error) });
    const unknown = id !== undefined && problem.code === 'UNKNOWN_SUBJECT';
    response
      .status(problem.status)
      .send(unknown ? renderUnknownProduct(id as string, page, language) : renderErrorPage(problem.code, page, language));
  }
}

/** The canonical identifier of the page's path; a path that is no valid Digital Link is refused with the field. @throws ProtocolError */
function identifierOf(request: Request): string {
  const given = request.params as Partial<Record<keyof typeof KEYS, string>>;
  const elements = (Object.keys(KEYS) as (keyof typeof KEYS)[]).flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [{ ai: KEYS[name], value: name === 'gtin' ? value.padStart(14, '0') : value }];
  });
  return subjectId(formatDigitalLink(elements));
}

/** Read each time: a build replaces the files while the node runs. Without a build the page is plain text, and still complete. */
function assetsOf(folder: string): PageContext['assets'] {
  try {
    return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as PageContext['assets'];
  } catch {
    return NO_STYLE;
  }
}
