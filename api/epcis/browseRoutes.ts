import { type Request, type Response, Router } from 'express';
import { type EventContext, GS1_CONTEXT } from '../../protocol/epcis/eventContext.ts';
import type { EventQuery, TermFact } from '../../protocol/epcis/query/eventQuery.ts';
import { readQueryParameters } from '../../protocol/epcis/query/readQuery.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import { isSaidTo } from '../access/seenEvents.ts';
import { BUDGET, byUtf8 } from '../catalogue/eventIndex.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import { answerQuery, type EpcisFace } from './answerEvents.ts';
import { epcFormatOf, idWriter } from './epcFormat.ts';
import { BASE, contextOf, discovery, sendJson } from './headers.ts';
import { isText, linkNext, readToken } from './pageToken.ts';
import { addressOf, decodePath, pathOf } from './parameters.ts';

/** What can be browsed: under which parameter its events are asked for, and whether its values are identifiers, which answers may translate. */
interface Collection {
  readonly path: string;
  readonly parameter: string;
  /** Names of terms under which the index tells its values. */
  readonly names: readonly string[];
  readonly ids: boolean;
  /** Values that are there before any event says them. */
  readonly always?: readonly string[];
}

const EVENT_TYPES = ['AggregationEvent', 'AssociationEvent', 'ObjectEvent', 'TransactionEvent', 'TransformationEvent'];
const TOP_LEVEL = ['events', 'eventTypes', 'epcs', 'bizSteps', 'bizLocations', 'readPoints', 'dispositions', 'capture', 'queries'];

/** The top-level resources. `epcs` are all that events name as instances: objects, children, parents, inputs and outputs. */
const COLLECTIONS: readonly Collection[] = [
  { path: 'eventTypes', parameter: 'eventType', names: ['eventType'], ids: false, always: EVENT_TYPES },
  { path: 'epcs', parameter: 'MATCH_anyEPC', names: ['epc', 'inputEPC', 'outputEPC', 'parentID'], ids: true },
  { path: 'bizSteps', parameter: 'EQ_bizStep', names: ['bizStep'], ids: false },
  { path: 'bizLocations', parameter: 'EQ_bizLocation', names: ['bizLocation'], ids: true },
  { path: 'readPoints', parameter: 'EQ_readPoint', names: ['readPoint'], ids: true },
  { path: 'dispositions', parameter: 'EQ_disposition', names: ['disposition'], ids: false },
];

/** The root, and the values that recorded events have, each with its events. */
export function browseRoutes(face: EpcisFace): Router {
  const router = Router();
  const readOnly = discovery(['OPTIONS', 'GET']);
  router.get([BASE, `${BASE}/`], (_request, response) => sendCollection(response, TOP_LEVEL));
  router.all([BASE, `${BASE}/`], readOnly);
  for (const collection of COLLECTIONS) {
    const path = `${BASE}/${collection.path}`;
    router.get(path, (request, response) => answerValues(face, collection, request, response));
    router.get(`${path}/*value`, (request, response) => answerValue(face, collection, request, response));
    router.all([path, `${path}/*value`], readOnly);
  }
  return router;
}

async function answerValues(
  { node, lengthOf }: EpcisFace,
  { path, names, ids, always = [] }: Collection,
  request: Request,
  response: Response,
): Promise<void> {
  const address = addressOf(request);
  const [first] = address.pairs;
  if (first !== undefined) throw new ApiError('BAD_REQUEST', 'is no parameter of this list', { pointer: `/${first[0].slice(0, 80)}` });
  const here = `${BASE}/${path}`;
  const token = readToken(node, address, here, isText);
  const reader = await readerOf(node, request.headers.authorization);
  const { page, next } = await valuesFor(node, reader, { names, always, first: address.perPage, after: token?.place ?? '' });
  if (next !== undefined) linkNext(response, node, address, here, { place: next });
  const write = ids ? idWriter(epcFormatOf(request), lengthOf) : (value: string) => value;
  sendCollection(response, page.map(write));
}

/** What the values of a list are read by. */
interface ValuesAsked {
  names: readonly string[];
  always: readonly string[];
  first: number;
  after: string;
}

/** Values that events say which the reader may see. Where it costs too much to find that out, the page ends early. */
async function valuesFor(
  node: ApiNode,
  reader: Reader,
  { names, always, first, after }: ValuesAsked,
): Promise<{ page: string[]; next?: string }> {
  const page: string[] = [];
  for (let place = after, budget = BUDGET; ; ) {
    const known = node.catalogue.termsOf(names, first + 1, place);
    const values = [...new Set([...known, ...always.filter((value) => byUtf8(value, place) > 0)])].sort(byUtf8).slice(0, first + 1);
    for (const value of values) {
      const found = always.includes(value) ? { isSaid: true, left: budget } : await isSaidTo(node, reader, factsOf(names, value), budget);
      budget = found.left;
      if (found.isSaid && page.length === first) return { page, next: place };
      if (found.isSaid) page.push(value);
      place = value;
      if (budget <= 0) return { page, next: place };
    }
    if (values.length <= first) return { page };
  }
}

function factsOf(names: readonly string[], term: string): TermFact[] {
  return names.map((name) => ({ name, term }));
}

async function answerValue(face: EpcisFace, collection: Collection, request: Request, response: Response): Promise<void> {
  const { node } = face;
  const path = pathOf(request).slice(`${BASE}/${collection.path}/`.length);
  const [, raw = '', events] = /^(.*?)(\/events)?\/?$/.exec(path) ?? [];
  const value = decodePath(raw, `/${collection.path}`);
  const context = contextOf(request);
  const { exact } = conditionOf(collection, value, context);
  const reader = await readerOf(node, request.headers.authorization);
  if (!(collection.always ?? []).includes(value) && !(await isSaidTo(node, reader, exact, BUDGET)).isSaid)
    throw new ApiError('NOT_FOUND', 'no recorded event says this');
  if (events === undefined) return sendCollection(response, ['events']);
  const address = addressOf(request);
  const query: EventQuery = readQueryParameters([[collection.parameter, value], ...address.pairs], context);
  await answerQuery(face, request, response, query, address);
}

function conditionOf({ parameter }: Collection, value: string, context: EventContext): { exact: readonly TermFact[] } {
  // A vertical bar would ask for several values.
  if (value.includes('|')) throw new ApiError('NOT_FOUND', 'no recorded event says this');
  const [condition] = readQueryParameters([[parameter, value]], context).conditions;
  return condition?.kind === 'terms' ? condition : { exact: [] };
}

function sendCollection(response: Response, member: readonly string[]): void {
  sendJson(response, { '@context': GS1_CONTEXT, type: 'Collection', member });
}
