import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import type { Address } from './parameters.ts';

/**
 * What a token holds: all that the next page needs, so that nothing is kept for it here. It is sealed, as the place where a page ended may be that of an event
 * which its reader may not see.
 */
export interface PageToken<Place> {
  place: Place;
  /** How many of `eventCountLimit` are left. */
  left?: number;
}

/** What tokens are sealed with, and the time. */
type TokenNode = Pick<ApiNode, 'pageKey' | 'clock'>;

const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** How long a token is good. */
const LIFETIME_MS = 24 * 3_600_000;
const LONGEST_TOKEN = 4_096;

/**
 * Reads the token of a request; undefined at the first page.
 *
 * @throws ApiError `BAD_CURSOR` where it is none, is of another request, or has expired
 */
export function readToken<Place>(
  node: TokenNode,
  { pairs, nextPageToken }: Address,
  path: string,
  isPlace: (value: unknown) => value is Place,
): PageToken<Place> | undefined {
  if (nextPageToken === undefined) return undefined;
  const { place, left, expires, request } = contentOf(node, nextPageToken);
  if (request !== requestDigest(pairs, path) || !isPlace(place)) throw bad('is not one of this request');
  if (typeof expires !== 'number' || expires < node.clock()) throw bad('has expired');
  if (left === undefined) return { place };
  if (!Number.isSafeInteger(left) || (left as number) < 0) throw bad('is not one of this request');
  return { place, left: left as number };
}

/** Whether a text is a token of this node. */
export function isToken(node: TokenNode, text: string): boolean {
  try {
    return typeof contentOf(node, text).request === 'string';
  } catch {
    return false;
  }
}

/**
 * The page of a list, and where the next one is.
 *
 * @param found one more than a page holds, where there are as many
 */
export function pageOf<Item, Place>(
  response: Response,
  node: TokenNode,
  address: Address,
  path: string,
  found: readonly Item[],
  placeOf: (item: Item) => Place,
): Item[] {
  const page = found.slice(0, address.perPage);
  const last = page.at(-1);
  if (found.length > page.length && last !== undefined) linkNext(response, node, address, path, { place: placeOf(last) });
  return page;
}

/** Whether a place is a name. */
export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Says where the next page is: the same address with another token. */
export function linkNext<Place>(response: Response, node: TokenNode, address: Address, path: string, token: PageToken<Place>): void {
  const expires = node.clock() + LIFETIME_MS;
  const content = { ...token, expires, request: requestDigest(address.pairs, path) };
  const text = seal(node, JSON.stringify(content));
  const pairs = [...address.pairs, ['perPage', String(address.perPage)], ['nextPageToken', text]];
  const query = pairs.map((pair) => pair.map((part) => encodeURIComponent(part as string)).join('=')).join('&');
  response.setHeader('Link', `<${path}?${query}>; rel="next"`);
  response.setHeader('GS1-Next-Page-Token-Expires', new Date(expires).toISOString());
}

function contentOf(node: TokenNode, text: string): Record<string, unknown> {
  if (text.length > LONGEST_TOKEN || !/^[\w-]+$/.test(text)) throw bad('is none of ours');
  try {
    return JSON.parse(unseal(node, Buffer.from(text, 'base64url'))) as Record<string, unknown>;
  } catch {
    throw bad('is none of ours');
  }
}

/** AES-256-GCM: `iv 12 || ciphertext || tag 16`. */
function seal({ pageKey }: TokenNode, text: string): string {
  const iv = randomBytes(IV_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', pageKey, iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function unseal({ pageKey }: TokenNode, bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', pageKey, bytes.subarray(0, IV_LENGTH));
  decipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
  return decipher.update(bytes.subarray(IV_LENGTH, -TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8');
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
