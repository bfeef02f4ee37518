import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublicJwk } from '../../protocol/jose/jwk.ts';
import { verifyJws } from '../../protocol/jose/jws.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** Wycheproof, JSON Web Signature: the cases with an ES256 key for signing. */
export const corpus = 'crypto/wycheproof/testvectors_v1/json_web_signature_test.json';

interface Group {
  comment: string;
  public?: PublicJwk & { alg?: string; use?: string; key_ops?: string[] };
  tests: { tcId: number; comment: string; jws: string; result: 'valid' | 'invalid' }[];
}

/** Verifies each JWS under the group's key. */
export function run(corpora: string): Outcome {
  const { testGroups } = JSON.parse(readFileSync(join(corpora, corpus), 'utf8')) as { testGroups: Group[] };
  const groups = testGroups.filter((group) => group.public?.alg === 'ES256');
  return runCases(
    groups.flatMap((group) =>
      group.tests.map(
        ({ tcId, comment, jws, result }) =>
          [`${tcId} ${comment}`, () => verifies(jws, group.public as PublicJwk) === (result === 'valid')] as const,
      ),
    ),
  );
}

function verifies(jws: string, key: PublicJwk): boolean {
  try {
    verifyJws(jws, key);
    return true;
  } catch {
    return false;
  }
}
