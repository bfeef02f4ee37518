import { checkDigit } from './checkDigit.ts';
import type { ElementString } from './elementString.ts';
import { tryUnescape } from './escapes.ts';

/** How the parts of an EPC URN become a key: GS1 EPC Tag Data Standard, sections 6.3 and 6.4. */
interface Scheme {
  readonly key: string;
  /** Digits of company prefix and reference together. Absent: the reference is free text, and there is no check digit. */
  readonly digits?: number;
  /** The reference's first digit goes before the company prefix (indicator or extension digit). */
  readonly leading?: boolean;
  /** A zero goes before the company prefix. */
  readonly padded?: boolean;
  /** Numbers of piece and total, two digits each, stand between reference and serial number. */
  readonly pieces?: boolean;
  /** Where the serial number goes: to a qualifier, or behind the key. Absent: there is none. */
  readonly serial?: string;
}

const BEHIND = 'behind the key';

/** Schemes that `urn:epc:idpat:` gives too, with `*` for the serial number. */
const WITH_PATTERN: readonly (readonly [string, Scheme])[] = [
  ['sgtin', { key: '01', digits: 13, leading: true, serial: '21' }],
  ['upui', { key: '01', digits: 13, leading: true, serial: '235' }],
  ['itip', { key: '8006', digits: 13, leading: true, pieces: true, serial: '21' }],
  ['grai', { key: '8003', digits: 12, padded: true, serial: BEHIND }],
  ['gdti', { key: '253', digits: 12, serial: BEHIND }],
  ['sgcn', { key: '255', digits: 12, serial: BEHIND }],
  ['cpi', { key: '8010', serial: '8011' }],
];

const WITHOUT_PATTERN: readonly (readonly [string, Scheme])[] = [
  ['id:sscc', { key: '00', digits: 17, leading: true }],
  ['id:sgln', { key: '414', digits: 12, serial: '254' }],
  ['id:pgln', { key: '417', digits: 12 }],
  ['id:gsrn', { key: '8018', digits: 17 }],
  ['id:gsrnp', { key: '8017', digits: 17 }],
  ['id:gsin', { key: '402', digits: 16 }],
  ['id:giai', { key: '8004' }],
  ['id:ginc', { key: '401' }],
  ['class:lgtin', { key: '01', digits: 13, leading: true, serial: '10' }],
];

const SCHEMES: ReadonlyMap<string, Scheme> = new Map([
  ...WITHOUT_PATTERN,
  ...WITH_PATTERN.map(([name, scheme]) => [`id:${name}`, scheme] as const),
  // A pattern identifies as the URN does that ends before its serial number.
  ...WITH_PATTERN.map(([name, { serial: _, ...scheme }]) => [`idpat:${name}`, scheme] as const),
]);

const PREFIX = /^\d{6,12}$/;
const DIGITS = /^\d*$/;
const PIECE = /^\d\d$/;
// What stands unescaped in a URN, and escapes (EPC Tag Data Standard, grammar GS3A3Component).
const COMPONENT = /^[!'()*+,\-.0-9:;=A-Za-z_%]+$/;
const START = 'urn:epc:'.length;

/**
 * Reads an EPC URN, class URN or pattern URN as the key that it stands for and its qualifier, with the check digit computed; undefined where it is none of
 * those that have a GS1 key. Lengths and characters of values are left to the caller.
 */
export function parseUrn(urn: string): ElementString[] | undefined {
  const colon = urn.indexOf(':', urn.indexOf(':', START) + 1);
  const name = urn.slice(START, colon);
  const scheme = SCHEMES.get(name);
  const dot = urn.indexOf('.', colon);
  const prefix = urn.slice(colon + 1, dot);
  if (scheme === undefined || dot < 0 || !PREFIX.test(prefix)) return undefined;
  const rest = urn.slice(dot + 1);
  if (!name.startsWith('idpat')) return readParts(scheme, prefix, rest);
  return rest.endsWith('.*') ? readParts(scheme, prefix, rest.slice(0, -2)) : undefined;
}

function readParts(scheme: Scheme, prefix: string, rest: string): ElementString[] | undefined {
  // Parts are cut from the left, as the serial number may hold full stops.
  const end = scheme.serial === undefined && scheme.pieces !== true ? rest.length : rest.indexOf('.');
  const body = end < 0 ? undefined : keyBody(scheme, prefix, rest.slice(0, end));
  if (body === undefined) return undefined;
  if (scheme.pieces === true) return readPieces(scheme, body, rest.slice(end + 1));
  return readSerial(scheme, body, rest.slice(end + 1));
}

function readPieces(scheme: Scheme, body: string, rest: string): ElementString[] | undefined {
  const [piece = '', total = ''] = [rest.slice(0, 2), rest.slice(3, 5)];
  const separated = rest.charAt(2) === '.' && rest.charAt(5) === (scheme.serial === undefined ? '' : '.');
  return separated && PIECE.test(piece) && PIECE.test(total) ? readSerial(scheme, body + piece + total, rest.slice(6)) : undefined;
}

function readSerial({ key, serial }: Scheme, body: string, text: string): ElementString[] | undefined {
  if (serial === undefined) return [{ ai: key, value: body }];
  const value = readComponent(text);
  if (value === undefined) return undefined;
  if (serial === BEHIND) return [{ ai: key, value: body + value }];
  // An extension of 0 says that there is none (EPC Tag Data Standard, SGLN).
  return serial === '254' && value === '0'
    ? [{ ai: key, value: body }]
    : [
        { ai: key, value: body },
        { ai: serial, value },
      ];
}

function keyBody({ digits, leading, padded }: Scheme, prefix: string, reference: string): string | undefined {
  if (digits === undefined) {
    const text = readComponent(reference);
    return text === undefined ? undefined : prefix + text;
  }
  if (prefix.length + reference.length !== digits || !DIGITS.test(reference)) return undefined;
  const body = leading === true ? reference.slice(0, 1) + prefix + reference.slice(1) : (padded === true ? '0' : '') + prefix + reference;
  return body + checkDigit(body);
}

function readComponent(text: string): string | undefined {
  return COMPONENT.test(text) ? tryUnescape(text) : undefined;
}
