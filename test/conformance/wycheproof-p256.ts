import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyEs256 } from '../../protocol/jose/es256.ts';
import type { PublicJwk } from '../../protocol/jose/jwk.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** Wycheproof, ECDSA on P-256 with SHA-256, signatures as `r || s`: the form of ES256. Every verdict is as the corpus gives it; a high s is valid (case 1). */
export const corpus = 'crypto/wycheproof/testvectors_v1/ecdsa_secp256r1_sha256_p1363_test.json';

interface Group {
  publicKeyJwk?: PublicJwk;
  publicKey: { uncompressed: string };
  tests: { tcId: number; comment: string; msg: string; sig: string; result: 'valid' | 'invalid' }[];
}

/** Verifies each signature. A key that is refused verifies nothing. */
export function run(corpora: string): Outcome {
  const { testGroups } = JSON.parse(readFileSync(join(corpora, corpus), 'utf8')) as { testGroups: Group[] };
  return runCases(
    testGroups.flatMap((group) =>
      group.tests.map(
        ({ tcId, comment, msg, sig, result }) =>
          [
            `${tcId} ${comment}`,
            () => verifyEs256(Buffer.from(sig, 'hex'), Buffer.from(msg, 'hex'), keyOf(group)) === (result === 'valid'),
          ] as const,
      ),
    ),
  );
}

function keyOf({ publicKey }: Group): PublicJwk {
  const point = Buffer.from(publicKey.uncompressed, 'hex');
  return { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
}
