import { fromHex, type Hex, toHex } from '../encoding/hex.ts';
import { sha256 } from './sha256.ts';
import { sm3 } from './sm3.ts';

/** The two digests of one document and the leaf that binds them (docs/spec/ledger.md section 1). */
export interface Fingerprint {
  sha256: Hex;
  sm3: Hex;
  leaf: Hex;
}

// RFC 9162 section 2.1.1: a leaf hash begins with 0x00, so that no leaf can pass for an inner node.
const LEAF_PREFIX = Uint8Array.of(0);

/** Takes the fingerprint of a document's bytes. */
export function fingerprint(bytes: Uint8Array): Fingerprint {
  const d1 = sha256(bytes);
  const d2 = sm3(bytes);
  return { sha256: toHex(d1), sm3: toHex(d2), leaf: toHex(sha256(LEAF_PREFIX, d1, d2)) };
}

/**
 * The leaf of two digests that are already known.
 *
 * @throws ProtocolError `NOT_HEX`, `WRONG_LENGTH`
 */
export function leafOf(sha256Digest: Hex, sm3Digest: Hex): Hex {
  return toHex(sha256(LEAF_PREFIX, fromHex(sha256Digest, 32), fromHex(sm3Digest, 32)));
}
