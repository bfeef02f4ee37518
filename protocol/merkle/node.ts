import { sha256 } from '../hash/sha256.ts';

/** Bytes of a hash in the tree. */
export const HASH_LENGTH = 32;

// RFC 9162 section 2.1.1: an inner node's hash begins with 0x01.
const NODE_PREFIX = Uint8Array.of(1);

/** Hash of the inner node over two children: `SHA-256(0x01 || left || right)`. */
export function hashChildren(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE_PREFIX, left, right);
}
