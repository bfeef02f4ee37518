import { checkDigit } from './checkDigit.ts';
import { applicationIdentifier } from './dictionary.ts';
import type { ElementString } from './elementString.ts';
import { unescapeValue } from './escapes.ts';
import { CANONICAL_STEM, formatPath } from './formatDigitalLink.ts';
import { keyOfShortName } from './shortNames.ts';

/**
 * The one spelling of a GS1 identifier (CBV 2.0 section 8.9, the rules of the event hash): EPC URN, EPC class, EPC pattern or Digital Link of any domain in,
 * canonical Digital Link of its finest key out, `https://id.gs1.org/01/…/21/…`; qualifiers that the finer one makes needless, attributes and query are dropped.
 * Undefined: not a GS1 identifier, leave the text as it is.
 *
 * Check digits are computed for URNs and not judged in links: what a partner captured must keep its identity even if it was mistyped. `parseDigitalLink` judges.
 *
 * @example
 * canonicalId('urn:epc:class:lgtin:4012345.012345.Lot987'); // 'https://id.gs1.org/01/04012345123456/10/Lot987'
 */
export function canonicalId(uri: string): string | undefined {
  const path = uri.startsWith('urn:epc:') ? readUrn(uri) : uri.startsWith('http') ? readLink(uri) : undefined;
  if (path === undefined || !path.every(({ ai, value }) => applicationIdentifier(ai)?.pattern.test(value))) return undefined;
  return CANONICAL_STEM + formatPath(path);
}

/** How the parts of an EPC URN become a key: GS1 EPC Tag Data Standard, section 6.3 and 6.4. */
interface UrnScheme {
  readonly key: string;
  /** Digits of company prefix and reference together. Absent: the reference is free text, and there is no check digit. */
  readonly digits?: number;
  /** The reference's first digit goes before the company prefix (indicator or extension digit). */
  readonly leading?: boolean;
  /** A zero goes before the company prefix. */
  readonly padded?: boolean;
  /** The parts after the reference: numbers of piece and total, two digits each. */
  readonly pieces?: boolean;
  /** Where the last part goes: to a qualifier, or behind the key. Absent: there is none. */
  readonly serial?: string;
  /** Whether `urn:epc:idpat:` may give the scheme with `*` for a serial number. */
  readonly pattern?: boolean;
}

const BEHIND = 'behind the key';
const NAMESPACES: Readonly<Record<string, Readonly<Record<string, UrnScheme>>>> = {
  id: {
    sgtin: { key: '01', digits: 13, leading: true, serial: '21', pattern: true },
    upui: { key: '01', digits: 13, leading: true, serial: '235', pattern: true },
    itip: { key: '8006', digits: 13, leading: true, pieces: true, serial: '21', pattern: true },
    sscc: { key: '00', digits: 17, leading: true },
    sgln: { key: '414', digits: 12, serial: '254' },
    pgln: { key: '417', digits: 12 },
    grai: { key: '8003', digits: 12, padded: true, serial: BEHIND, pattern: true },
    gdti: { key: '253', digits: 12, serial: BEHIND, pattern: true },
    sgcn: { key: '255', digits: 12, serial: BEHIND, pattern: true },
    gsrn: { key: '8018', digits: 17 },
    gsrnp: { key: '8017', digits: 17 },
    gsin: { key: '402', digits: 16 },
    giai: { key: '8004' },
    ginc: { key: '401' },
    cpi: { key: '8010', serial: '8011', pattern: true },
  },
  class: {
    lgtin: { key: '01', digits: 13, leading: true, serial: '10' },
  },
};
const URN = /^urn:epc:(id|class|idpat):([a-z]+):(\d{6,12})\.(.*)$/;
// What a URN may hold unescaped besides escapes (EPC Tag Data Standard, grammar GS3A3Component).
const COMPONENT = /^[!'()*+,\-.0-9:;=A-Za-z_%]+$/;

function readUrn(urn: string): ElementString[] | undefined {
  const [, namespace, name = '', prefix = '', rest = ''] = URN.exec(urn) ?? [];
  const isPattern = namespace === 'idpat';
  const schemes = NAMESPACES[isPattern ? 'id' : (namespace ?? '')];
  const scheme = schemes !== undefined && Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme === undefined || (isPattern && (scheme.pattern !== true || !rest.endsWith('.*')))) return undefined;
  const parts = splitParts(isPattern ? rest.slice(0, -2) : rest, scheme, isPattern);
  return parts && assemble(scheme, prefix, parts);
}

interface UrnParts {
  reference: string;
  pieces: string;
  serial?: string;
}

