import type { JsonObject } from '../json/jsonValue.ts';
import { parseJson, type Refusal } from '../json/parseJson.ts';
import type { DeclaredFields } from './examine.ts';

const MAX_DEPTH = 16;

/**
 * Reads what was declared: typed text, to be compared and not to be hashed, so that full-width and invisible characters are let through for `examine` to see past.
 *
 * @throws ProtocolError with a pointer: `JSON_SYNTAX`, `JSON_TOO_DEEP`, `DUPLICATE_NAME`
 */
export function readDeclared(text: string): DeclaredFields {
  return parseJson(text, { maxDepth: MAX_DEPTH, key: onlyOnce }) as DeclaredFields;
}

function onlyOnce(key: string, object: JsonObject): Refusal | undefined {
  return Object.hasOwn(object, key) ? { code: 'DUPLICATE_NAME', message: 'this name occurs twice in its object' } : undefined;
}
