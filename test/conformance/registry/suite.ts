/** What a suite found: how many of its cases came out as the corpus says, and which did not. */
export interface Outcome {
  passed: number;
  total: number;
  /** One line for each case that failed: its name, and what went wrong. */
  failures: string[];
  /** Lines that are told beside the counts. */
  notes?: string[];
}

/**
 * A conformance suite is one file, `test/conformance/<key>.ts`, with these two exports; the file's name is the key that is printed. There is no list to
 * add it to: `scripts/conformance.ts` prints every suite of the folder, and `test/protocol/conformance.test.ts` asserts that each is whole.
 */
export interface Suite {
  /** Folder or file of the corpora that the suite reads, relative to their root; where it is absent, the suite is skipped. */
  corpus: string;
  /** How many cases there are: a run that counts another number is no whole one. Where it is absent, the corpus says. */
  cases?: number;
  /** Runs all cases. `corpora` is the absolute path of the corpora's root. */
  run(corpora: string): Outcome | Promise<Outcome>;
}

/** One case: its name, and its check, which throws or answers `false` where the case fails. */
export type Case = readonly [name: string, check: () => unknown];

/** Runs cases one after another; the usual body of a suite's `run`. */
export function runCases(cases: Iterable<Case>): Outcome {
  const outcome: Outcome = { passed: 0, total: 0, failures: [] };
  for (const [name, check] of cases) {
    const problem = problemOf(check);
    outcome.total += 1;
    if (problem === undefined) outcome.passed += 1;
    else outcome.failures.push(`${name}: ${problem}`);
  }
  return outcome;
}

function problemOf(check: () => unknown): string | undefined {
  try {
    return check() === false ? 'not as the corpus says' : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
