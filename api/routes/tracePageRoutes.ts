import { type Request, type Response, Router } from 'express';
import { ProtocolError } from '../../protocol/errors.ts';
import type { Direction } from '../../protocol/lineage/walk.ts';
import { renderTracePage, renderTraceSearch } from '../../web/render/trace/renderTracePage.ts';
import { TRACE_PAGE } from '../../web/render/trace/traceAddress.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import { ApiError } from '../errors.ts';
import { optionalTextOf } from '../http/parameters.ts';
import { answerTrace } from '../lineage/answerTrace.ts';
import { describeTrace } from '../lineage/describeTrace.ts';
import { goodsNamed } from '../lineage/goodsNamed.ts';
import { traceCursor } from '../lineage/traceCursor.ts';
import type { ApiNode } from '../node.ts';
import { addressCode } from '../pages/addressCode.ts';
import { answerPageProblem, languageOf, sendPage, tracePageContext } from '../pages/answerPageProblem.ts';
import { pageMoment } from '../pages/pageMoment.ts';
import { rootOf } from '../resolver/descriptionFile.ts';

/** Goods of each direction on one page. */
const GOODS_A_PAGE = 100;

/** The page for those who ask where goods came from, where they went and who answers for it. It stands beside the products' pages and takes no Digital Link's address. */
export function tracePageRoutes(node: ApiNode): Router {
  const router = Router();
  router.get(TRACE_PAGE, async (request, response) => {
    response.vary('Authorization').setHeader('Cache-Control', 'no-store');
    try {
      await answerPage(node, request, response);
    } catch (error) {
      answerPageProblem(node, error, request, response);
    }
  });
  return router;
}

async function answerPage(node: ApiNode, request: Request, response: Response): Promise<void> {
  const language = languageOf(request);
  const asked = askedOf(request);
  const reader = await readerOf(node, request.headers.authorization);
  const found = asked === '' ? undefined : await named(node, reader, asked);
  if (!Array.isArray(found)) {
    if (found !== undefined) response.status(found.refused ? 400 : 404);
    return sendPage(node, response, renderTraceSearch(asked, found, tracePageContext(node, TRACE_PAGE), language), "'self'");
  }
  const time = timeOf(request);
  const after = { ...cursorOf(request, 'source'), ...cursorOf(request, 'destination') };
  const answer = (direction: Direction) => {
    const cursor = after[direction];
    const { at, asOf } = time;
    return answerTrace(node, {
      ...{ ids: found, reader, direction, limit: GOODS_A_PAGE },
      ...(at !== undefined && { at: at * 1_000 }),
      ...(asOf !== undefined && { asOf: asOf * 1_000 }),
      ...(cursor !== undefined && { cursor }),
    });
  };
  // One after the other: both are answered from one graph, at one block or two that follow each other.
  const [source, destination] = [await answer('source'), await answer('destination')];
  const path = pathOf(request);
  const address = rootOf(node.config) + path;
  const view = await describeTrace(node, source, destination, { asked, address, after, time });
  sendPage(node, response, renderTracePage(view, tracePageContext(node, path), language, await addressCode(address)), "'self'");
}

/** An empty question is the one of who opens the form. */
function askedOf(request: Request): string {
  return request.query.id === '' ? '' : (optionalTextOf(request, 'id') ?? '').trim();
}

/** The goods that are meant, or why there are none: that is said on the form, where it can be corrected. */
async function named(node: ApiNode, reader: Reader, asked: string): Promise<string[] | { code: string; refused: boolean }> {
  try {
    return await goodsNamed(node, reader, asked);
  } catch (error) {
    if (error instanceof ProtocolError) return { code: error.code, refused: true };
    if (error instanceof ApiError && error.status < 500) return { code: error.code, refused: error.status === 400 };
    throw error;
  }
}

function timeOf(request: Request): { at?: number; asOf?: number } {
  const [at, asOf] = [pageMoment(request, 'at'), pageMoment(request, 'asOf')];
  return { ...(at !== undefined && { at }), ...(asOf !== undefined && { asOf }) };
}

function cursorOf(request: Request, direction: Direction): Partial<Record<Direction, string>> {
  const text = optionalTextOf(request, `${direction}After`);
  return text === undefined ? {} : { [direction]: traceCursor(text, `/${direction}After`) };
}

/** This page without its language, to which the links of languages add theirs; what a form leaves empty is left out. */
function pathOf({ query }: Request): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return `${TRACE_PAGE}?${new URLSearchParams(given.filter(([name]) => PARAMETERS.has(name)))}`;
}

const PARAMETERS = new Set(['id', 'at', 'asOf', 'sourceAfter', 'destinationAfter']);
