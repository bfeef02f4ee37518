import type { Request, RequestHandler } from 'express';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { toPointer } from '../../protocol/json/pointer.ts';
import { ApiError } from '../errors.ts';

/** Of a name that a refusal repeats. */
const LONGEST_NAME = 64;

/** A 32-byte hash in the path or a list. @throws ApiError `BAD_REQUEST` */
export function hashOf(value: unknown, pointer: string): Hex {
  if (typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value)) return value as Hex;
  throw new ApiError('BAD_REQUEST', 'expected 0x and 64 lower-case hex digits', { pointer });
}

/** Refuses a query that holds other names: one that is misspelt would be answered as if it were not there. */
export function onlyNames(...names: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const other = Object.keys(request.query).find((name) => !names.includes(name));
    if (other === undefined) return next();
    throw new ApiError('BAD_REQUEST', `expected no other names than ${names.join(', ')}`, {
      pointer: toPointer([other.slice(0, LONGEST_NAME)]),
    });
  };
}

/** A list of hashes in a body. @throws ApiError `BAD_REQUEST`, `TOO_MANY` */
export function hashesOf(body: unknown, field: string, most: number): Hex[] {
  const list = ((body ?? {}) as Record<string, unknown>)[field];
  if (!Array.isArray(list) || list.length === 0) throw new ApiError('BAD_REQUEST', 'expected a list', { pointer: `/${field}` });
  if (list.length > most) throw new ApiError('TOO_MANY', `at most ${most}`, { pointer: `/${field}` });
  return list.map((item, index) => hashOf(item, `/${field}/${index}`));
}

/** A whole number in the query, within bounds. @throws ApiError `BAD_REQUEST` */
export function numberOf(request: Request, name: string, otherwise: number, most: number): number {
  const text = request.query[name];
  if (text === undefined) return otherwise;
  const value = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new ApiError('BAD_REQUEST', `expected a whole number, at most ${most}`, { pointer: `/${name}` });
}

/** A text in the query that may be left out. @throws ApiError `BAD_REQUEST` */
export function optionalTextOf(request: Request, name: string): string | undefined {
  return request.query[name] === undefined ? undefined : textOf(request, name);
}

/** One or several texts of the same name in the query. @throws ApiError `BAD_REQUEST`, `TOO_MANY` */
export function textsOf(request: Request, name: string, most: number): string[] {
  const given = request.query[name];
  const texts = Array.isArray(given) ? given : [given];
  if (texts.length > most) throw new ApiError('TOO_MANY', `at most ${most}`, { pointer: `/${name}` });
  return texts.map((text) => checkedText(text, name));
}

/** A text in the query. @throws ApiError `BAD_REQUEST` */
export function textOf(request: Request, name: string): string {
  return checkedText(request.query[name], name);
}

function checkedText(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= 2_048) return value;
  throw new ApiError('BAD_REQUEST', 'expected a text of at most 2,048 characters', { pointer: `/${name}` });
}

/** Milliseconds since 1970 of a date and time with offset, whose seconds may be left out; NaN for any other text. */
export function millisecondsOf(text: string): number {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  return isInstant ? Date.parse(text) : Number.NaN;
}

/** An instant in the query, RFC 3339 with offset, as Unix seconds; undefined where none is given. @throws ApiError `BAD_REQUEST` */
export function instantOf(request: Request, name: string): number | undefined {
  const text = request.query[name];
  if (text === undefined) return undefined;
  const isInstant = typeof text === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const milliseconds = isInstant ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return Math.floor(milliseconds / 1000);
  throw new ApiError('BAD_REQUEST', 'expected an instant with offset (RFC 3339)', { pointer: `/${name}` });
}
