import { CAPTURE_FAULTS, OPEN_EPCIS, openEpcisCases } from './registry/openEpcis.ts';
import { type Outcome, runCases } from './registry/suite.ts';

export const corpus = OPEN_EPCIS;

/** Documents and single events to capture that GS1's own schema accepts: 40 of 43. */
export function run(corpora: string): Outcome {
  return runCases(openEpcisCases(corpora, ['Capture/Documents', 'Capture/Events'], CAPTURE_FAULTS, 'accepted'));
}
