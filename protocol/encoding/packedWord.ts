import { ProtocolError } from '../errors.ts';

/** Words of 256 bits that hold several fields, as the contracts keep them. */

/** Fields from the most significant bit down, widths in bits; a field named `null` is unused, and what is left over at the end too. */
export type Layout = readonly (readonly [field: string | null, bits: number])[];

/** Widths that a number cannot hold exactly: such fields are bigints. */
type Wide = 128 | 160 | 168;
type Named<Entry> = Entry extends readonly [infer Field extends string, number] ? Field : never;
type BitsOf<L extends Layout, Field> = Extract<L[number], readonly [Field, number]>[1];

/** A word's fields by name. */
export type Fields<L extends Layout> = { [F in Named<L[number]>]: BitsOf<L, F> extends Wide ? bigint : number };

const WORD_BITS = 256;
const EXACT_BITS = 48;

/** Unpacks a word. */
export function decodeWord<L extends Layout>(layout: L, word: bigint): Fields<L> {
  const fields: Record<string, number | bigint> = {};
  let below = BigInt(WORD_BITS);
  for (const [field, bits] of layout) {
    below -= BigInt(bits);
    if (field === null) continue;
    const value = BigInt.asUintN(bits, word >> below);
    fields[field] = bits > EXACT_BITS ? value : Number(value);
  }
  return fields as Fields<L>;
}

/** Packs a word. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeWord<L extends Layout>(layout: L, fields: Fields<L>): bigint {
  const values: Readonly<Record<string, number | bigint>> = fields;
  let word = 0n;
  let below = BigInt(WORD_BITS);
  for (const [field, bits] of layout) {
    below -= BigInt(bits);
    if (field !== null) word |= checked(field, bits, values[field]) << below;
  }
  return word;
}

function checked(field: string, bits: number, value: number | bigint | undefined): bigint {
  const isWhole = typeof value === 'bigint' || Number.isInteger(value);
  if (value !== undefined && isWhole && value >= 0 && BigInt(value) >> BigInt(bits) === 0n) return BigInt(value);
  throw new ProtocolError('OUT_OF_RANGE', `${field} holds ${bits} bits`, { pointer: `/${field}`, facts: { value: String(value) } });
}
