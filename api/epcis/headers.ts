import type { Request, RequestHandler, Response } from 'express';
import { type EventContext, STANDARD_CONTEXT } from '../../protocol/epcis/eventContext.ts';
import { ApiError } from '../errors.ts';
import { onlyMethods } from '../http/answerProblem.ts';
import { DEFAULT_FORMAT } from './epcFormat.ts';

/** Media types of documents. */
export const JSON_TYPES = ['application/json', 'application/ld+json'];
/** Where the REST binding begins. */
export const BASE = '/epcis/v2';

const VERSION = '2.0.0';
const VENDOR_VERSION = 'tidemark-0.1.0';
const RANGES = [
  ['gs1-epcis-min', 'gs1-epcis-max'],
  ['gs1-cbv-min', 'gs1-cbv-max'],
] as const;
const OWN_VERSIONS = ['gs1-epcis-version', 'gs1-cbv-version'] as const;
const LONGEST_EXTENSIONS = 4_096;

/** Says in each answer which versions it is of, and refuses what asks for others. */
export const versions: RequestHandler = (request, response, next) => {
  for (const name of ['GS1-EPCIS', 'GS1-CBV']) response.setHeader(`${name}-Version`, VERSION);
  // Of a document, 2.0 and 2.0.1 are the same to a reader.
  for (const header of OWN_VERSIONS) {
    const [major, minor = 0] = versionIn(request, header) ?? [2, 0];
    if (major !== 2 || minor !== 0) throw unsupported(header);
  }
  for (const [min, max] of RANGES) {
    if (compare(versionIn(request, min) ?? [0], [2, 0, 0]) > 0) throw unsupported(min);
    if (compare([2, 0, 0], versionIn(request, max) ?? [9]) > 0) throw unsupported(max);
  }
  next();
};

/** Refuses requests that accept no JSON. @throws ApiError `NOT_ACCEPTABLE` */
export const jsonAccepted: RequestHandler = (request, response, next) => {
  const type = request.accepts(JSON_TYPES);
  if (request.method !== 'OPTIONS' && type === false) throw new ApiError('NOT_ACCEPTABLE', `answers are ${JSON_TYPES.join(' or ')}`);
  response.locals.type = type === false ? JSON_TYPES[0] : type;
  next();
};

/** Sends JSON in the type that the request prefers. */
export function sendJson(response: Response, value: unknown): void {
  response.type((response.locals.type as string | undefined) ?? 'application/json').send(JSON.stringify(value));
}

/** Answers OPTIONS of a resource, and refuses the methods that it lacks. */
export function discovery(methods: readonly string[], more: Readonly<Record<string, string>> = {}): RequestHandler {
  const refuse = onlyMethods(...methods);
  return (request, response, next) => {
    if (request.method !== 'OPTIONS') return refuse(request, response, next);
    response.setHeader('Allow', methods.join(', '));
    for (const name of ['GS1-EPCIS', 'GS1-CBV']) for (const end of ['Min', 'Max']) response.setHeader(`${name}-${end}`, VERSION);
    response.setHeader('GS1-EPC-Format', DEFAULT_FORMAT);
    response.setHeader('GS1-Vendor-Version', VENDOR_VERSION);
    for (const [name, value] of Object.entries(more)) response.setHeader(name, value);
    response.status(204).end();
  };
}

/** Prefixes that a request declares: `GS1-Extensions: ex=https://ns.example.com/,other=https://…`. @throws ApiError `BAD_REQUEST` */
export function contextOf(request: Request): EventContext {
  const header = request.headers['gs1-extensions'];
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  if (text.length > LONGEST_EXTENSIONS) throw badHeader('GS1-Extensions', `at most ${LONGEST_EXTENSIONS} characters`);
  const pairs = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => /^([A-Za-z][\w-]*)\s*=\s*(\S+)$/.exec(part) ?? []);
  if (pairs.some(([whole]) => whole === undefined)) throw badHeader('GS1-Extensions', 'expected prefix=namespace');
  return {
    ...STANDARD_CONTEXT,
    prefixes: new Map([...STANDARD_CONTEXT.prefixes, ...pairs.map(([, prefix, uri]) => [prefix, uri] as [string, string])]),
  };
}

function versionIn(request: Request, header: string): number[] | undefined {
  const text = request.headers[header];
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || !/^\d{1,6}(\.\d{1,6}){0,4}$/.test(text.trim()))
    throw badHeader(header, 'expected a version such as 2.0.0');
  return text.trim().split('.').map(Number);
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function unsupported(header: string): ApiError {
  return new ApiError('NOT_ACCEPTABLE', `this repository speaks version ${VERSION}`, { pointer: `/${header}` });
}

function badHeader(header: string, detail: string): ApiError {
  return new ApiError('BAD_REQUEST', detail, { pointer: `/${header}` });
}
