import { ProtocolError } from '../errors.ts';

// What a path segment of a Digital Link must escape, of sets 82 and 39 (GS1 Digital Link URI syntax, table of reserved characters; RFC 3986 section 2).
const RESERVED = /[^\w\-.'=;]/;
const ALL_RESERVED = new RegExp(RESERVED, 'g');

/** Writes a value for the path or the query of a Digital Link: escapes in upper case, and no more of them than needed, so that one value has one spelling. */
export function escapeValue(value: string): string {
  return RESERVED.test(value) ? value.replace(ALL_RESERVED, encodeCharacter) : value;
}

/**
 * Reads the percent escapes of a path segment, in either case.
 *
 * @throws ProtocolError `BAD_ESCAPE`: not two hex digits, or not UTF-8
 */
export function unescapeValue(text: string): string {
  const value = tryUnescape(text);
  if (value === undefined) throw new ProtocolError('BAD_ESCAPE', 'percent escapes are not UTF-8', { facts: { text } });
  return value;
}

/** The same; undefined where the escapes are bad. */
export function tryUnescape(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
