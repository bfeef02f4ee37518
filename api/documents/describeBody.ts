import { fromBase64Url } from '../../protocol/encoding/base64url.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { contentDigest } from '../../protocol/epcis/contentDigest.ts';
import { declarationHash } from '../../protocol/epcis/declarationHash.ts';
import { eventHash } from '../../protocol/epcis/eventHash.ts';
import { type ContextualEvent, eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { fingerprint } from '../../protocol/hash/fingerprint.ts';
import type { JsonObject, JsonValue } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import { eventDocument } from '../../protocol/ledger/ids.ts';
import type { CatalogueDocument } from '../catalogue/catalogue.ts';
import { ApiError } from '../errors.ts';
import type { CredentialBody, EventBody } from './body.ts';

/** What the catalogue keeps of a body, but for where it lies. Read from the body alone, so that a rebuilt catalogue says the same. */
export type Description = Omit<CatalogueDocument, 'cid'>;

/**
 * Describes a body.
 *
 * @throws ProtocolError where it cannot be parsed; ApiError `DOCUMENT_INVALID` where its type is none of ours
 */
export function describeBody(body: CredentialBody | EventBody): Description {
  return body.type === 'credential' ? describeCredential(body) : describeEvent(body);
}

/** The claims that a credential's signature covers, with hideable ones as digests. */
export function signedClaims(sdJwt: string): JsonObject {
  return parseStrict(signedBytes(sdJwt)) as JsonObject;
}

/** The CBV event hash of an event and the hash of its error declaration: what makes two events the same. */
export function identityOf({ event, context }: Pick<ContextualEvent, 'event' | 'context'>): { hash: string; declaration: Hex | undefined } {
  return { hash: eventHash(event, context), declaration: declarationHash(event) };
}

function describeCredential({ sdJwt, issuer, own, visibility = 'PUBLIC' }: CredentialBody): Description {
  const claims = signedClaims(sdJwt);
  const types = Array.isArray(claims.type) ? claims.type : [];
  const subject = objectAt(claims.credentialSubject);
  const id = textAt(claims.id);
  const common = {
    ...fingerprint(signedBytes(sdJwt)),
    type: 'credential',
    issuer,
    own,
    visibility,
    ...(id !== undefined && { credentialId: id }),
  } as const;
  if (types.includes('FtaCertificateOfOrigin')) {
    return { ...common, kind: KIND.CERTIFICATE_OF_ORIGIN, ...numbered(textAt(subject.certificateNumber)) };
  }
  if (types.includes('LabTestReport')) return { ...common, kind: KIND.LABORATORY_REPORT, ...numbered(textAt(subject.reportNumber)) };
  throw new ApiError('DOCUMENT_INVALID', 'the credential is neither a certificate of origin nor a laboratory report', { pointer: '/type' });
}

function describeEvent({ event: text, salt, issuer, own, visibility = 'PUBLIC' }: EventBody): Description {
  const [found] = eventsOf(parseStrict(text));
  if (found === undefined) throw new ApiError('DOCUMENT_INVALID', 'the body holds no event', { pointer: '' });
  const { hash, declaration } = identityOf(found);
  const [id, time, step] = [textAt(found.event.eventID), textAt(found.event.eventTime), textAt(found.event.bizStep)];
  return {
    ...fingerprint(eventDocument(hash, contentDigest(found.event), salt)),
    ...{ type: 'event', kind: KIND.EPCIS_EVENTS, issuer, own, visibility, eventHash: hash, eventId: id ?? hash },
    ...(declaration !== undefined && { declaration }),
    ...(time !== undefined && { eventTime: Date.parse(time) }),
    ...(step !== undefined && { bizStep: bareTerm(step) }),
  };
}

/** The bare word of a CBV term: `shipping` of `urn:epcglobal:cbv:bizstep:shipping` and of `https://ref.gs1.org/cbv/BizStep-shipping`. */
export function bareTerm(term: string): string {
  return term.replace(/^urn:epcglobal:cbv:[a-z]+:/, '').replace(/^(https?:\/\/(ref\.)?gs1\.org\/(cbv|voc)\/|cbv:)[A-Za-z]+-/, '');
}

function signedBytes(sdJwt: string): Uint8Array {
  return fromBase64Url(sdJwt.split('~', 1)[0]?.split('.')[1] ?? '');
}

function numbered(number: string | undefined): { number?: string } {
  return number === undefined ? {} : { number };
}

function textAt(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function objectAt(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
