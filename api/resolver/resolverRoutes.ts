import { type Request, type RequestHandler, type Response, Router } from 'express';
import { primaryKeys } from '../../protocol/gs1/dictionary.ts';
import { renderChoices } from '../../web/render/renderChoices.ts';
import { linkTexts } from '../../web/texts/linkTexts.ts';
import { readerOf } from '../access/reader.ts';
import { ApiError } from '../errors.ts';
import { onlyMethods } from '../http/answerProblem.ts';
import { readerId } from '../http/identifiers.ts';
import { textOf } from '../http/parameters.ts';
import type { ApiNode } from '../node.ts';
import { answerPageProblem, languageOf, pageContext, sendPage } from '../pages/answerPageProblem.ts';
import { descriptionFile, rootOf } from './descriptionFile.ts';
import { forwardQuery } from './forwardQuery.ts';
import type { Link } from './links.ts';
import { LINKSET_CONTEXT, LINKSET_TYPE, linkObject, linksetOf } from './linkset.ts';
import { VOCABULARY } from './linkTypes.ts';
import { type AskedLink, readLink } from './readLink.ts';
import { recallStatus } from './recallStatus.ts';
import { levelsOf, resolve } from './resolve.ts';

const METHODS = ['GET', 'HEAD', 'OPTIONS'];
const DIGITAL_LINK = new RegExp(`^/(?:${primaryKeys().join('|')})(?:/|$)`);
// GS1 Digital Link: Compression 1.0, section 4: one segment of URI-safe base 64.
const COMPRESSED = /^\/[A-Za-z0-9_-]{10,}\/?$/;
/** Words of paths in logs and metrics, which hold no identifier. */
const NAMES: Readonly<Record<string, string>> = {
  '00': ':sscc',
  '01': ':gtin',
  '10': ':lot',
  '21': ':serial',
  '414': ':gln',
  '417': ':gln',
};

/** Every Digital Link of this node, resolved (GS1-Conformant Resolver 1.2), and the status that only it links to. */
export function resolverRoutes(node: ApiNode): Router {
  const router = Router();
  const root = rootOf(node.config);
  router.get('/.well-known/gs1resolver', openToAll, (_request, response) => void response.json(descriptionFile(node.config)));
  router.get('/recalls', openToAll, async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    response.json(await recallStatus(node, readerId(node, textOf(request, 'id'))));
  });
  router.all(DIGITAL_LINK, openToAll);
  router.options(DIGITAL_LINK, (_request, response) => void response.setHeader('Allow', METHODS.join(', ')).status(204).end());
  router.get(DIGITAL_LINK, async (request, response) => {
    // Until it is read, a link has no pattern.
    response.locals.route = 'Digital Link';
    let asked: AskedLink | undefined;
    try {
      asked = readLink(request.originalUrl);
      response.locals.route = asked.elements.map(({ ai }) => `/${ai}/${NAMES[ai] ?? ':value'}`).join('');
      await answer(node, root, asked, request, response);
    } catch (error) {
      answerPageProblem(node, error, request, response, asked?.levels[0].id);
    }
  });
  router.all(DIGITAL_LINK, onlyMethods(...METHODS));
  return router;
}

/** What looks like a compressed Digital Link, once no other route has taken it. */
export const refuseCompressed: RequestHandler = (request, _response, next) => {
  if (!COMPRESSED.test(request.path)) return next();
  throw new ApiError('COMPRESSED_LINK', 'a compressed Digital Link; ask for the uncompressed one');
};

async function answer(node: ApiNode, root: string, asked: AskedLink, request: Request, response: Response): Promise<void> {
  const levels = await levelsOf(node, await readerOf(node, request.headers.authorization), asked);
  if (levels.length === 0) throw new ApiError('UNKNOWN_SUBJECT', 'nothing is recorded of this identifier');
  const language = languageOf(request);
  const linkType = textParameter(request, 'linkType');
  response.vary('Accept').vary('Accept-Language').vary('Authorization').setHeader('Cache-Control', 'no-store');
  if (
    linkType === 'linkset' ||
    linkType === 'all' ||
    (linkType === undefined && request.accepts('text/html', 'application/json', LINKSET_TYPE) === LINKSET_TYPE)
  ) {
    response.setHeader('Link', `<${LINKSET_CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`);
    response.type(LINKSET_TYPE).send(JSON.stringify(linksetOf(levels, root, language)));
    return;
  }
  response.setHeader('Link', `<${root}${asked.levels[0].path}?linkType=linkset>; rel="linkset"; type="${LINKSET_TYPE}"`);
  // A language in the query is meant for this request, the header's for all.
  const acceptLanguage = textParameter(request, 'lang') ?? request.headers['accept-language'];
  const found = resolve(levels, linkType, { accept: request.headers.accept, acceptLanguage, context: textParameter(request, 'context') });
  if (found.outcome === 'none') throw new ApiError('UNKNOWN_LINK', 'there is no link of this type');
  if (found.outcome === 'choices') return answerChoices(node, found.links, asked, root, request, response);
  const query = request.originalUrl.split('?').slice(1).join('?');
  response.setHeader('Location', root + forwardQuery(found.link, query));
  response.status(307).end();
}

/** 300: nothing in the request tells the links apart. */
function answerChoices(node: ApiNode, links: readonly Link[], asked: AskedLink, root: string, request: Request, response: Response): void {
  const language = languageOf(request);
  const objects = links.map((link) => linkObject(link, root, language));
  response.status(300);
  if (request.accepts(LINKSET_TYPE, 'text/html') === 'text/html') {
    sendPage(node, response, renderChoices(asked.elements, objects, pageContext(node, asked.levels[0].path, language), language));
    return;
  }
  const name = VOCABULARY + links[0]?.linkType;
  const { path } = asked.levels[0];
  const context = { anchor: root + path, itemDescription: linkTexts(language).item(asked.elements), [name]: objects };
  response.type(LINKSET_TYPE).send(JSON.stringify({ linkset: [context] }));
}

const openToAll: RequestHandler = (_request, response, next) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Methods', METHODS.join(', '));
  response.setHeader('Access-Control-Allow-Headers', 'Accept, Accept-Language');
  response.setHeader('Access-Control-Expose-Headers', 'Link, Location');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  next();
};

/** A parameter that may be there once. @throws ApiError `BAD_REQUEST` */
function textParameter(request: Request, name: string): string | undefined {
  const value = request.query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new ApiError('BAD_REQUEST', 'expected once', { pointer: `/${name}` });
}
