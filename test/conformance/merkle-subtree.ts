import { verifySubtreeConsistency, verifySubtreeInclusion } from '../../protocol/merkle/verifySubtree.ts';
import { hex, readProofs } from './registry/readProofs.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** Inclusion and consistency proofs over subtrees; most are altered and must not verify. */
export const corpus = 'merkle/testdata';

interface Inclusion {
  leafIdx: number;
  start: number;
  end: number;
  root: string;
  leafHash: string;
}

interface Consistency {
  start: number;
  end: number;
  size: number;
  root1: string;
  root2: string;
}

/** Verifies each proof and compares with what it is said to be. */
export function run(corpora: string): Outcome {
  const inclusion = readProofs<Inclusion>(corpora, `${corpus}/subtreeinclusion`).map(({ name, proof, claim, holds }) => {
    const { leafIdx: index, start, end, root, leafHash } = claim;
    return [
      name,
      () => verifySubtreeInclusion({ leaf: hex(leafHash), index, start, end, path: proof, root: hex(root) }) === holds,
    ] as const;
  });
  const consistency = readProofs<Consistency>(corpora, `${corpus}/subtreeconsistency`).map(({ name, proof, claim, holds }) => {
    const { start, end, size, root1, root2 } = claim;
    return [
      name,
      () => verifySubtreeConsistency({ start, end, size, subtreeRoot: hex(root1), root: hex(root2), path: proof }) === holds,
    ] as const;
  });
  return runCases([...inclusion, ...consistency]);
}
