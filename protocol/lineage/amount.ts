import { baseUnitOf, type Decimal, dimensionOf, inBaseUnit } from './quantity.ts';

/** How much of a class of goods, in the base unit of its dimension. */
export interface Amount {
  readonly dimension: string;
  readonly unit: string;
  readonly value: Decimal;
}

/** Reads a quantity. @param unit UN/ECE Recommendation 20; empty: a count */
export function amount(quantity: string, unit: string): Amount {
  return { dimension: dimensionOf(unit), unit: baseUnitOf(unit), value: inBaseUnit(quantity, unit) };
}
