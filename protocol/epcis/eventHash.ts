import { toHex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { sha256 } from '../hash/sha256.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { type EventContext, STANDARD_CONTEXT } from './eventContext.ts';
import { preHash } from './preHash.ts';

/**
 * The event hash of CBV 2.0 (section 8.9) as a URI: `ni:///sha-256;<64 hex digits>?ver=CBV2.0`. Events that say the same hash alike: order of members and lists,
 * spelling of identifiers, vocabulary, numbers and instants are immaterial.
 *
 * @param event an event of a document that `validateDocument` accepts; it may carry its own `@context`
 * @param context of its document, from `eventsOf`; by default the prefixes of the standard
 * @throws ProtocolError `LONE_SURROGATE`
 */
export function eventHash(event: JsonObject, context: EventContext = STANDARD_CONTEXT): string {
  return `ni:///sha-256;${toHex(sha256(toUtf8(preHash(event, context)))).slice(2)}?ver=CBV2.0`;
}
