import { fromHex, type Hex, toHex } from '../encoding/hex.ts';
import { ProtocolError } from '../errors.ts';
import { HASH_LENGTH, hashChildren } from './node.ts';

/** A built tree: its root, and the inclusion path of any leaf. */
export interface MerkleTree {
  root: Hex;
  /** Number of leaves. */
  size: number;
  /**
   * Inclusion path of the leaf at `index`, from the leaf's sibling up (RFC 9162 section 2.1.3.1), in O(log size).
   *
   * @throws ProtocolError `INDEX_OUT_OF_RANGE`
   */
  path(index: number): Hex[];
}

/**
 * Builds the RFC 9162 tree over leaf hashes, in O(size) time and memory.
 *
 * Level by level, an odd last node moves up unhashed; that gives the same root as the recursive definition of RFC 9162 section 2.1.1, whose left subtree
 * is always the largest full one.
 *
 * @throws ProtocolError `EMPTY_TREE`, `NOT_HEX`, `WRONG_LENGTH`
 */
export function buildTree(leaves: readonly Hex[]): MerkleTree {
  if (leaves.length === 0) throw new ProtocolError('EMPTY_TREE', 'a tree has at least one leaf');
  const levels = [joinLeaves(leaves)];
  for (let level = levels[0] as Uint8Array; level.length > HASH_LENGTH; levels.push(level)) level = parentsOf(level);
  return { root: toHex(levels.at(-1) as Uint8Array), size: leaves.length, path: (index) => pathOf(levels, leaves.length, index) };
}

function joinLeaves(leaves: readonly Hex[]): Uint8Array {
  const level = new Uint8Array(leaves.length * HASH_LENGTH);
  leaves.forEach((leaf, index) => {
    level.set(fromHex(leaf, HASH_LENGTH), index * HASH_LENGTH);
  });
  return level;
}

function parentsOf(level: Uint8Array): Uint8Array {
  const count = level.length / HASH_LENGTH;
  const parents = new Uint8Array(Math.ceil(count / 2) * HASH_LENGTH);
  for (let index = 0; index < count; index += 2) {
    const parent = index + 1 < count ? hashChildren(nodeAt(level, index), nodeAt(level, index + 1)) : nodeAt(level, index);
    parents.set(parent, (index / 2) * HASH_LENGTH);
  }
  return parents;
}

function pathOf(levels: readonly Uint8Array[], size: number, leaf: number): Hex[] {
  if (!Number.isInteger(leaf) || leaf < 0 || leaf >= size) {
    throw new ProtocolError('INDEX_OUT_OF_RANGE', `the tree has leaves 0 to ${size - 1}`, { facts: { index: leaf, size } });
  }
  const path: Hex[] = [];
  let index = leaf;
  for (const level of levels) {
    const sibling = index % 2 === 0 ? index + 1 : index - 1;
    // The root has no sibling, nor has an odd last node: it moves up as it is.
    if (sibling * HASH_LENGTH < level.length) path.push(toHex(nodeAt(level, sibling)));
    index = Math.floor(index / 2);
  }
  return path;
}

function nodeAt(level: Uint8Array, index: number): Uint8Array {
  return level.subarray(index * HASH_LENGTH, (index + 1) * HASH_LENGTH);
}
