import { verifyConsistency, verifyInclusion } from '../../protocol/merkle/verify.ts';
import { hex, readProofs } from './registry/readProofs.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** Inclusion and consistency proofs of RFC 9162; most are altered and must not verify. */
export const corpus = 'merkle/testdata';

interface Inclusion {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
}

interface Consistency {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
}

/** Verifies each proof and compares with what it is said to be. */
export function run(corpora: string): Outcome {
  const inclusion = readProofs<Inclusion>(corpora, `${corpus}/inclusion`).map(({ name, proof, claim, holds }) => {
    const { leafIdx: index, treeSize: size, root, leafHash } = claim;
    return [name, () => verifyInclusion({ leaf: hex(leafHash), index, size, path: proof, root: hex(root) }) === holds] as const;
  });
  const consistency = readProofs<Consistency>(corpora, `${corpus}/consistency`).map(({ name, proof, claim, holds }) => {
    const { size1, size2, root1, root2 } = claim;
    return [name, () => verifyConsistency({ size1, size2, root1: hex(root1), root2: hex(root2), path: proof }) === holds] as const;
  });
  return runCases([...inclusion, ...consistency]);
}
