import { canonicalId } from '../../gs1/canonicalId.ts';

/** Ends the name under which `keyOfPattern` is told. */
export const PATTERN = '~';

/** How a scheme of EPC patterns writes its key: Digital Link keys and qualifiers, and what stands before the company prefix in the key. */
interface PatternScheme {
  /** Start of the terms of instances, such as `01/21:`. */
  readonly tag: string;
  /** Characters before the company prefix. */
  readonly before: number;
  /** Digits of the key that patterns can give; the serial number behind is left out of terms. Absent: the key is of any length. */
  readonly digits?: number;
}

const SCHEMES: ReadonlyMap<string, PatternScheme> = new Map([
  ['sgtin', { tag: '01/21:', before: 1, digits: 14 }],
  ['upui', { tag: '01/235:', before: 1, digits: 14 }],
  ['itip', { tag: '8006/21:', before: 1, digits: 18 }],
  ['sscc', { tag: '00:', before: 1, digits: 18 }],
  ['sgln', { tag: '414:', before: 0, digits: 13 }],
  ['pgln', { tag: '417:', before: 0, digits: 13 }],
  ['grai', { tag: '8003:', before: 1, digits: 14 }],
  ['gdti', { tag: '253:', before: 0, digits: 13 }],
  ['sgcn', { tag: '255:', before: 0, digits: 13 }],
  ['gsrn', { tag: '8018:', before: 0, digits: 18 }],
  ['gsrnp', { tag: '8017:', before: 0, digits: 18 }],
  ['gsin', { tag: '402:', before: 0, digits: 17 }],
  ['giai', { tag: '8004:', before: 0 }],
  ['ginc', { tag: '401:', before: 0 }],
  ['cpi', { tag: '8010/8011:', before: 0 }],
]);
const BY_KEY: ReadonlyMap<string, PatternScheme> = new Map([...SCHEMES.values()].map((scheme) => [scheme.tag.slice(0, -1), scheme]));

const CANONICAL = /^https:\/\/id\.gs1\.org\/(\d{2,4})\/([^/]+)(?:\/(\d{2,4})\/.+)?$/;
const PATTERN_URN = /^urn:epc:idpat:([a-z]+):(.+)$/;
const CLASS = /^https:\/\/id\.gs1\.org\/(01|8006)\/(\d{14}|\d{18})$/;
/** Greater than every character of such a term. */
const LAST = '\uffff';

/**
 * The key of a canonical identifier with its company prefix in front and without its serial number, under which patterns find it; undefined where it has no
 * scheme of patterns.
 *
 * @example
 * keyOfPattern('https://id.gs1.org/01/04012345123456/21/S1'); // '01/21:40123451234560'
 */
export function keyOfPattern(id: string): string | undefined {
  const [, key, value, qualifier] = CANONICAL.exec(id) ?? [];
  if (key === undefined || value === undefined) return undefined;
  const plain = qualifier === undefined || key === '414' ? key : `${key}/${qualifier}`;
  const scheme = BY_KEY.get(plain);
  if (scheme === undefined) return plain === '01' || plain === '8006' ? `${plain}:${companyFirst(value, 1, undefined)}` : undefined;
  return scheme.tag + companyFirst(value, scheme.before, scheme.digits);
}

/** What a pattern stands for among the terms of `keyOfPattern`: one key, or all from `from` on and before `before`. */
export type PatternTerms = { readonly key: string } | { readonly from: string; readonly before: string };

/**
 * Reads a pattern of EPCs (`urn:epc:idpat:…`): all of one company, or all of one key. A class of goods written as Digital Link stands for its instances as its
 * pattern does. Undefined: it stands for itself alone.
 *
 * @param classes whether classes are looked for (`…EPCClass`), not instances
 */
export function patternTerms(text: string, classes: boolean): PatternTerms | undefined {
  const [, name, body = ''] = PATTERN_URN.exec(text) ?? [];
  if (name === undefined) return classes ? undefined : instancesOf(canonicalId(text));
  const scheme = SCHEMES.get(name);
  const [company = '', ...rest] = body.split('.');
  if (scheme === undefined || !/^\d{6,12}$/.test(company)) return undefined;
  const tag = classes ? scheme.tag.replace(/\/\d+:$/, ':') : scheme.tag;
  if (rest.length > 0 && rest.every((part) => part === '*')) return { from: tag + company, before: tag + company + LAST };
  const [, , value] = CANONICAL.exec(canonicalId(name === 'sgln' ? aLocation(body) : text) ?? '') ?? [];
  return value === undefined || rest.at(-1) !== '*' ? undefined : { key: tag + companyFirst(value, scheme.before, scheme.digits) };
}

function instancesOf(canonical: string | undefined): PatternTerms | undefined {
  const [, key, value] = CLASS.exec(canonical ?? '') ?? [];
  return key === undefined || value === undefined ? undefined : { key: `${key}/21:${companyFirst(value, 1, undefined)}` };
}

/** Patterns of locations have no canonical form of their own: that of the location without extension stands for them. */
function aLocation(body: string): string {
  return `urn:epc:id:sgln:${body.replace(/\*$/, '0')}`;
}

function companyFirst(value: string, before: number, digits: number | undefined): string {
  const key = digits === undefined ? value : value.slice(0, digits);
  return key.slice(before) + key.slice(0, before);
}
