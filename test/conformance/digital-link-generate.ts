import { formatDigitalLink } from '../../protocol/gs1/formatDigitalLink.ts';
import { type Case, type Outcome, runCases } from './registry/suite.ts';
import { attempt, type GenerateVector, permissionsOf, readVectors, SYNTAX_ENGINE } from './registry/syntaxEngine.ts';

/** Element strings to write as links of the GS1 Syntax Engine's own tests. */
export const corpus = SYNTAX_ENGINE;

/** All of them, those with settings too. */
export const cases = 22;

/** Writes each. */
export function run(corpora: string): Outcome {
  return runCases(readVectors<GenerateVector>(corpora, 'dl-generate-vectors.json').map(generateCase));
}

function generateCase({ bracketedAI, stem, uri, flags }: GenerateVector): Case {
  const elements = [...bracketedAI.matchAll(/\((\d+)\)([^(]*)/g)].map(([, ai = '', value = '']) => ({ ai, value }));
  const write = () => formatDigitalLink(elements, stem ?? undefined, permissionsOf(flags));
  return [`write ${bracketedAI}`, () => attempt(write) === (uri ?? undefined)];
}
