import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { buildTree } from '../../../protocol/merkle/tree.ts';
import { verifyConsistency, verifyInclusion } from '../../../protocol/merkle/verify.ts';
import { verifySubtreeConsistency, verifySubtreeInclusion } from '../../../protocol/merkle/verifySubtree.ts';
import { codeOf } from '../codeOf.ts';

const hash = (...parts: (string | Uint8Array)[]) => parts.reduce((state, part) => state.update(part), createHash('sha256')).digest();
const hex = (bytes: Buffer): Hex => `0x${bytes.toString('hex')}`;
const bytes = (value: Hex) => Buffer.from(value.slice(2), 'hex');
const leavesOf = (size: number): Hex[] => Array.from({ length: size }, (_, index) => hex(hash(`leaf ${index}`)));

/** MTH of RFC 9162 section 2.1.1, as it is written there. */
function mth(leaves: readonly Hex[]): Hex {
  if (leaves.length === 1) return leaves[0] as Hex;
  const split = splitOf(leaves.length);
  return hex(hash(Buffer.of(1), bytes(mth(leaves.slice(0, split))), bytes(mth(leaves.slice(split)))));
}

/** PATH of RFC 9162 section 2.1.3.1. */
function path(index: number, leaves: readonly Hex[]): Hex[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...path(index, left), mth(right)] : [...path(index - split, right), mth(left)];
}

