import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CSET39, CSET82 } from '../../protocol/gs1/charsets.ts';
import { LINTERS } from '../../protocol/gs1/linters.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** Values that pass and fail the linters of the GS1 Barcode Syntax Dictionary: check digits, check characters, dates, character sets. */
export const corpus = 'gs1/gs1-syntax-dictionary/linter-vectors.json';

const CHARACTER_SETS: Readonly<Record<string, string>> = { cset39: CSET39, cset82: CSET82, csetnumeric: '0123456789' };

/** Values of the linters that this program has: the eight of its dictionary, and three character sets. */
export const cases = 895;

/** Runs those linters that this program has. */
export function run(corpora: string): Outcome {
  const vectors = JSON.parse(readFileSync(join(corpora, corpus), 'utf8')) as Record<string, { ok: boolean; in: string }[]>;
  const linters = new Map<string, (text: string) => boolean>([
    ...Object.entries(LINTERS).map(([name, { passes }]) => [name, passes] as const),
    ...Object.entries(CHARACTER_SETS).map(([name, set]) => [name, (text: string) => [...text].every((one) => set.includes(one))] as const),
  ]);
  return runCases(
    [...linters].flatMap(([name, passes]) =>
      (vectors[name] ?? []).map((vector) => [`${name} "${vector.in}"`, () => passes(vector.in) === vector.ok] as const),
    ),
  );
}
