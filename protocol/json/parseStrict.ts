import { fromUtf8 } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import type { JsonObject, JsonValue } from './jsonValue.ts';
import { numberRule } from './numberRule.ts';
import { type JsonRules, parseJson, type Refusal } from './parseJson.ts';
import { nameRule, textRule } from './textRule.ts';

/** Limits of one document. */
export interface JsonLimits {
  /** Greatest length, in bytes of UTF-8 or in UTF-16 units of a text. */
  maxLength: number;
  /** Greatest depth of nested arrays and objects. */
  maxDepth: number;
}

/** The limits that hold where a caller sets none. */
const JSON_LIMITS: JsonLimits = { maxLength: 64 * 1024 * 1024, maxDepth: 64 };

const BYTE_ORDER_MARK = 0xfeff;

/**
 * Parses a document that is to be hashed, signed or judged. Beyond RFC 8259 it refuses whatever two readers could read differently: names that occur twice,
 * numbers that cannot be kept exactly, half surrogates, invisible characters, unnormalised text, dates that do not exist (see `numberRule`, `textRule`).
 *
 * @throws ProtocolError with the pointer of the field: `JSON_TOO_LARGE`, `NOT_UTF8`, `BYTE_ORDER_MARK`, `JSON_SYNTAX`, `JSON_TOO_DEEP`, `NO_STRUCTURE`,
 * `DUPLICATE_NAME`, `FORBIDDEN_NAME`, `UNSAFE_INTEGER`, `INEXACT_NUMBER`, `LONE_SURROGATE`, `CONTROL_CHARACTER`, `NONCHARACTER`, `BIDI_CONTROL`,
 * `INVISIBLE_CHARACTER`, `TOO_MANY_MARKS`, `NOT_NORMALIZED`, `NOT_ASCII_DIGITS`, `NO_SUCH_DATE`, `NO_SUCH_TIME`, `NO_TIME_OFFSET`
 *
 * @example
 * parseStrict('{"gtin":"06901234000016","gtin":"x"}'); // throws DUPLICATE_NAME at "/gtin"
 */
export function parseStrict(input: string | Uint8Array, limits: Partial<JsonLimits> = {}): JsonValue {
  const { maxLength, maxDepth } = { ...JSON_LIMITS, ...limits };
  if (input.length > maxLength)
    throw new ProtocolError('JSON_TOO_LARGE', `longer than ${maxLength}`, { pointer: '', facts: { length: input.length } });
  const text = typeof input === 'string' ? input : fromUtf8(input);
  // RFC 8259 section 8.1 lets parsers ignore the mark; signed bytes must not carry something that some see and others do not.
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) throw new ProtocolError('BYTE_ORDER_MARK', 'begins with a byte order mark', { pointer: '' });
  const value = parseJson(text, { ...RULES, maxDepth });
  if (typeof value !== 'object' || value === null)
    throw new ProtocolError('NO_STRUCTURE', 'a document is an object or an array', { pointer: '' });
  return value;
}

const RULES: Omit<JsonRules, 'maxDepth'> = { key: keyRule, text: textRule, number: numberRule };

function keyRule(key: string, object: JsonObject): Refusal | undefined {
  if (Object.hasOwn(object, key)) return { code: 'DUPLICATE_NAME', message: 'this name occurs twice in its object' };
  if (key === '__proto__')
    return { code: 'FORBIDDEN_NAME', message: 'this name is not allowed, as it would change objects of careless readers' };
  return nameRule(key);
}
