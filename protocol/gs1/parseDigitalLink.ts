import { ProtocolError } from '../errors.ts';
import { type ApplicationIdentifier, applicationIdentifier } from './dictionary.ts';
import { checkAttribute, checkElementString, type ElementString } from './elementString.ts';
import { unescapeValue } from './escapes.ts';
import { isOrderedSubset } from './orderedSubset.ts';
import { parseCommonLink } from './parseCommonLink.ts';
import { keyOfShortName } from './shortNames.ts';

/** A Digital Link taken apart. */
export interface DigitalLink {
  /** Scheme, authority and path before the key, without the last slash. */
  readonly stem: string;
  /** Primary key, then its qualifiers in their order. */
  readonly path: readonly ElementString[];
  /** Application Identifiers of the query, in the order written. */
  readonly attributes: readonly ElementString[];
}

/** What is let through beside the standard: spellings that older links use and that are never written, and what is newer than the dictionary. */
export interface Permissions {
  /** A GTIN of 8, 12 or 13 digits in the path or query; it is read as its 14. */
  readonly zeroSuppressedGtin?: boolean;
  /** Names such as `gtin` and `lot` in place of 01 and 10. */
  readonly shortNames?: boolean;
  /** Attributes whose Application Identifier the dictionary does not have; only their characters are checked. */
  readonly unknownAttributes?: boolean;
}

/** Longest link that is read. Links on labels are a tenth of this. */
export const MAX_LINK_LENGTH = 2048;

const URI = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;
const SCHEMES = ['http://', 'https://', 'HTTP://', 'HTTPS://'];
const AUTHORITY = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/**
 * Reads an uncompressed GS1 Digital Link URI: the primary key furthest to the right, its qualifiers in order, attributes from the query; values decoded and
 * checked by the dictionary. Other query parameters and the fragment say nothing of the thing identified and are dropped.
 *
 * @throws ProtocolError `NOT_A_DIGITAL_LINK` (no http(s) URI, or one that holds no key), `TOO_LONG`, `BAD_ESCAPE`, `UNKNOWN_AI`, `QUALIFIER_MISPLACED` (unknown
 * to its key, out of order, or in the query), `NOT_AN_ATTRIBUTE`, `DUPLICATE_AI`, or what `checkElementString` throws
 */
export function parseDigitalLink(uri: string, permissions: Permissions = {}): DigitalLink {
  if (uri.length > MAX_LINK_LENGTH) throw new ProtocolError('TOO_LONG', `a link has at most ${MAX_LINK_LENGTH} characters`);
  return parseCommonLink(uri) ?? takeApart(uri, permissions);
}

function takeApart(uri: string, permissions: Permissions): DigitalLink {
  const { origin, path, query } = splitUri(uri);
  const segments = path.split('/');
  const start = keyIndex(segments, permissions);
  const elements = readPath(segments, start, permissions);
  const attributes = query === '' ? [] : readQuery(query, permissions);
  checkDuplicates(elements, attributes);
  checkQualifiers(elements);
  checkAttributes(elements, attributes);
  for (const element of elements) checkElementString(element);
  for (const attribute of attributes) checkAttribute(attribute, permissions);
  return { stem: start === 0 ? origin : `${origin}/${segments.slice(0, start).join('/')}`, path: elements, attributes };
}

function splitUri(uri: string): { origin: string; path: string; query: string } {
  const scheme = SCHEMES.find((candidate) => uri.startsWith(candidate));
  if (scheme === undefined || !URI.test(uri)) throw notALink('expected an http or https URI');
  const whole = before(uri, '#');
  const address = before(whole, '?');
  const slash = address.indexOf('/', scheme.length);
  if (slash < 0 || !AUTHORITY.test(address.slice(scheme.length, slash))) throw notALink('expected a host and a path');
  return { origin: address.slice(0, slash), path: address.slice(slash + 1), query: whole.slice(address.length + 1) };
}

