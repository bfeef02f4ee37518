import express, { type Request, type Response, Router } from 'express';
import { gatherAlong } from '../../web/render/along/alongOf.ts';
import { productView } from '../../web/render/productView.ts';
import { renderProductLots } from '../../web/render/renderProductLots.ts';
import { renderProductPage } from '../../web/render/renderProductPage.ts';
import type { ProductView } from '../../web/render/view.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import { seenLots } from '../access/seenLots.ts';
import type { RecentSubjects, SubjectAnswer } from '../bundles/recentSubjects.ts';
import { ApiError } from '../errors.ts';
import { publicRead } from '../http/security.ts';
import type { ApiNode } from '../node.ts';
import { answerPageProblem, languageOf, pageContext, sendPage } from '../pages/answerPageProblem.ts';
import { type AskedLink, readLink } from '../resolver/readLink.ts';
import { BUNDLE_TYPE } from './documentRoutes.ts';

const PAGE = '/page';
const PATHS = /^\/page\/./;
const PRODUCT = /^\/01\/(\d{14})$/;
const MOST_LOTS = 100;

/** The consumer's page of a product, lot, item or logistic unit, to which its GS1 Digital Link leads, and what the page loads. */
export function pageRoutes(node: ApiNode, subjects: RecentSubjects): Router {
  const router = Router();
  // Before the files: it is the trust of this node, not something that was built.
  router.get('/assets/trust.json', (_request, response) => void response.setHeader('Cache-Control', 'no-cache').json(node.trust));
  const oneYear = { immutable: true, maxAge: '365d', index: false, fallthrough: true } as const;
  router.use('/assets', express.static(node.config.assets, oneYear));
  router.get(PATHS, publicRead, async (request, response) => {
    response.locals.route = PAGE;
    response.vary('Accept').vary('Authorization').setHeader('Cache-Control', 'no-store');
    const type = request.accepts(['text/html', BUNDLE_TYPE, 'application/json']);
    if (type === false) throw new ApiError('NOT_ACCEPTABLE', `text/html or ${BUNDLE_TYPE}`);
    const reader = await readerOf(node, request.headers.authorization);
    if (type === 'text/html') return answerPage(node, subjects, { request, response, reader });
    const { id } = readLink(request.originalUrl.slice(PAGE.length)).levels[0];
    response.type(BUNDLE_TYPE).send((await answerOf(subjects, id, reader)).json);
  });
  return router;
}

/** What a page is asked with, and for whom. */
interface PageRequest {
  request: Request;
  response: Response;
  reader: Reader;
}

async function answerPage(node: ApiNode, subjects: RecentSubjects, { request, response, reader }: PageRequest): Promise<void> {
  let id: string | undefined;
  try {
    const asked = readLink(request.originalUrl.slice(PAGE.length));
    const [{ id: canonical, path }] = asked.levels;
    id = canonical;
    const language = languageOf(request);
    const lots = await lotsOf(node, asked, request, reader);
    const unknown = lots?.unknown === undefined ? '' : `?unknown=${encodeURIComponent(String(request.query.unknown))}`;
    const page = pageContext(node, PAGE + path + unknown, language);
    const answer = lots?.unknown === undefined ? await answerOf(subjects, id, reader).catch(noneWith(lots)) : undefined;
    const html =
      answer === undefined
        ? renderProductLots(lots as Lots, page, language)
        : renderProductPage(await viewOf(subjects, reader, answer, id as string), page, language);
    sendPage(node, response, html);
  } catch (error) {
    answerPageProblem(node, error, request, response, id);
  }
}

/** The page of a subject with what it travelled in and was made of; of what is not known here it says so. */
async function viewOf(subjects: RecentSubjects, reader: Reader, answer: SubjectAnswer, id: string): Promise<ProductView> {
  const judged = ({ bundle, verdict }: SubjectAnswer) => ({ bundle, verdict: verdict() });
  const own = judged(answer);
  const along = await gatherAlong(own, id, (other) => subjects.answer(other, reader).then(judged, () => undefined));
  return productView(own.bundle, own.verdict, id, along);
}

type Lots = Parameters<typeof renderProductLots>[0];

/** A product of which no document tells has a page of its lots. */
function noneWith(lots: Lots | undefined): (error: unknown) => undefined {
  return (error) => {
    if (lots !== undefined && error instanceof ApiError && error.code === 'UNKNOWN_SUBJECT') return undefined;
    throw error;
  };
}

/** @throws ApiError `UNKNOWN_SUBJECT` */
async function answerOf(subjects: RecentSubjects, id: string | undefined, reader: Reader): Promise<SubjectAnswer> {
  if (id === undefined) throw new ApiError('UNKNOWN_SUBJECT', 'nothing is recorded of such identifiers');
  return subjects.answer(id, reader);
}

/**
 * The lots of a product that the reader may know, and the lot or item of it that was asked for and is not known; undefined where there are none.
 *
 * @throws ProtocolError where what is said to be unknown makes no Digital Link
 */
async function lotsOf(
  node: ApiNode,
  { levels: [{ path }], elements: key }: AskedLink,
  request: Request,
  reader: Reader,
): Promise<Lots | undefined> {
  const gtin = PRODUCT.exec(path)?.[1];
  const found = gtin === undefined ? [] : await seenLots(node, reader, gtin, MOST_LOTS + 1);
  if (found.length === 0) return undefined;
  const { unknown } = request.query;
  const lots = found.slice(0, MOST_LOTS).map(({ id, lot }) => ({ lot, path: PAGE + new URL(id).pathname }));
  return {
    ...{ key, lots, more: found.length > MOST_LOTS },
    ...(typeof unknown === 'string' && unknown !== '' && { unknown: readLink(path + unknown).elements }),
  };
}
