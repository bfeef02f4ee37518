import type { Coverage } from '../coverage/measure.ts';
import { type Compilation, Compiler, failureOf } from '../solidity/compiler.ts';
import type { Runner } from '../solidity/runner.ts';
import { closureOf, digestOf, type Sources } from '../solidity/sources.ts';
import { whyEquivalent } from './equivalent.ts';
import type { LedgerSuite } from './ledgerSuite.ts';
import type { Memory, Outcome } from './memory.ts';
import { type Mutant, mutated } from './mutant.ts';
import { isSlow, testsFor } from './reach.ts';

/** What came of a mutant. One that does not compile is none. */
export type Verdict = { readonly is: 'killed'; readonly by: string } | { readonly is: 'survived' } | { readonly is: 'not compiled' };

/** What judges share. `kills` counts them by contract and test file, so that the likeliest is asked first. */
export interface Surroundings {
  readonly sources: Sources;
  readonly coverage: Coverage;
  readonly memory: Memory;
  readonly runner: Runner;
  readonly ledgerSuite: LedgerSuite;
  readonly kills: Map<string, number>;
}

/** Test files that are asked one by one; the others are compiled together. */
const NEAR = 3;
/** End a loop that has no end before what is recorded of it in all tests of a file fills the memory. That every test ends within them is asked first. */
const GAS_LIMIT = 40_000_000n;
const GAS_LIMIT_OF_SLOW = 1_000_000_000n;

/** Runs the tests on mutants, one at a time. */
export class Judge {
  readonly #sources: Sources;
  readonly #coverage: Coverage;
  readonly #memory: Memory;
  readonly #runner: Runner;
  readonly #kills: Map<string, number>;
  readonly #ledgerSuite: LedgerSuite;
  readonly #compiler = new Compiler();

  constructor(around: Surroundings) {
    this.#sources = around.sources;
    this.#coverage = around.coverage;
    this.#memory = around.memory;
    this.#runner = around.runner;
    this.#kills = around.kills;
    this.#ledgerSuite = around.ledgerSuite;
  }

  /** Runs the tests on the contracts as they are: one that fails there would be taken for one that notices. @throws Error for such a test */
  async requirePassing(): Promise<void> {
    const files = [...this.#coverage.reached.keys()];
    for (const batch of [files.filter((file) => !isSlow(file)), files.filter(isSlow)]) {
      const outcomes = await this.#outcomesOf(this.#sources, batch);
      const failed = outcomes.find(({ outcome }) => outcome.is !== 'passed');
      if (failed !== undefined) throw new Error(`of the unchanged contracts: ${failed.file} ${JSON.stringify(failed.outcome)}`);
    }
  }

  /** Stops at the first test file with a failure; what all Solidity tests let pass goes to the TypeScript ones, unless it is explained. */
  async judge(mutant: Mutant): Promise<Verdict> {
    const sources = mutated(this.#sources, mutant);
    const files = testsFor(mutant, this.#coverage, this.#kills);
    const others = files.slice(NEAR);
    const batches = [...files.slice(0, NEAR).map((file) => [file]), others.filter((file) => !isSlow(file)), others.filter(isSlow)];
    for (const batch of batches.filter(({ length }) => length > 0)) {
      const outcomes = await this.#outcomesOf(sources, batch);
      const failed = outcomes.find(({ outcome }) => outcome.is === 'failed');
      if (failed?.outcome.is === 'failed') return this.#killed(mutant, failed.file, failed.outcome.test);
      if (outcomes.some(({ outcome }) => outcome.is === 'not compiled')) return { is: 'not compiled' };
    }
    const outcome = whyEquivalent(mutant) === undefined ? await this.#ledgerSuite.outcomeOf(mutant) : { is: 'passed' as const };
    return outcome.is === 'failed' ? { is: 'killed', by: `test/ledger: ${outcome.test}` } : { is: 'survived' };
  }

  async stop(): Promise<void> {
    await this.#compiler.stop();
  }

  #killed(mutant: Mutant, file: string, test: string): Verdict {
    const pair = `${mutant.file} ${file}`;
    this.#kills.set(pair, (this.#kills.get(pair) ?? 0) + 1);
    return { is: 'killed', by: `${file} ${test}` };
  }

  async #outcomesOf(sources: Sources, files: readonly string[]): Promise<{ file: string; outcome: Outcome }[]> {
    const digests = new Map(files.map((file) => [file, `${file} ${digestOf(closureOf(sources, [file]))}`]));
    const unknown = files.filter((file) => this.#memory.get(digests.get(file) as string) === undefined);
    if (unknown.length > 0) {
      const run = await this.#run(sources, unknown);
      for (const file of unknown) this.#memory.set(digests.get(file) as string, run(file));
    }
    return files.map((file) => ({ file, outcome: this.#memory.get(digests.get(file) as string) as Outcome }));
  }

  async #run(sources: Sources, files: readonly string[]): Promise<(file: string) => Outcome> {
    const compilation: Compilation = await this.#compiler.compile(closureOf(sources, files), files);
    if (failureOf(compilation) !== undefined) return () => ({ is: 'not compiled' });
    const { failures } = await this.#runner.run(compilation, { gasLimit: files.some(isSlow) ? GAS_LIMIT_OF_SLOW : GAS_LIMIT });
    return (file) => {
      const failure = failures.find((each) => each.file === file);
      return failure ? { is: 'failed', test: failure.test } : { is: 'passed' };
    };
  }
}
