import type pg from 'pg';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { EventRow, Page, PageRequest } from './rows.ts';

/** What all reads share: rows as node-postgres gives them, and pages. */

/** Asks one prepared query; answers no rows while the index is not made yet. */
export type Select = <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) => Promise<Row[]>;

/** The columns that every row begins with. node-postgres gives bigint columns as text. */
export interface PlaceRecord {
  block: string;
  log_index: number;
  sequence: string;
}

/** Most rows of any answer. */
export const MOST_ROWS = 1_000;

/** Reads the columns that every row begins with. */
export function placeOf(row: PlaceRecord): EventRow {
  return { block: Number(row.block), logIndex: row.log_index, sequence: Number(row.sequence) };
}

/** What a page's query needs. @throws RangeError where the page is too large or none */
export function pageOf({ first, after }: PageRequest): { block: number; logIndex: number; limit: number } {
  if (!Number.isInteger(first) || first < 1 || first > MOST_ROWS) throw new RangeError(`a page has 1 to ${MOST_ROWS} rows`);
  // One row more than asked tells whether there is a next page.
  return { block: after?.block ?? -1, logIndex: after?.logIndex ?? -1, limit: first + 1 };
}

/** The page that a query with the `limit` of `pageOf` found. */
export function paged<From, Row>(rows: readonly From[], read: (row: From) => Row, limit: number): Page<Row> {
  return { rows: rows.slice(0, limit - 1).map(read), hasNext: rows.length === limit };
}

/** A parameter of a bytea column. */
export function bytes(hex: Hex): Buffer {
  return Buffer.from(hex.slice(2), 'hex');
}

/** A bytea column. Node's own conversion: answers have thousands of them. */
export function hexOf(value: Buffer): Hex {
  return `0x${value.toString('hex')}`;
}

/** A bytea column that may be null. */
export function hexOrNull(value: Buffer | null): Hex | null {
  return value === null ? null : hexOf(value);
}

/** A word's column. */
export function wordOf(value: Buffer): bigint {
  return BigInt(hexOf(value));
}
