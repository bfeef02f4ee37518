import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../protocol/encoding/hex.ts';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { sm3 } from '../../protocol/hash/sm3.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** The two examples of GB/T 32905-2016. */
export const corpus = 'credentials/sm-vectors/sm2-sm3.json';

interface Vector {
  messageAscii: string;
  digest: string;
}

/** Hashes each message and compares. */
export function run(corpora: string): Outcome {
  const { sm3: vectors } = JSON.parse(readFileSync(join(corpora, corpus), 'utf8')) as { sm3: Vector[] };
  return runCases(vectors.map(({ messageAscii, digest }) => [messageAscii, () => toHex(sm3(toUtf8(messageAscii))) === `0x${digest}`]));
}
