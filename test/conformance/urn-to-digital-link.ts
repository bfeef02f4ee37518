import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** EPC URNs, classes, patterns and links of any domain with their canonical link, null where they are none; taken from the event hash's reference. */
export const corpus = 'epcis/cbv-event-hash/urn-to-digitallink-vectors.json';

/** Canonicalises each and compares. A number among the inputs stands for a value that is no text, as it does in an event. */
export function run(corpora: string): Outcome {
  const vectors = JSON.parse(readFileSync(join(corpora, corpus), 'utf8')) as { in: string | number; out: string | null }[];
  return runCases(vectors.map(({ in: input, out }) => [String(input), () => (canonicalId(String(input)) ?? null) === out]));
}
