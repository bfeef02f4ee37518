import type { FromEvent } from '../project/rows.ts';
import type { CopyBuffer } from './copyBinary.ts';

/** The columns that every table of the projection begins with. */
export const PLACE: readonly string[] = ['block', 'log_index', 'sequence'];

/** Writes them. */
export function writePlace(row: FromEvent, to: CopyBuffer): void {
  to.bigint(row.block);
  to.integer(row.logIndex);
  to.bigint(row.sequence);
}
