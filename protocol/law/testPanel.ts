import { integer, list, object, oneOf, pattern, refusal, text } from './fields.ts';
import type { Confidence, Words } from './limitProfile.ts';

/**
 * A catalogue of tests that laboratories can be accredited for: with its matrix, each entry is one (matrix, analyte, method) of an ISO/IEC 17025 scope, and one
 * bit in the ledger. Append-only.
 */
export interface TestPanel {
  readonly code: number;
  readonly title: Words;
  /** The `matrix` of the reports' lines. */
  readonly matrix: string;
  readonly version: number;
  /** Where the names of the methods come from. */
  readonly source: string;
  readonly confidence: Confidence;
  readonly entries: readonly { readonly index: number; readonly analyte: string; readonly method: string }[];
}

/** A word of the ledger has so many bits. */
const BITS = 256;
const MOST = 65_535;
const TEXT = 500;

const panel = object({
  code: integer(1, MOST),
  title: object({ zh: text(TEXT), ko: text(TEXT), en: text(TEXT) }),
  matrix: text(TEXT),
  version: integer(1, MOST),
  source: text(TEXT),
  confidence: oneOf('confirmed', 'unconfirmed'),
  entries: list(object({ index: integer(0, BITS - 1), analyte: pattern(/^[A-Za-z][A-Za-z0-9]{0,15}$/), method: text(100) }), 1, BITS),
});

/**
 * Reads a test panel strictly (law/schema/testPanel.schema.json, and what a schema cannot say).
 *
 * @param value a JSON value
 * @throws ProtocolError with the pointer of the field: the codes of `readLimitProfile`'s fields, `INDEX_WRONG` where an entry is not at the place of its bit,
 * `DUPLICATE_ENTRY`
 */
export function readTestPanel(value: unknown): TestPanel {
  panel(value, []);
  const read = value as TestPanel;
  for (const [place, { index, analyte, method }] of read.entries.entries()) {
    if (index !== place) throw refusal('INDEX_WRONG', ['entries', place, 'index']);
    const first = read.entries.findIndex((entry) => entry.analyte === analyte && entry.method === method);
    if (first !== place) throw refusal('DUPLICATE_ENTRY', ['entries', place]);
  }
  return read;
}
