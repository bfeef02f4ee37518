import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromUtf8 } from '../../protocol/encoding/utf8.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { parseJson } from '../../protocol/json/parseJson.ts';
import { type Outcome, runCases } from './registry/suite.ts';

/** The files of JSONTestSuite whose verdict is fixed: `y_` must parse, `n_` must not. */
export const corpus = 'badinput/JSONTestSuite/test_parsing';

/** Runs the grammar alone: what the strict rules refuse beyond it is asserted in test/protocol/json. */
export function run(corpora: string): Outcome {
  const folder = join(corpora, corpus);
  const files = readdirSync(folder).filter((file) => /^[yn]_/.test(file));
  return runCases(files.map((file) => [file, () => parses(readFileSync(join(folder, file))) === file.startsWith('y_')]));
}

/** Whether bytes are a JSON text by RFC 8259. */
export function parses(bytes: Uint8Array): boolean {
  try {
    parseJson(fromUtf8(bytes), { maxDepth: 1000 });
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
