import { fromBase64Url, toBase64Url } from '../encoding/base64url.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { parseStrict } from '../json/parseStrict.ts';
import { signEs256, verifyEs256 } from './es256.ts';
import type { PrivateJwk, PublicJwk } from './jwk.ts';

/** The protected header of a JWS: what both sides must know. Further members are kept. */
export interface JwsHeader {
  alg: 'ES256';
  typ?: string;
  kid?: string;
  [member: string]: JsonObject[string] | undefined;
}

/** A JWS taken apart; `payload` are the very bytes that were signed. */
export interface Jws {
  header: JwsHeader;
  payload: Uint8Array;
  signature: Uint8Array;
  /** ASCII of the first two parts: what the signature is over (RFC 7515 section 5.1). */
  signingInput: Uint8Array;
}

const MAX_HEADER_LENGTH = 4096;
// RFC 7515 section 4.1.11: who does not understand a critical extension must refuse, and we define none; `b64` (RFC 7797) changes what is signed; `jku`
// and `x5u` would have a reader fetch what the signer names.
const REFUSED_MEMBERS = ['crit', 'b64', 'jku', 'x5u'];

/**
 * Signs a payload as compact JWS (RFC 7515 section 7.1) with ES256.
 *
 * @throws ProtocolError `KEY_MALFORMED`
 */
export function signJws(header: Omit<JwsHeader, 'alg'>, payload: Uint8Array, key: PrivateJwk): string {
  const signingInput = `${toBase64Url(toUtf8(JSON.stringify({ alg: 'ES256', ...header })))}.${toBase64Url(payload)}`;
  return `${signingInput}.${toBase64Url(signEs256(toUtf8(signingInput), key))}`;
}

/**
 * Takes a compact JWS apart strictly, without judging its signature. Each JWS has one spelling: no padding, no white space, no name twice in the header.
 *
 * @throws ProtocolError `JWS_MALFORMED`, `ALG_REFUSED`, `HEADER_REFUSED`
 */
export function parseJws(compact: string): Jws {
  const parts = compact.split('.');
  const [first = '', second = '', third = ''] = parts;
  if (parts.length !== 3) throw malformed('a compact JWS has three parts');
  const header = parseHeader(first);
  return { header, payload: decode(second), signature: decode(third), signingInput: toUtf8(`${first}.${second}`) };
}

/**
 * Verifies a compact JWS under the one key that the caller trusts, which decides the algorithm: ES256.
 *
 * @throws ProtocolError `SIGNATURE_WRONG`, `KEY_MALFORMED`, and those of `parseJws`
 */
export function verifyJws(compact: string, key: PublicJwk): Jws {
  const jws = parseJws(compact);
  if (!verifyEs256(jws.signature, jws.signingInput, key)) throw new ProtocolError('SIGNATURE_WRONG', 'the signature is not of this key');
  return jws;
}

function parseHeader(part: string): JwsHeader {
  const header = parseObject(decode(part));
  if (header.alg !== 'ES256') throw new ProtocolError('ALG_REFUSED', 'the algorithm must be ES256', { pointer: '/alg' });
  const refused = REFUSED_MEMBERS.find((member) => Object.hasOwn(header, member));
  if (refused !== undefined) throw new ProtocolError('HEADER_REFUSED', 'this header is not accepted', { pointer: `/${refused}` });
  if (!isOptionalText(header.typ) || !isOptionalText(header.kid)) throw malformed('typ and kid are texts');
  return header as JwsHeader;
}

function parseObject(bytes: Uint8Array): JsonObject {
  try {
    const value = parseStrict(bytes, { maxLength: MAX_HEADER_LENGTH, maxDepth: 8 });
    if (!Array.isArray(value)) return value as JsonObject;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
  throw malformed('the header is no strict JSON object');
}

function decode(part: string): Uint8Array {
  try {
    return fromBase64Url(part);
  } catch (error) {
    if (error instanceof ProtocolError) throw malformed('a part is not base64url without padding');
    throw error;
  }
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function malformed(message: string): ProtocolError {
  return new ProtocolError('JWS_MALFORMED', message);
}
