import { type Hex, toHex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { sha256 } from '../hash/sha256.ts';
import { canonicalJson } from '../json/canonicalJson.ts';
import type { JsonValue } from '../json/jsonValue.ts';

/**
 * SHA-256 of the RFC 8785 form of an event, or of a part of one: every member and its spelling counts, only white space, the order of members and the writing
 * of numbers and escapes do not. The event hash of CBV 2.0 leaves members out and joins the others without separators, so it cannot say what stood in an event.
 *
 * @throws ProtocolError `LONE_SURROGATE`, `NOT_JSON`
 */
export function contentDigest(content: JsonValue): Hex {
  return toHex(sha256(toUtf8(canonicalJson(content))));
}
