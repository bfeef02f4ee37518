import { parseDigitalLink } from '../../protocol/gs1/parseDigitalLink.ts';
import { type Case, type Outcome, runCases } from './registry/suite.ts';
import { attempt, type Flags, type ParseVector, permissionsOf, readVectors, SYNTAX_ENGINE } from './registry/syntaxEngine.ts';

/** Links to read of the GS1 Syntax Engine's own tests. */
export const corpus = SYNTAX_ENGINE;

/** Links that are read with the engine's defaults; 18 more are read with settings of their own. */
export const cases = 100;

/** Reads each link. Those with settings are told setting by setting and not counted; one that fails is a failure all the same. */
export function run(corpora: string): Outcome {
  const vectors = readVectors<ParseVector>(corpora, 'dl-parse-vectors.json');
  const outcome = runCases(vectors.filter(({ flags }) => nameOf(flags) === '').map(parseCase));
  const settings = [...new Set(vectors.map(({ flags }) => nameOf(flags)))].filter((name) => name !== '').sort();
  const apart = settings.map((name) => ({ name, ...runCases(vectors.filter(({ flags }) => nameOf(flags) === name).map(parseCase)) }));
  return {
    ...outcome,
    failures: [...outcome.failures, ...apart.flatMap(({ failures }) => failures)],
    notes: apart.map(({ name, passed, total }) => `with ${name}: ${passed} of ${total}`),
  };
}

function parseCase({ uri, valid, unbracketedAI, flags }: ParseVector): Case {
  const expected = valid ? (unbracketedAI ?? '').replaceAll('^', '') : undefined;
  return [`read ${uri}`, () => attempt(() => elementText(uri, flags)) === expected];
}

function elementText(uri: string, flags: Flags): string {
  const { path, attributes } = parseDigitalLink(uri, permissionsOf(flags));
  return [...path, ...attributes].map(({ ai, value }) => ai + value).join('');
}

function nameOf(flags: Flags): string {
  return Object.entries(flags)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
