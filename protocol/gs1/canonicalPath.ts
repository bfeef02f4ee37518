import { applicationIdentifier } from './dictionary.ts';
import type { ElementString } from './elementString.ts';
import { tryUnescape } from './escapes.ts';
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
 * The key of a Digital Link of any domain and its finest qualifier, decoded; undefined where the link has none, or has qualifiers that the rules do not know.
 * Lengths and characters of values are left to the caller.
 */
export function canonicalPath(uri: string): ElementString[] | undefined {
  const segments = pathOf(uri)?.split('/') ?? [];
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const key = aiOf(segments[at] ?? '');
    const finest = KEYS.get(key);
    if (finest !== undefined) return readPath(key, finest, segments, at);
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

function readPath(key: string, finest: readonly string[], segments: readonly string[], start: number): ElementString[] | undefined {
  const value = tryUnescape(segments[start + 1] ?? '');
  // A GS1 company prefix stands at the beginning of every key, so that no ordinary web address is taken for one.
  if (value === undefined || !/^\d{4}./.test(value)) return undefined;
  const head = { ai: key, value: key === '01' ? padGtin(value) : value };
  if (start + 2 === segments.length) return [head];
  const ais: string[] = [];
  let best: ElementString | undefined;
  for (let at = start + 2; at < segments.length; at += 2) {
    const ai = aiOf(segments[at] ?? '');
    const qualifier = tryUnescape(segments[at + 1] ?? '');
    if (!qualifier || (ai !== VARIANT && !finest.includes(ai))) return undefined;
    ais.push(ai);
    if (ai !== VARIANT && (best === undefined || finest.indexOf(ai) < finest.indexOf(best.ai))) best = { ai, value: qualifier };
  }
  if (!isInOrder(key, ais)) return undefined;
  return best === undefined ? [head] : [head, best];
}

function isInOrder(key: string, ais: readonly string[]): boolean {
  const sequences = applicationIdentifier(key)?.qualifiers ?? [];
  return sequences.some((sequence) => {
    let from = 0;
    return ais.every((ai) => {
      from = sequence.indexOf(ai, from) + 1;
      return from > 0;
    });
  });
}

function padGtin(value: string): string {
  return value.length < 14 && /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value;
}

function aiOf(segment: string): string {
  return segment.charCodeAt(0) >= 0x61 ? (keyOfShortName(segment) ?? segment) : segment;
}
