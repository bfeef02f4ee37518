import { p256 } from '@noble/curves/nist.js';
import { fromBase64Url, toBase64Url } from '../encoding/base64url.ts';
import { type Hex, toHex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import { sha256 } from '../hash/sha256.ts';

/** Where randomness comes from: `length` bytes from a cryptographic generator. */
export type RandomSource = (length: number) => Uint8Array;

/** A public key on P-256 as JSON Web Key (RFC 7518 section 6.2.1). Other members, such as `kid` or `use`, are ignored. */
export interface PublicJwk {
  kty: 'EC';
  crv: 'P-256';
  /** 32 bytes, base64url. */
  x: string;
  /** 32 bytes, base64url. */
  y: string;
}

/** A private key on P-256 (RFC 7518 section 6.2.2). */
export interface PrivateJwk extends PublicJwk {
  /** 32 bytes, base64url. */
  d: string;
}

const COORDINATE = 32;
// SEC 1 section 2.3.3: an uncompressed point begins with 04.
const UNCOMPRESSED = 4;

/**
 * Makes a key pair on P-256; the private JWK holds the public one.
 *
 * @example
 * const key = generateKeyPair((length) => crypto.getRandomValues(new Uint8Array(length)));
 */
export function generateKeyPair(random: RandomSource): PrivateJwk {
  // FIPS 186-5 appendix A.2.1: more bits than the order has, so that the remainder is unbiased.
  const secret = p256.utils.randomSecretKey(random(p256.lengths.seed ?? 48));
  const point = p256.getPublicKey(secret, false);
  const [x, y] = [point.subarray(1, 1 + COORDINATE), point.subarray(1 + COORDINATE)];
  return { kty: 'EC', crv: 'P-256', x: toBase64Url(x), y: toBase64Url(y), d: toBase64Url(secret) };
}

/** The public part of a key, and nothing else that the JWK may carry. */
export function publicJwk({ kty, crv, x, y }: PublicJwk): PublicJwk {
  return { kty, crv, x, y };
}

/** RFC 7638 thumbprint of a key: SHA-256 over its required members in lexicographic order. */
export function thumbprint({ crv, kty, x, y }: PublicJwk): Hex {
  return toHex(sha256(toUtf8(JSON.stringify({ crv, kty, x, y }))));
}

/** The thumbprint as it stands in a `kid`: base64url. */
export function keyId(jwk: PublicJwk): string {
  const { crv, kty, x, y } = jwk;
  return toBase64Url(sha256(toUtf8(JSON.stringify({ crv, kty, x, y }))));
}

/**
 * The point of a public key, uncompressed: checked to be P-256, of whole coordinates, and on the curve.
 *
 * @throws ProtocolError `KEY_MALFORMED`
 */
export function publicPoint(jwk: PublicJwk): Uint8Array {
  const point = new Uint8Array(1 + 2 * COORDINATE);
  point[0] = UNCOMPRESSED;
  point.set(coordinate(jwk, 'x'), 1);
  point.set(coordinate(jwk, 'y'), 1 + COORDINATE);
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256' || !p256.utils.isValidPublicKey(point, false)) throw malformed('not a point of P-256', '');
  return point;
}

/**
 * The secret scalar of a private key.
 *
 * @throws ProtocolError `KEY_MALFORMED`
 */
export function secretScalar(jwk: PrivateJwk): Uint8Array {
  const secret = coordinate(jwk, 'd');
  if (!p256.utils.isValidSecretKey(secret)) throw malformed('the secret is out of range', '/d');
  return secret;
}

function coordinate(jwk: PrivateJwk | PublicJwk, name: 'x' | 'y' | 'd'): Uint8Array {
  const text: unknown = (jwk as Partial<PrivateJwk>)[name];
  try {
    const bytes = typeof text === 'string' ? fromBase64Url(text) : undefined;
    if (bytes?.length === COORDINATE) return bytes;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
  throw malformed(`expected ${COORDINATE} bytes as base64url`, `/${name}`);
}

function malformed(message: string, pointer: string): ProtocolError {
  return new ProtocolError('KEY_MALFORMED', message, { pointer });
}
