import { type Hex, toHex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { sha256 } from '../hash/sha256.ts';
import { canonicalJson } from '../json/canonicalJson.ts';
import type { JsonObject } from '../json/jsonValue.ts';

/**
 * SHA-256 of the RFC 8785 form of an event's `errorDeclaration`; undefined where it has none. The event hash leaves declarations out, so an event and its
 * declaration in error hash alike, and only both values together say which of them is meant.
 *
 * @throws ProtocolError `LONE_SURROGATE`
 */
export function declarationHash({ errorDeclaration }: JsonObject): Hex | undefined {
  if (errorDeclaration === undefined || errorDeclaration === null) return undefined;
  return toHex(sha256(toUtf8(canonicalJson(errorDeclaration))));
}
