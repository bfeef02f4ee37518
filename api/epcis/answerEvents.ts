import type { Request, Response } from 'express';
import { GS1_CONTEXT } from '../../protocol/epcis/eventContext.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import type { EventQuery } from '../../protocol/epcis/query/eventQuery.ts';
import type { CompanyPrefixLength } from '../../protocol/gs1/formatUrn.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { type Reader, readerOf } from '../access/reader.ts';
import { seenEvents } from '../access/seenEvents.ts';
import { WITHHELD_HEADER, withheldEvents } from '../access/withheldEvents.ts';
import { bodyHere } from '../bundles/bodies.ts';
import type { IndexedEvent, PageKey } from '../catalogue/eventSearch.ts';
import { ApiError } from '../errors.ts';
import { inParallel } from '../inParallel.ts';
import type { ApiNode } from '../node.ts';
import { type EpcFormat, epcFormatOf, formatEvent } from './epcFormat.ts';
import { sendJson } from './headers.ts';
import { linkNext, readToken } from './pageToken.ts';
import { type Address, pathOf } from './parameters.ts';

/** What the answers of one node need beside it. */
export interface EpcisFace {
  node: ApiNode;
  lengthOf: CompanyPrefixLength;
}

/** A page ends with the event that fills it to here. */
export const PAGE_BYTES = 256_000;
const READS_AT_ONCE = 16;
/** Names under which the index tells goods, by their canonical identifiers. */
const GOODS = new Set(['epc', 'parentID', 'inputEPC', 'outputEPC', 'epcClass', 'inputEPCClass', 'outputEPCClass']);
/** Entries that are looked at to tell whether a result is too large. */
const COUNT_BUDGET = 100_000;

/** For whom events are written, and how. */
export interface EventWriting {
  reader: Reader;
  format: EpcFormat;
  lengthOf: CompanyPrefixLength;
}

/** Answers a query with one page of its events, those that the reader may see. */
export async function answerQuery(
  { node, lengthOf }: EpcisFace,
  request: Request,
  response: Response,
  query: EventQuery,
  address: Address,
  queryName = 'SimpleEventQuery',
): Promise<void> {
  const path = pathOf(request);
  const token = readToken(node, address, path, isPageKey);
  const reader = await readerOf(node, request.headers.authorization);
  if (token === undefined) await refuseTooLarge(node, reader, query);
  const left = token?.left ?? query.eventCountLimit;
  const first = Math.min(address.perPage, left ?? address.perPage);
  const page = await seenEvents(node, reader, query, { first, ...(token !== undefined && { after: token.place }) });
  const events = await readEvents(node, page.events, { reader, format: epcFormatOf(request), lengthOf });
  const given = page.events.slice(0, events.length);
  const last = given.at(-1);
  const next = given.length < page.events.length && last !== undefined ? keyOf(query, last) : page.next;
  const remaining = left === undefined ? undefined : left - given.length;
  if (next !== undefined && remaining !== 0) {
    linkNext(response, node, address, path, { place: next, ...(remaining !== undefined && { left: remaining }) });
  }
  const goods = goodsOf(query);
  if (goods.length > 0) response.setHeader(WITHHELD_HEADER, String(await withheldEvents(node, reader, goods)));
  sendJson(
    response,
    queryDocument(
      events.filter((event) => event !== undefined),
      node.clock(),
      queryName,
    ),
  );
}

/** An EPCISQueryDocument. */
export function queryDocument(events: readonly JsonObject[], now: number, queryName: string, subscriptionID?: string): JsonObject {
  return {
    '@context': [GS1_CONTEXT],
    ...{ type: 'EPCISQueryDocument', schemaVersion: '2.0', creationDate: new Date(now).toISOString() },
    epcisBody: {
      queryResults: { queryName, ...(subscriptionID !== undefined && { subscriptionID }), resultsBody: { eventList: [...events] } },
    },
  };
}

/**
 * The events as answers show them: with the time at which they were recorded, and with their hash for an eventID where they were captured without one. As many of
 * them, from the first on, as a page holds; undefined for one whose body is lost, or not for the reader.
 */
export async function readEvents(
  node: ApiNode,
  events: readonly IndexedEvent[],
  writing: EventWriting,
): Promise<(JsonObject | undefined)[]> {
  const found: (JsonObject | undefined)[] = [];
  let bytes = 0;
  for (let at = 0; at < events.length && bytes < PAGE_BYTES; at += READS_AT_ONCE) {
    const read = await inParallel(READS_AT_ONCE, events.slice(at, at + READS_AT_ONCE), (event) => readEvent(node, event, writing));
    for (const event of read) {
      if (bytes >= PAGE_BYTES) break;
      bytes += event?.bytes ?? 0;
      found.push(event?.event);
    }
  }
  return found;
}

async function readEvent(
  node: ApiNode,
  { leaf, recordTime }: IndexedEvent,
  { reader, format, lengthOf }: EventWriting,
): Promise<{ event: JsonObject; bytes: number } | undefined> {
  const body = await bodyHere(node, leaf, reader);
  if (typeof body !== 'object' || body.type !== 'event') return undefined;
  const [found] = eventsOf(parseStrict(body.event));
  if (found === undefined) return undefined;
  const eventID = found.event.eventID ?? node.catalogue.document(leaf)?.eventHash ?? null;
  const event = { ...formatEvent(found.event, format, lengthOf), eventID, recordTime: new Date(recordTime).toISOString() };
  return { event, bytes: body.event.length };
}

/** EPCIS 2.0 section 8.2.7.1, maxEventCount: more than so many, and the query fails as a whole. */
async function refuseTooLarge(node: ApiNode, reader: Reader, query: EventQuery): Promise<void> {
  const most = query.maxEventCount;
  if (most === undefined) return;
  const { events, next } = await seenEvents(node, reader, query, { first: most + 1, budget: COUNT_BUDGET });
  if (events.length > most) throw new ApiError('QUERY_RESULT_TOO_LARGE', `more than ${most} events`, { pointer: '/maxEventCount' });
  if (next !== undefined)
    throw new ApiError('QUERY_TOO_COMPLEX', 'too many events to count: narrow the query', { pointer: '/maxEventCount' });
}

/** Identifiers of the goods that a query names. */
function goodsOf({ conditions }: EventQuery): string[] {
  const exact = conditions.flatMap((condition) => (condition.kind === 'terms' ? condition.exact : []));
  return [...new Set(exact.filter(({ name }) => GOODS.has(name)).map(({ term }) => term))];
}

function keyOf({ orderBy }: EventQuery, { seq, eventTime, recordTime }: IndexedEvent): PageKey {
  return { time: orderBy === 'recordTime' ? recordTime : eventTime, seq };
}

function isPageKey(value: unknown): value is PageKey {
  const { time, seq } = (value ?? {}) as Partial<PageKey>;
  return Number.isSafeInteger(time) && Number.isSafeInteger(seq);
}
