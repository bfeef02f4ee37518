import { applicationIdentifier } from './dictionary.ts';
import type { ElementString } from './elementString.ts';
import { tryUnescape } from './escapes.ts';
import { isOrderedSubset } from './orderedSubset.ts';
import { keyOfShortName } from './shortNames.ts';

/** The keys that the rules of the event hash name, with the qualifiers that identify more finely, best first; other keys keep their text. */
const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['00', []],
  ['01', ['21', '235', '10']],
  ['253', []],
  ['255', []],
  ['401', []],
  ['402', []],
  ['414', ['254']],
  ['417', []],
  ['8003', []],
  ['8004', []],
  ['8006', ['21', '10']],
  ['8010', ['8011']],
  ['8017', []],
  ['8018', []],
]);
/** A variant (22) identifies no more finely: it may be there and is dropped. */
const VARIANT = '22';

/**
 * The key of a Digital Link of any domain and the qualifiers that identify more finely, the finest first, decoded; undefined where the link has no key, or has
 * qualifiers that the rules do not know. Lengths and characters of values are left to the caller.
 */
export function canonicalPath(uri: string): [key: ElementString, ...qualifiers: ElementString[]] | undefined {
  const segments = pathOf(uri)?.split('/') ?? [];
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const key = aiOf(segments[at] ?? '');
    const finer = KEYS.get(key);
    if (finer !== undefined) return readPath(key, finer, segments, at);
  }
  return undefined;
}

function pathOf(uri: string): string | undefined {
  const host = uri.startsWith('https://') ? 8 : uri.startsWith('http://') ? 7 : uri.length;
  const end = uri.search(/[?#]/);
  const whole = end < 0 ? uri : uri.slice(0, end);
  const slash = whole.indexOf('/', host);
  return slash > host ? whole.slice(slash + 1) : undefined;
}

function readPath(
  key: string,
  finer: readonly string[],
  segments: readonly string[],
  start: number,
): [ElementString, ...ElementString[]] | undefined {
  const value = tryUnescape(segments[start + 1] ?? '');
  // A GS1 company prefix stands at the beginning of every key, so that no ordinary web address is taken for one.
  if (value === undefined || !/^\d{4}./.test(value)) return undefined;
  const head = { ai: key, value: key === '01' ? padGtin(value) : value };
  if (start + 2 === segments.length) return [head];
  const qualifiers = new Map<string, string>();
  for (let at = start + 2; at < segments.length; at += 2)
    qualifiers.set(aiOf(segments[at] ?? ''), tryUnescape(segments[at + 1] ?? '') ?? '');
  if (!isInOrder(key, [...qualifiers.keys()], finer)) return undefined;
  return [head, ...finer.filter((ai) => qualifiers.has(ai)).map((ai) => ({ ai, value: qualifiers.get(ai) ?? '' }))];
}

function isInOrder(key: string, ais: readonly string[], finer: readonly string[]): boolean {
  if (!ais.every((ai) => ai === VARIANT || finer.includes(ai))) return false;
  return (applicationIdentifier(key)?.qualifiers ?? []).some((sequence) => isOrderedSubset(ais, sequence));
}

function padGtin(value: string): string {
  return value.length < 14 && /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value;
}

function aiOf(segment: string): string {
  return segment.charCodeAt(0) >= 0x61 ? (keyOfShortName(segment) ?? segment) : segment;
}
