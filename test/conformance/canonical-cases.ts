import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProtocolError } from '../../protocol/errors.ts';
import { canonicalJson } from '../../protocol/json/canonicalJson.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** Pairs of documents that must, or must not, have one canonical form, and documents that must be refused. */
export const corpus = 'badinput/canonical-cases.json';

interface CanonicalCase {
  name: string;
  a: string;
  b?: string;
  verdict: 'same' | 'different' | 'reject';
}

/** Parses strictly, writes canonically, compares. */
export function run(corpora: string): Outcome {
  const cases = JSON.parse(readFileSync(join(corpora, corpus), 'utf8')) as CanonicalCase[];
  return runCases(cases.map((given) => [given.name, () => verdictOf(given) === given.verdict]));
}

function verdictOf({ a, b }: CanonicalCase): CanonicalCase['verdict'] {
  try {
    const form = canonicalJson(parseStrict(a));
    return form === canonicalJson(parseStrict(b ?? a)) ? 'same' : 'different';
  } catch (error) {
    if (error instanceof ProtocolError) return 'reject';
    throw error;
  }
}
