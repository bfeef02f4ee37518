import type { Hex } from '../encoding/hex.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { contentDigest } from './contentDigest.ts';

/**
 * SHA-256 of the RFC 8785 form of an event's `errorDeclaration`; undefined where it has none. The event hash leaves declarations out, so an event and its
 * declaration in error hash alike, and only both values together say which of them is meant.
 *
 * @throws ProtocolError `LONE_SURROGATE`
 */
export function declarationHash({ errorDeclaration }: JsonObject): Hex | undefined {
  if (errorDeclaration === undefined || errorDeclaration === null) return undefined;
  return contentDigest(errorDeclaration);
}
