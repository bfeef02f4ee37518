import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, Suite } from './suite.ts';

const SUITES = join(import.meta.dirname, '..');

/** Root of the test corpora, which lie beside the project and are read in place. */
export const CORPORA = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'vectors');

/** What came of one suite: its outcome, or why it did not run. */
export type SuiteResult = Outcome | { skipped: string };

/** Keys of all suites, in alphabetical order. */
export function suiteKeys(): string[] {
  return readdirSync(SUITES)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** Runs one suite over the corpora at `corpora`. */
export async function runSuite(key: string, corpora: string = CORPORA): Promise<SuiteResult> {
  const suite = (await import(join(SUITES, `${key}.ts`))) as Suite;
  const path = join(corpora, suite.corpus);
  return existsSync(path) ? whole(suite, await suite.run(corpora)) : { skipped: `no corpora at ${path}` };
}

/** The outcome; where cases are missing or too many, none has passed. */
export function whole({ cases }: Suite, outcome: Outcome): Outcome {
  if (cases === undefined || outcome.total === cases) return outcome;
  return { ...outcome, passed: 0, failures: [`${outcome.total} cases in the place of ${cases}`, ...outcome.failures] };
}
