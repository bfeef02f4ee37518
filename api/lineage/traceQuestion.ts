import type { Request } from 'express';
import type { Direction } from '../../protocol/lineage/walk.ts';
import type { Reader } from '../access/reader.ts';
import { ApiError } from '../errors.ts';
import { millisecondsOf, numberOf, optionalTextOf, textsOf } from '../http/parameters.ts';
import type { ApiNode } from '../node.ts';
import { MOST_STEPS, MOST_TRACED, type TraceQuestion } from './answerTrace.ts';
import { goodsNamed } from './goodsNamed.ts';
import { traceCursor } from './traceCursor.ts';

const MOST_IDS = 100;

/**
 * Reads a question from the query: `id` (several), `asOf`, `at`, `after`, `first`, `depth`.
 *
 * @param usual goods of one answer where the reader does not say
 * @throws ApiError `BAD_REQUEST`, `BAD_CURSOR`, `TOO_MANY`, `UNKNOWN_SUBJECT`, each with its pointer
 */
export async function traceQuestion(
  node: ApiNode,
  reader: Reader,
  request: Request,
  direction: Direction,
  usual = 100,
): Promise<TraceQuestion> {
  const asOf = momentOf(request, 'asOf');
  const at = momentOf(request, 'at');
  const cursor = optionalTextOf(request, 'after');
  const limit = numberOf(request, 'first', usual, MOST_TRACED);
  if (limit === 0) throw new ApiError('BAD_REQUEST', 'expected at least 1', { pointer: '/first' });
  return {
    ids: await idsOf(node, reader, request),
    reader,
    direction,
    limit,
    maxDepth: numberOf(request, 'depth', MOST_STEPS, MOST_STEPS),
    ...(asOf !== undefined && { asOf }),
    ...(at !== undefined && { at }),
    ...(cursor !== undefined && { cursor: traceCursor(cursor) }),
  };
}

/** The goods that a query asks for. @throws ApiError as `traceQuestion` */
export async function idsOf(node: ApiNode, reader: Reader, request: Request): Promise<string[]> {
  const named = await Promise.all(textsOf(request, 'id', MOST_IDS).map((text) => goodsNamed(node, reader, text)));
  return [...new Set(named.flat())];
}

/** A moment in the query, milliseconds since 1970. @throws ApiError `BAD_REQUEST` */
export function momentOf(request: Request, name: string): number | undefined {
  const text = optionalTextOf(request, name);
  if (text === undefined) return undefined;
  const moment = millisecondsOf(text);
  if (Number.isNaN(moment)) throw new ApiError('BAD_REQUEST', 'expected a date and time with offset', { pointer: `/${name}` });
  return moment;
}
