import { OPEN_EPCIS, openEpcisCases, QUERY_FAULTS } from './registry/openEpcis.ts';
import { type Outcome, runCases } from './registry/suite.ts';

export const corpus = OPEN_EPCIS;

/** Answers to queries: 7 accepted, 4 refused with the pointers of the fields at fault. */
export function run(corpora: string): Outcome {
  return runCases(openEpcisCases(corpora, ['Query', 'Query/Invalid'], QUERY_FAULTS, 'both'));
}