function before(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

/** The rightmost pair of segments that is a primary key begins the identifier; what stands before it is the stem. */
function keyIndex(segments: readonly string[], permissions: Permissions): number {
  for (let at = segments.length - 2; at >= 0; at -= 2)
    if (applicationIdentifier(aiOf(segments[at] ?? '', permissions))?.qualifiers !== undefined) return at;
  throw notALink('no primary key in the path');
}

function readPath(segments: readonly string[], start: number, permissions: Permissions): ElementString[] {
  const elements: ElementString[] = [];
  for (let at = start; at < segments.length; at += 2)
    elements.push(readElement(aiOf(segments[at] ?? '', permissions), segments[at + 1] ?? '', permissions));
  return elements;
}

function readQuery(query: string, permissions: Permissions): ElementString[] {
  const elements: ElementString[] = [];
  for (const parameter of query.split('&')) {
    const [, ai, value] = /^(\d+)=(.*)$/.exec(parameter) ?? [];
    // In a query the plus sign is a blank (application/x-www-form-urlencoded), which no value may hold.
    if (ai !== undefined && value !== undefined) elements.push(readElement(ai, value.replaceAll('+', ' '), permissions));
  }
  return elements;
}

function readElement(ai: string, text: string, { zeroSuppressedGtin }: Permissions): ElementString {
  const value = unescapeValue(text);
  const short = zeroSuppressedGtin === true && ai === '01' && /^(?:\d{8}|\d{12,13})$/.test(value);
  return { ai, value: short ? value.padStart(14, '0') : value };
}

function aiOf(segment: string, { shortNames }: Permissions): string {
  return shortNames === true ? (keyOfShortName(segment) ?? segment) : segment;
}

function checkDuplicates(...lists: readonly ElementString[][]): void {
  const seen: string[] = [];
  for (const list of lists) {
    for (const { ai } of list) {
      if (seen.includes(ai)) throw new ProtocolError('DUPLICATE_AI', `(${ai}) is there twice`, { facts: { ai } });
      seen.push(ai);
    }
  }
}

function checkQualifiers(path: readonly ElementString[]): void {
  if (path.length === 1) return;
  const qualifiers = path.slice(1);
  const unknown = qualifiers.find(({ ai }) => applicationIdentifier(ai) === undefined);
  if (unknown !== undefined) checkElementString(unknown);
  const ais = qualifiers.map(({ ai }) => ai);
  if (!sequencesOf(path[0]).some((sequence) => isOrderedSubset(ais, sequence)))
    throw new ProtocolError('QUALIFIER_MISPLACED', `qualifiers ${ais} do not follow (${path[0]?.ai}) in this order`, {
      facts: { ai: ais.join() },
    });
}

/** Attributes must be allowed as such, and none may be there that could have been a qualifier in the path. */
function checkAttributes([key, ...qualifiers]: readonly ElementString[], attributes: readonly ElementString[]): void {
  if (attributes.length === 0) return;
  const inPath = qualifiers.map(({ ai }) => ai);
  const open = sequencesOf(key).filter((sequence) => isOrderedSubset(inPath, sequence));
  for (const { ai } of attributes) {
    const identifier: ApplicationIdentifier | undefined = applicationIdentifier(ai);
    if (open.some((sequence) => sequence.includes(ai)))
      throw new ProtocolError('QUALIFIER_MISPLACED', `(${ai}) belongs into the path`, { facts: { ai } });
    if (identifier?.attribute === false) throw new ProtocolError('NOT_AN_ATTRIBUTE', `(${ai}) may not stand in a query`, { facts: { ai } });
  }
}

function sequencesOf(key: ElementString | undefined): readonly (readonly string[])[] {
  return applicationIdentifier(key?.ai ?? '')?.qualifiers ?? [];
}

function notALink(message: string): ProtocolError {
  return new ProtocolError('NOT_A_DIGITAL_LINK', message);
}
