import type { Request } from 'express';
import { ApiError } from '../errors.ts';

/** What stands in an address. */
export interface Address {
  /** Parameters of the query language, decoded, in their order. */
  pairs: (readonly [name: string, value: string])[];
  perPage: number;
  nextPageToken?: string;
}

/** Events of a page where the request says nothing (REST binding, `perPage`). */
export const PER_PAGE = 30;
/** Most items of a page; a greater `perPage` is taken for it. */
export const MOST_PER_PAGE = 100;
/** Longest address. */
export const LONGEST_URI = 8_000;

/** Reads the parameters of an address. @throws ApiError `URI_TOO_LONG`, `BAD_REQUEST` */
export function addressOf(request: Request): Address {
  const { originalUrl } = request;
  if (originalUrl.length > LONGEST_URI) throw new ApiError('URI_TOO_LONG', `at most ${LONGEST_URI} characters`);
  const start = originalUrl.indexOf('?');
  const parts =
    start < 0
      ? []
      : originalUrl
          .slice(start + 1)
          .split('&')
          .filter((part) => part !== '');
  const all = parts.map((part): readonly [string, string] => {
    const equals = part.indexOf('=');
    return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
  });
  const token = lastOf(all, 'nextPageToken');
  return {
    pairs: all.filter(([name]) => name !== 'perPage' && name !== 'nextPageToken'),
    perPage: perPageOf(lastOf(all, 'perPage')),
    ...(token !== undefined && { nextPageToken: token }),
  };
}

/** The path as it was written. */
export function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0] ?? '';
}

/** Decodes a part of the path. @throws ApiError `BAD_REQUEST` */
export function decodePath(text: string, pointer: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new ApiError('BAD_REQUEST', 'not percent-encoded UTF-8', { pointer, cause });
  }
}

function decode(text: string): string {
  return decodePath(text.replaceAll('+', ' '), '');
}

function lastOf(pairs: readonly (readonly [string, string])[], name: string): string | undefined {
  const found = pairs.filter(([given]) => given === name);
  if (found.length > 1) throw new ApiError('BAD_REQUEST', 'is there twice', { pointer: `/${name}` });
  return found[0]?.[1];
}

function perPageOf(text: string | undefined): number {
  if (text === undefined) return PER_PAGE;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0)
    throw new ApiError('BAD_REQUEST', 'expected a whole number from 1 on', { pointer: '/perPage' });
  return Math.min(Number(text), MOST_PER_PAGE);
}
