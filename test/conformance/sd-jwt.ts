import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseDisclosure } from '../../protocol/credentials/sdjwt/disclosure.ts';
import { reveal } from '../../protocol/credentials/sdjwt/reveal.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { CORPORA } from './registry/runSuites.ts';
import { type Outcome, runCases } from './registry/suite.ts';

const VECTORS = join(import.meta.dirname, '..', 'vectors', 'sd-jwt', 'vectors.json');

/** Vectors of this project, with the examples of RFC 9901 section 4.2 among them. */
export const corpus = relative(CORPORA, VECTORS);

interface Vector {
  name: string;
  payload: JsonObject;
  disclosures: string[];
  /** What the SD-JWT says, or the code with which it is refused. */
  claims?: JsonObject;
  refused?: string;
}

/** Reveals each payload with its disclosures. */
export function run(corpora: string): Outcome {
  const { digests, vectors } = JSON.parse(readFileSync(join(corpora, corpus), 'utf8')) as {
    digests: { disclosure: string; digest: string }[];
    vectors: Vector[];
  };
  return runCases([
    ...digests.map(({ disclosure, digest }) => [`digest ${digest}`, () => parseDisclosure(disclosure).digest === digest] as const),
    ...vectors.map(
      (vector) => [vector.name, () => isDeepStrictEqual(outcomeOf(vector), { claims: vector.claims, refused: vector.refused })] as const,
    ),
  ]);
}

function outcomeOf({ payload, disclosures }: Vector): Pick<Vector, 'claims' | 'refused'> | object {
  try {
    return { claims: reveal(payload, disclosures.map(parseDisclosure)).claims, refused: undefined };
  } catch (error) {
    if (error instanceof ProtocolError) return { claims: undefined, refused: error.code };
    throw error;
  }
}
