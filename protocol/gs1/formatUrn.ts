import { canonicalId } from './canonicalId.ts';
import { checkDigit } from './checkDigit.ts';
import { BEHIND, type EpcScheme, SCHEMES } from './epcSchemes.ts';
import { tryUnescape } from './escapes.ts';

/** How many of some digits, the first of a key's company prefix and what follows, are the prefix; undefined where that is not known. */
export type CompanyPrefixLength = (digits: string) => number | undefined;

const CANONICAL = /^https:\/\/id\.gs1\.org\/(\d{2,4})\/([^/]+)(?:\/(\d{2,4})\/([^/]+))?$/;
/** Digits of a key whose serial number stands behind it. */
const KEY_DIGITS: ReadonlyMap<string, number> = new Map([
  ['8003', 14],
  ['253', 13],
  ['255', 13],
]);
const PLAIN = /^[!'()*+,\-.0-9:;=A-Za-z_]$/;

/**
 * Writes a GS1 identifier as EPC URN (EPC Tag Data Standard sections 6.3 and 6.4): an instance as `urn:epc:id:`, a lot as `urn:epc:class:lgtin:`, any other class
 * as `urn:epc:idpat:`. Undefined where it cannot be: no GS1 identifier, a key without URN, a company prefix of unknown length, or a check digit that is wrong, which
 * a URN could not tell.
 *
 * @example
 * formatUrn('https://example.com/01/04012345123456/21/S1', () => 7); // 'urn:epc:id:sgtin:4012345.012345.S1'
 */
export function formatUrn(uri: string, lengthOf: CompanyPrefixLength): string | undefined {
  const [, key = '', escaped = '', qualifier, escapedQualifier = ''] = CANONICAL.exec(canonicalId(uri) ?? '') ?? [];
  const value = tryUnescape(escaped);
  const serial = qualifier === undefined ? undefined : tryUnescape(escapedQualifier);
  if (value === undefined) return undefined;
  const behind = KEY_DIGITS.get(key);
  const [whole, tail] = behind === undefined ? [value, serial] : [value.slice(0, behind), value.slice(behind) || undefined];
  const [name, scheme] = schemeOf(key, behind === undefined ? qualifier : tail === undefined ? undefined : BEHIND) ?? [];
  const body = scheme === undefined ? undefined : bodyOf(scheme, whole, lengthOf);
  return body === undefined ? undefined : `urn:epc:${name}:${body}${endOf(name ?? '', tail)}`;
}

function schemeOf(key: string, serial: string | undefined): [string, EpcScheme] | undefined {
  const fitting = [...SCHEMES].filter(([, scheme]) => scheme.key === key);
  // A location without extension has 0 for it.
  return fitting.find(([name, scheme]) => scheme.serial === serial || (name === 'id:sgln' && serial === undefined));
}

function bodyOf(scheme: EpcScheme, value: string, lengthOf: CompanyPrefixLength): string | undefined {
  if (scheme.digits === undefined) return split(value, lengthOf, '', escapeComponent);
  const first = scheme.leading === true || scheme.padded === true ? 1 : 0;
  const digits = value.slice(0, first + scheme.digits - (scheme.leading === true ? 1 : 0));
  const checked = value.slice(0, digits.length + 1);
  if (checked !== digits + checkDigit(digits)) return undefined;
  const pieces = scheme.pieces === true ? `.${value.slice(-4, -2)}.${value.slice(-2)}` : '';
  const body = split(digits.slice(first), lengthOf, scheme.leading === true ? digits.slice(0, 1) : '', (text) => text);
  return body === undefined ? undefined : body + pieces;
}

function split(digits: string, lengthOf: CompanyPrefixLength, leading: string, write: (text: string) => string): string | undefined {
  const length = lengthOf(digits);
  if (length === undefined || length > digits.length) return undefined;
  return `${digits.slice(0, length)}.${leading}${write(digits.slice(length))}`;
}

function endOf(name: string, serial: string | undefined): string {
  if (name.startsWith('idpat:')) return '.*';
  if (serial !== undefined) return `.${escapeComponent(serial)}`;
  return name === 'id:sgln' ? '.0' : '';
}

function escapeComponent(text: string): string {
  return Array.from(text, (character) => (PLAIN.test(character) ? character : encodeURIComponent(character))).join('');
}
