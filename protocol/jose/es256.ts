import { p256 } from '@noble/curves/nist.js';
import { type PrivateJwk, type PublicJwk, publicPoint, secretScalar } from './jwk.ts';

/** Bytes of a signature: r and s, 32 each. */
const SIGNATURE_LENGTH = 64;

/**
 * Signs with ES256 (RFC 7518 section 3.4): ECDSA on P-256 with SHA-256, `r || s`. Deterministic (RFC 6979), so a weak random source cannot leak the key,
 * and with a low s.
 *
 * @throws ProtocolError `KEY_MALFORMED`
 */
export function signEs256(message: Uint8Array, key: PrivateJwk): Uint8Array {
  return p256.sign(message, secretScalar(key), { lowS: true });
}

/**
 * Verifies an ES256 signature: exactly 64 bytes, r and s within the order. A high s is taken, as RFC 7518 does not forbid it and hardware signers and
 * WebCrypto write one every other time; nothing here is named by the bytes of a signature, so its twin says nothing new.
 *
 * @throws ProtocolError `KEY_MALFORMED`
 */
export function verifyEs256(signature: Uint8Array, message: Uint8Array, key: PublicJwk): boolean {
  const point = publicPoint(key);
  return signature.length === SIGNATURE_LENGTH && p256.verify(signature, message, point, { lowS: false });
}
