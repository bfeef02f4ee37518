import type { Mutant } from './mutant.ts';

/** Mutants that no test can tell from the contracts, and why. */
interface Equivalent {
  readonly file: string;
  readonly within: string;
  readonly was: string;
  readonly by: string;
  readonly reason: string;
}

const EQUIVALENT: readonly Equivalent[] = [];

/** Why a mutant is none; undefined where nobody has said so. */
export function whyEquivalent(mutant: Mutant): string | undefined {
  return EQUIVALENT.find(
    ({ file, within, was, by }) => file === mutant.file && within === mutant.within && was === mutant.was && by === mutant.by,
  )?.reason;
}
