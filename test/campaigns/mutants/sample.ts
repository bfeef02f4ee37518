import { Random } from '../../indexer/support/random.ts';
import type { Mutant } from './mutant.ts';

/** One file's mutants in the order in which they are tried, and how many of them are wanted. */
export interface Share {
  readonly file: string;
  readonly wanted: number;
  readonly queue: Mutant[];
}

/** Divides `count` among the files by the number of their mutants. Within a file the operators take turns, so that the rare ones are drawn too. */
export function sharesOf(mutants: readonly Mutant[], count: number, seed: number): Share[] {
  const random = new Random(seed);
  const files = Map.groupBy(mutants, ({ file }) => file);
  const exact = [...files].map(([file, all]) => ({ file, all, share: (all.length * count) / mutants.length }));
  const left = count - exact.reduce((sum, { share }) => sum + Math.floor(share), 0);
  // The largest remainders get what rounding left over.
  const rounded = exact
    .sort((a, b) => (b.share % 1) - (a.share % 1))
    .map((each, index) => ({ ...each, wanted: Math.floor(each.share) + (index < left ? 1 : 0) }));
  return rounded.map(({ file, all, wanted }) => ({ file, wanted, queue: inTurns(all, random) })).sort((a, b) => (a.file < b.file ? -1 : 1));
}

function inTurns(mutants: readonly Mutant[], random: Random): Mutant[] {
  const turns = new Map<string, number>();
  return shuffled(mutants, random)
    .map((mutant) => {
      const turn = (turns.get(mutant.operator) ?? 0) + 1;
      turns.set(mutant.operator, turn);
      return { mutant, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ mutant }) => mutant);
}

function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  return values
    .map((value) => ({ value, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
