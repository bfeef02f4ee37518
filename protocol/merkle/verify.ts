import type { Hex } from '../encoding/hex.ts';
import { verifySubtreeConsistency, verifySubtreeInclusion } from './verifySubtree.ts';

/** What an inclusion proof claims: the leaf hash `leaf` stands at `index` in the tree of `size` leaves under `root`. */
export interface InclusionClaim {
  leaf: Hex;
  index: number;
  size: number;
  path: readonly Hex[];
  root: Hex;
}

/** What a consistency proof claims: the first `size1` leaves of the tree under `root2` are those of the tree under `root1`. */
export interface ConsistencyClaim {
  size1: number;
  size2: number;
  root1: Hex;
  root2: Hex;
  path: readonly Hex[];
}

/** Verifies an inclusion proof (RFC 9162 section 2.1.3.2). Malformed input is a proof that does not hold: false, never an error. */
export function verifyInclusion({ leaf, index, size, path, root }: InclusionClaim): boolean {
  return verifySubtreeInclusion({ leaf, index, start: 0, end: size, path, root });
}

/**
 * Verifies a consistency proof between two trees (RFC 9162 section 2.1.4.2), the older of at least one leaf. Malformed input is a proof that does not hold:
 * false, never an error.
 */
export function verifyConsistency({ size1, size2, root1, root2, path }: ConsistencyClaim): boolean {
  return size1 > 0 && verifySubtreeConsistency({ start: 0, end: size1, size: size2, subtreeRoot: root1, root: root2, path });
}
