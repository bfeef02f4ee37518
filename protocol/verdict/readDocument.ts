import { type OpenCredential, openCredential } from '../credentials/openCredential.ts';
import type { Hex } from '../encoding/hex.ts';
import { contentDigest } from '../epcis/contentDigest.ts';
import { eventHash } from '../epcis/eventHash.ts';
import { ProtocolError } from '../errors.ts';
import { fingerprint } from '../hash/fingerprint.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';
import { KIND } from '../ledger/codes.ts';
import { eventDocument } from '../ledger/ids.ts';
import { verifyInclusion } from '../merkle/verify.ts';
import type { Anchor, BundleDocument } from './bundle.ts';
import type { VerdictCode } from './codes.ts';
import { cannotCheck, invalid, type Judgement, valid } from './judgement.ts';

/** A document as far as it can be judged without the ledger. */
export interface ReadDocument {
  judgement: Judgement;
  /** Code of `KIND`; undefined where the document cannot be read. */
  kind?: number;
  /** Present where the document is a credential that holds together and has the fingerprint that is claimed. */
  credential?: OpenCredential;
}

/** Codes of errors that have their own finding; all others are `MALFORMED`. */
const OWN: ReadonlySet<string> = new Set<VerdictCode>(['SIGNATURE_WRONG', 'DISCLOSURE_UNKNOWN', 'MUST_SHOW_HIDDEN', 'PROFILE_BROKEN']);

/** Asks whether a document is what was fingerprinted, and whole: the question `integrity`. */
export function readDocument(document: BundleDocument): ReadDocument {
  const { anchor } = document;
  if (!isIncluded(anchor)) return { judgement: invalid('INCLUSION_WRONG') };
  if (document.type === 'withheld') return { judgement: cannotCheck('BODY_WITHHELD', { reason: document.reason }), kind: document.kind };
  try {
    if (document.type === 'credential') return judgeCredential(openCredential(document.sdJwt), anchor);
    return { judgement: judgeEvent(document.event, document.salt, anchor), kind: KIND.EPCIS_EVENTS };
  } catch (error) {
    // An event of a shape that no capture would take can make its hash fail in any way.
    return { judgement: error instanceof ProtocolError ? refusal(error) : invalid('MALFORMED', { reason: 'NOT_AN_EVENT' }) };
  }
}

function judgeCredential(credential: OpenCredential, anchor: Anchor): ReadDocument {
  if (credential.fingerprint.leaf !== anchor.leaf) return { judgement: invalid('DIGEST_MISMATCH') };
  return { judgement: valid(), kind: credential.profile.kind, credential };
}

function judgeEvent(text: string, salt: Hex, { leaf }: Anchor): Judgement {
  const event = parseStrict(text);
  if (Array.isArray(event)) return invalid('MALFORMED', { pointer: '' });
  return fingerprint(eventBytes(event as JsonObject, salt)).leaf === leaf ? valid() : invalid('DIGEST_MISMATCH');
}

/**
 * The document bytes of an event (docs/spec/ledger.md section 1). Prefixes count as the event itself declares them; that it asks for members to be left out of its
 * hash does not: whoever keeps the event has left them out of it.
 */
function eventBytes(event: JsonObject, salt: Hex): Uint8Array {
  return eventDocument(eventHash(event), contentDigest(event), salt);
}

function isIncluded({ leaf, inclusion }: Anchor): boolean {
  return inclusion === undefined || verifyInclusion({ leaf, ...inclusion });
}

function refusal({ code, pointer, facts }: ProtocolError): Judgement {
  if (code === 'TOO_LARGE') return cannotCheck('TOO_LARGE');
  // A newer issuer may use a profile that this reader does not know yet: that is no fault of the document.
  if (code === 'PROFILE_UNKNOWN') return cannotCheck('PROFILE_UNKNOWN');
  const where = { ...(pointer !== undefined && { pointer }), ...(facts?.problem !== undefined && { problem: facts.problem }) };
  return OWN.has(code) ? invalid(code as VerdictCode, where) : invalid('MALFORMED', { ...where, reason: code });
}
