import { isWellFormed } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import type { JsonValue } from './jsonValue.ts';

/**
 * Writes a JSON value in the JSON Canonicalization Scheme (RFC 8785): no white space, names in the order of their UTF-16 code units, ECMAScript's own
 * forms of numbers and texts.
 *
 * @throws ProtocolError `LONE_SURROGATE`, `NOT_JSON`: the value is, or holds, what JSON cannot say
 */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'object' && value !== null) {
    // Array.prototype.sort without a comparator compares UTF-16 code units, as RFC 8785 section 3.2.3 asks.
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${canonicalText(name)}:${canonicalJson(value[name] as JsonValue)}`).join(',')}}`;
  }
  if (typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean' || value === null) return JSON.stringify(value);
  throw new ProtocolError('NOT_JSON', `JSON cannot say ${String(value)}`);
}

function canonicalText(text: string): string {
  // RFC 8785 section 3.2.2.2: half surrogates have no UTF-8 form, and JSON.stringify would silently escape them.
  if (!isWellFormed(text)) throw new ProtocolError('LONE_SURROGATE', 'text holds half of a surrogate pair');
  return JSON.stringify(text);
}
