import { fromHex, type Hex, isHex, toHex } from '../encoding/hex.ts';
import { sha256 } from '../hash/sha256.ts';
import { HASH_LENGTH, hashChildren } from './node.ts';

/**
 * Proofs over subtrees: runs of leaves `start` to `end` - 1 whose root is a node that the whole tree, or one with more leaves, is built from. The proofs of
 * RFC 9162 section 2.1 are those with `start` 0. Algorithms: draft-ietf-plants-merkle-tree-certs sections 4.1 to 4.4.
 */

// RFC 9162 section 2.1.1: the root over no leaves is SHA-256 of no bytes.
const EMPTY_ROOT = toHex(sha256());

/** Claims that `leaf` stands at `index` (counted in the whole tree) in the subtree from `start` to before `end`, whose root is `root`. */
export interface SubtreeInclusionClaim {
  leaf: Hex;
  index: number;
  start: number;
  end: number;
  path: readonly Hex[];
  root: Hex;
}

/** Claims that the subtree from `start` to before `end` under `subtreeRoot` is part of the tree of `size` leaves under `root`. */
export interface SubtreeConsistencyClaim {
  start: number;
  end: number;
  size: number;
  subtreeRoot: Hex;
  root: Hex;
  path: readonly Hex[];
}

/** Verifies that a leaf is in a subtree. Malformed input is a proof that does not hold: false, never an error. */
export function verifySubtreeInclusion({ leaf, index, start, end, path, root }: SubtreeInclusionClaim): boolean {
  if (!isSubtree(start, end) || !Number.isSafeInteger(index) || index < start || index >= end) return false;
  if (![leaf, root, ...path].every(isHash)) return false;
  let node = fromHex(leaf);
  let at = index - start;
  let last = end - start - 1;
  for (const sibling of path) {
    if (last === 0) return false;
    const isRight = isOdd(at) || at === last;
    node = isRight ? hashChildren(fromHex(sibling), node) : hashChildren(node, fromHex(sibling));
    // A last node without sibling has moved up to the first level where it is a right child.
    for (; isRight && !isOdd(at) && at !== 0; at = half(at)) last = half(last);
    at = half(at);
    last = half(last);
  }
  return last === 0 && toHex(node) === root;
}

/** Verifies that a subtree is part of a tree. Malformed input is a proof that does not hold: false, never an error. */
export function verifySubtreeConsistency({ start, end, size, subtreeRoot, root, path }: SubtreeConsistencyClaim): boolean {
  if (!isSubtree(start, end) || !Number.isSafeInteger(size) || end > size) return false;
  if (!isHex(subtreeRoot) || !isHex(root) || !path.every(isHash)) return false;
  if (start === end) return path.length === 0 && subtreeRoot === EMPTY_ROOT;
  // First and last leaf of the subtree and last leaf of the tree, on the level that the walk has come to.
  let first = start;
  let last = end - 1;
  let treeLast = size - 1;
  const up = () => {
    first = half(first);
    last = half(last);
    treeLast = half(treeLast);
  };
  const atEnd = last === treeLast;
  while (first !== last && (atEnd || isOdd(last))) up();
  // Where the subtree is not one full node, the proof begins with its last full node.
  const [head, ...rest] = first === last ? [subtreeRoot, ...path] : path;
  if (head === undefined) return false;
  let subtreeNode = fromHex(head);
  let treeNode = subtreeNode;
  for (const hex of rest) {
    if (treeLast === 0) return false;
    const sibling = fromHex(hex);
    if (isOdd(last) || last === treeLast) {
      if (first < last) subtreeNode = hashChildren(sibling, subtreeNode);
      treeNode = hashChildren(sibling, treeNode);
      while (!isOdd(last) && last !== 0) up();
    } else treeNode = hashChildren(treeNode, sibling);
    up();
  }
  return treeLast === 0 && toHex(subtreeNode) === subtreeRoot && toHex(treeNode) === root;
}

/** Section 4.1: `start` is a multiple of the least power of two that is not below the number of leaves. */
function isSubtree(start: number, end: number): boolean {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || start > end) return false;
  let width = 1;
  while (width < end - start) width *= 2;
  return start % width === 0;
}

function isHash(value: unknown): value is Hex {
  return isHex(value, HASH_LENGTH);
}

// Not bit operators: those would cut numbers to 32 bits.
function isOdd(number: number): boolean {
  return number % 2 === 1;
}

function half(number: number): number {
  return Math.floor(number / 2);
}
