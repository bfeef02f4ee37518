import { CAPTURE_FAULTS, OPEN_EPCIS, openEpcisCases } from './registry/openEpcis.ts';
import { type Outcome, runCases } from './registry/suite.ts';

export const corpus = OPEN_EPCIS;

/** The 3 documents that break the standard and the 15 that are invalid: each is refused, with the pointers of the fields at fault. */
export function run(corpora: string): Outcome {
  return runCases(openEpcisCases(corpora, ['Capture/Documents', 'Capture/Events', 'Capture/Invalid'], CAPTURE_FAULTS, 'refused'));
}
