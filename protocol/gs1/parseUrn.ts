import { checkDigit } from './checkDigit.ts';
import type { ElementString } from './elementString.ts';
import { BEHIND, type EpcScheme, SCHEMES } from './epcSchemes.ts';
import { tryUnescape } from './escapes.ts';

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

function readParts(scheme: EpcScheme, prefix: string, rest: string): ElementString[] | undefined {
  // Parts are cut from the left, as the serial number may hold full stops.
  const end = scheme.serial === undefined && scheme.pieces !== true ? rest.length : rest.indexOf('.');
  const body = end < 0 ? undefined : keyBody(scheme, prefix, rest.slice(0, end));
  if (body === undefined) return undefined;
  if (scheme.pieces === true) return readPieces(scheme, body, rest.slice(end + 1));
  return readSerial(scheme, body, rest.slice(end + 1));
}

function readPieces(scheme: EpcScheme, body: string, rest: string): ElementString[] | undefined {
  const [piece = '', total = ''] = [rest.slice(0, 2), rest.slice(3, 5)];
  const separated = rest.charAt(2) === '.' && rest.charAt(5) === (scheme.serial === undefined ? '' : '.');
  return separated && PIECE.test(piece) && PIECE.test(total) ? readSerial(scheme, body + piece + total, rest.slice(6)) : undefined;
}

function readSerial({ key, serial }: EpcScheme, body: string, text: string): ElementString[] | undefined {
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

function keyBody({ digits, leading, padded }: EpcScheme, prefix: string, reference: string): string | undefined {
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
