import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDigitalLink } from '../../protocol/gs1/formatDigitalLink.ts';
import { parseDigitalLink } from '../../protocol/gs1/parseDigitalLink.ts';
import { type Case, type Outcome, runCases } from './registry/suite.ts';

/** Links to read (118) and to write (22) of the GS1 Syntax Engine's own tests. */
export const corpus = 'gs1/gs1-syntax-engine';

interface ParseVector {
  uri: string;
  valid: boolean;
  /** Element strings, each behind a caret. */
  unbracketedAI: string | null;
  flags: Record<string, string>;
}

interface GenerateVector {
  bracketedAI: string;
  stem: string | null;
  uri: string | null;
  flags: Record<string, string>;
}

/** Reads and writes each. The vectors that permit Application Identifiers unknown to GS1 are left out: this program knows none. */
export function run(corpora: string): Outcome {
  const read = <Vector extends { flags: Record<string, string> }>(file: string) =>
    (JSON.parse(readFileSync(join(corpora, corpus, file), 'utf8')) as Vector[]).filter(({ flags }) => !('PermitUnknownAIs' in flags));
  return runCases([
    ...read<ParseVector>('dl-parse-vectors.json').map(parseCase),
    ...read<GenerateVector>('dl-generate-vectors.json').map(generateCase),
  ]);
}

function parseCase({ uri, valid, unbracketedAI, flags }: ParseVector): Case {
  const permissions = {
    zeroSuppressedGtin: flags.PermitZeroSuppressedGTINinDLuris === 'true',
    shortNames: flags.permitConvenienceAlphas === 'true',
  };
  const expected = valid ? (unbracketedAI ?? '').replaceAll('^', '') : undefined;
  return [`read ${uri}`, () => attempt(() => elementText(uri, permissions)) === expected];
}

function elementText(uri: string, permissions: object): string {
  const { path, attributes } = parseDigitalLink(uri, permissions);
  return [...path, ...attributes].map(({ ai, value }) => ai + value).join('');
}

function generateCase({ bracketedAI, stem, uri }: GenerateVector): Case {
  const elements = [...bracketedAI.matchAll(/\((\d+)\)([^(]*)/g)].map(([, ai = '', value = '']) => ({ ai, value }));
  return [`write ${bracketedAI}`, () => attempt(() => formatDigitalLink(elements, stem ?? undefined)) === (uri ?? undefined)];
}

function attempt(action: () => string): string | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
