import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { ApiError } from '../errors.ts';
import type { Address } from './parameters.ts';

/** What a token holds: all that the next page needs, so that nothing is kept for it here. Made up by a client, it begins a page elsewhere in the same answer. */
export interface PageToken<Place> {
  place: Place;
  /** How many of `eventCountLimit` are left. */
  left?: number;
}

/** How long a token is good. */
const LIFETIME_MS = 24 * 3_600_000;
const LONGEST_TOKEN = 4_096;

/**
 * Reads the token of a request; undefined at the first page.
 *
 * @throws ApiError `BAD_CURSOR` where it is none, is of another request, or has expired
 */
export function readToken<Place>(
  { pairs, nextPageToken }: Address,
  path: string,
  now: number,
  isPlace: (value: unknown) => value is Place,
): PageToken<Place> | undefined {
  if (nextPageToken === undefined) return undefined;
  const { place, left, expires, request } = contentOf(nextPageToken);
  if (request !== requestDigest(pairs, path) || !isPlace(place)) throw bad('is not one of this request');
  if (typeof expires !== 'number' || expires < now) throw bad('has expired');
  if (left === undefined) return { place };
  if (!Number.isSafeInteger(left) || (left as number) < 0) throw bad('is not one of this request');
  return { place, left: left as number };
}

/** Whether a text could be a token. */
export function isToken(text: string): boolean {
  try {
    return typeof contentOf(text).request === 'string';
  } catch {
    return false;
  }
}

/** Says where the next page is: the same address with another token. */
export function linkNext<Place>(response: Response, address: Address, path: string, now: number, token: PageToken<Place>): void {
  const expires = now + LIFETIME_MS;
  const content = { ...token, expires, request: requestDigest(address.pairs, path) };
  const text = Buffer.from(JSON.stringify(content)).toString('base64url');
  const pairs = [...address.pairs, ['perPage', String(address.perPage)], ['nextPageToken', text]];
  const query = pairs.map((pair) => pair.map((part) => encodeURIComponent(part as string)).join('=')).join('&');
  response.setHeader('Link', `<${path}?${query}>; rel="next"`);
  response.setHeader('GS1-Next-Page-Token-Expires', new Date(expires).toISOString());
}

function contentOf(text: string): Record<string, unknown> {
  if (text.length > LONGEST_TOKEN || !/^[\w-]+$/.test(text)) throw bad('is none of ours');
  try {
    const content: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (typeof content === 'object' && content !== null) return content as Record<string, unknown>;
  } catch {
    // Answered below.
  }
  throw bad('is none of ours');
}

function requestDigest(pairs: Address['pairs'], path: string): string {
  return createHash('sha256')
    .update(JSON.stringify([path, ...pairs]))
    .digest('base64url')
    .slice(0, 16);
}

function bad(detail: string): ApiError {
  return new ApiError('BAD_CURSOR', detail, { pointer: '/nextPageToken' });
}