/** SUBPROOF of RFC 9162 section 2.1.4.1. */
function subproof(size: number, leaves: readonly Hex[], known: boolean): Hex[] {
  if (size === leaves.length) return known ? [] : [mth(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return size <= split ? [...subproof(size, left, known), mth(right)] : [...subproof(size - split, right, false), mth(left)];
}

function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

describe('buildTree', () => {
  it('gives the roots and paths of the recursive definition', () => {
    for (let size = 1; size <= 70; size++) {
      const leaves = leavesOf(size);
      const tree = buildTree(leaves);
      expect(tree.root).to.equal(mth(leaves));
      expect(tree.size).to.equal(size);
      leaves.forEach((_, index) => void expect(tree.path(index)).to.deep.equal(path(index, leaves)));
    }
  });

  it('gives paths that verify for every leaf', () => {
    for (const size of [1, 2, 3, 100, 1000, 1025]) {
      const leaves = leavesOf(size);
      const tree = buildTree(leaves);
      leaves.forEach((leaf, index) => {
        expect(verifyInclusion({ leaf, index, size, path: tree.path(index), root: tree.root })).to.equal(true);
      });
    }
  });

  it('builds 100,000 leaves in seconds', function () {
    this.timeout(20_000);
    const leaves = leavesOf(100_000);
    const { root, size, path: pathOf } = buildTree(leaves);
    expect(verifyInclusion({ leaf: leaves[77_777] as Hex, index: 77_777, size, path: pathOf(77_777), root })).to.equal(true);
  });

  it('refuses no leaves, short leaves and unknown leaves', () => {
    expect(codeOf(() => buildTree([]))).to.equal('EMPTY_TREE');
    expect(codeOf(() => buildTree(['0x00']))).to.equal('WRONG_LENGTH');
    for (const index of [-1, 3, 0.5, Number.NaN]) expect(codeOf(() => buildTree(leavesOf(3)).path(index))).to.equal('INDEX_OUT_OF_RANGE');
  });
});

describe('verifyInclusion', () => {
  it('holds for no other claim than the true one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(39),
        (size, seed, otherSize, otherIndex) => {
          const leaves = leavesOf(size);
          const tree = buildTree(leaves);
          const index = seed % size;
          const claim = { leaf: leaves[index] as Hex, index, size, path: tree.path(index), root: tree.root };
          // A path of the same length may fit another size; the position never changes.
          if (otherIndex !== index) expect(verifyInclusion({ ...claim, index: otherIndex })).to.equal(false);
          expect(verifyInclusion({ ...claim, size: otherSize, root: mth(leavesOf(otherSize)) })).to.equal(otherSize === size);
          expect(verifyInclusion({ ...claim, path: [...claim.path, tree.root] })).to.equal(false);
          expect(verifyInclusion({ ...claim, path: claim.path.slice(1) })).to.equal(size === 1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is false for malformed claims', () => {
    const [leaf] = leavesOf(1) as [Hex];
    const claim = { leaf, index: 0, size: 1, path: [], root: leaf };
    expect(verifyInclusion(claim)).to.equal(true);
    const wrong = [
      { size: 0 },
      { size: 1.5 },
      { size: 2 ** 53 },
      { index: -1 },
      { index: Number.NaN },
      { leaf: '0x00' as Hex },
      { root: '' as Hex },
      { path: ['' as Hex] },
    ];
    for (const change of wrong) expect(verifyInclusion({ ...claim, ...change }), JSON.stringify(change)).to.equal(false);
  });

  it('does not take an inner node for a leaf', () => {
    const leaves = leavesOf(4);
    const root = mth(leaves);
    expect(verifyInclusion({ leaf: mth(leaves.slice(0, 2)), index: 0, size: 4, path: [mth(leaves.slice(2))], root })).to.equal(false);
  });
});

describe('verifyConsistency', () => {
  it('holds between all trees of up to 33 leaves', () => {
    for (let size2 = 1; size2 <= 33; size2++) {
      const leaves = leavesOf(size2);
      for (let size1 = 1; size1 <= size2; size1++) {
        const proof = subproof(size1, leaves, true);
        const claim = { size1, size2, root1: mth(leaves.slice(0, size1)), root2: mth(leaves), path: proof };
        expect(verifyConsistency(claim), `${size1} in ${size2}`).to.equal(true);
        if (size1 > 1) expect(verifyConsistency({ ...claim, root1: mth(leaves.slice(0, size1 - 1)) })).to.equal(false);
        if (proof.length > 0) expect(verifyConsistency({ ...claim, path: proof.slice(1) })).to.equal(false);
        expect(verifyConsistency({ ...claim, path: [...proof, claim.root1] })).to.equal(false);
      }
    }
  });

  it('is false for malformed claims', () => {
    const leaves = leavesOf(3);
    const claim = { size1: 2, size2: 3, root1: mth(leaves.slice(0, 2)), root2: mth(leaves), path: [leaves[2] as Hex] };
    expect(verifyConsistency(claim)).to.equal(true);
    const wrong = [
      { path: ['' as Hex] },
      { path: ['0x00' as Hex] },
      { root1: 'x' as Hex },
      { root2: 'x' as Hex },
      { size1: 1.5 },
      { size2: 2 ** 53 },
      { size1: 4 },
    ];
    for (const change of wrong) expect(verifyConsistency({ ...claim, ...change }), JSON.stringify(change)).to.equal(false);
  });

  it('says nothing of a tree without leaves', () => {
    const [leaf] = leavesOf(1) as [Hex];
    expect(verifyConsistency({ size1: 0, size2: 1, root1: leaf, root2: leaf, path: [] })).to.equal(false);
  });
});

describe('verifySubtreeInclusion', () => {
  it('holds for subtrees that begin at a multiple of their width', () => {
    const leaves = leavesOf(24);
    const subtree = buildTree(leaves.slice(16, 21));
    const claim = { leaf: leaves[19] as Hex, index: 19, start: 16, end: 21, path: subtree.path(3), root: subtree.root };
    expect(verifySubtreeInclusion(claim)).to.equal(true);
    expect(verifySubtreeInclusion({ ...claim, start: 12, end: 17, index: 15 })).to.equal(false);
  });
});

describe('verifySubtreeConsistency', () => {
  it('holds for a subtree within a larger tree', () => {
    const leaves = leavesOf(7);
    const [four, five, six] = leaves.slice(4) as [Hex, Hex, Hex];
    const subtreeRoot = mth([four, five]);
    const claim = { start: 4, end: 6, size: 7, subtreeRoot, root: mth(leaves), path: [six, mth(leaves.slice(0, 4))] };
    expect(verifySubtreeConsistency(claim)).to.equal(true);
    expect(verifySubtreeConsistency({ ...claim, subtreeRoot: mth([five, six]) })).to.equal(false);
  });
});