/** The serial number may hold full stops, so parts are cut from the left. */
function splitParts(rest: string, scheme: UrnScheme, isPattern: boolean): UrnParts | undefined {
  const cuts = scheme.pieces === true ? 3 : 1;
  const fields = scheme.serial === undefined ? [rest] : rest.split('.');
  if (scheme.serial === undefined || isPattern) {
    if (fields.length !== (isPattern ? cuts : 1)) return undefined;
  } else if (fields.length <= cuts) return undefined;
  const [reference = '', ...others] = fields.slice(0, cuts);
  if (!others.every((piece) => /^\d\d$/.test(piece))) return undefined;
  if (scheme.serial === undefined || isPattern) return { reference, pieces: others.join('') };
  return { reference, pieces: others.join(''), serial: fields.slice(cuts).join('.') };
}

function assemble(scheme: UrnScheme, prefix: string, { reference, pieces, serial }: UrnParts): ElementString[] | undefined {
  const body = keyBody(scheme, prefix, reference);
  const tail = serial === undefined ? '' : unescapeComponent(serial);
  if (body === undefined || tail === undefined) return undefined;
  const key = { ai: scheme.key, value: `${body}${pieces}${scheme.serial === BEHIND ? tail : ''}` };
  // An extension of 0 says that there is none (EPC Tag Data Standard, SGLN).
  const none = serial === undefined || scheme.serial === undefined || scheme.serial === BEHIND || (scheme.serial === '254' && tail === '0');
  return none ? [key] : [key, { ai: scheme.serial ?? '', value: tail }];
}

function keyBody({ digits, leading, padded }: UrnScheme, prefix: string, reference: string): string | undefined {
  if (digits === undefined) {
    const text = unescapeComponent(reference);
    return text && prefix + text;
  }
  if (prefix.length + reference.length !== digits || !/^\d*$/.test(reference)) return undefined;
  const body = leading === true ? reference.slice(0, 1) + prefix + reference.slice(1) : (padded === true ? '0' : '') + prefix + reference;
  return body + checkDigit(body);
}

function unescapeComponent(text: string): string | undefined {
  return COMPONENT.test(text) ? tryUnescape(text) : undefined;
}

const LINK = /^https?:\/\/[^/?#]+\/([^?#]*)/;

/** The qualifiers that identify more finely, best first; 22 (variant) does not (CBV 2.0: the lowest level of identification). */
const FINEST: Readonly<Record<string, readonly string[]>> = {
  '01': ['21', '235', '10'],
  '8006': ['21', '10'],
  '414': ['254'],
  '8010': ['8011'],
};
/** Keys that the rules of the event hash name; others keep their text. */
const KEYS = new Set('00,01,253,255,401,402,414,417,8003,8004,8006,8010,8017,8018'.split(','));

function readLink(uri: string): ElementString[] | undefined {
  const segments = LINK.exec(uri)?.[1]?.split('/') ?? [];
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const ai = aiOf(segments[at] ?? '');
    if (KEYS.has(ai)) return readPath(ai, segments.slice(at));
  }
  return undefined;
}

function readPath(key: string, segments: readonly string[]): ElementString[] | undefined {
  const elements = new Map<string, string>();
  for (let at = 0; at < segments.length; at += 2) {
    const value = tryUnescape(segments[at + 1] ?? '');
    if (value === undefined) return undefined;
    elements.set(aiOf(segments[at] ?? ''), value);
  }
  const [, ...qualifiers] = elements.keys();
  const value = elements.get(key) ?? '';
  // A GS1 company prefix stands at the beginning of every key, so that no ordinary web address is taken for one.
  if (!/^\d{4}./.test(value) || !isKnownSequence(key, qualifiers) || elements.size * 2 !== segments.length) return undefined;
  const finest = FINEST[key]?.find((ai) => elements.has(ai));
  const head = { ai: key, value: key === '01' ? padGtin(value) : value };
  return finest === undefined ? [head] : [head, { ai: finest, value: elements.get(finest) ?? '' }];
}

/** Whether the qualifiers are known to the key, in order, and none of them (7040, 8019, 8020) makes a key that the rules do not name. */
function isKnownSequence(key: string, qualifiers: readonly string[]): boolean {
  return (applicationIdentifier(key)?.qualifiers ?? []).concat([[]]).some((sequence) => {
    let from = 0;
    return qualifiers.every((ai) => {
      from = sequence.indexOf(ai, from) + 1;
      return from > 0 && (ai === '22' || FINEST[key]?.includes(ai) === true);
    });
  });
}

function padGtin(value: string): string {
  return /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value;
}

function aiOf(segment: string): string {
  return keyOfShortName(segment) ?? segment;
}

function tryUnescape(text: string): string | undefined {
  try {
    return unescapeValue(text);
  } catch {
    return undefined;
  }
}
