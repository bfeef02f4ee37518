import type { LineageGraph } from './lineageGraph.ts';
import { baseUnitOf, type Decimal, dimensionOf, inBaseUnit } from './quantity.ts';

/** How much of a class of goods a mention says, in the base unit of its dimension. */
export interface Amount {
  readonly dimension: string;
  readonly unit: string;
  readonly value: Decimal;
}

/**
 * The amount that a mention says; undefined: unknown.
 *
 * @param mention -1: one that does not name the goods
 */
export function amountOf(graph: LineageGraph, mention: number): Amount | undefined {
  const quantity = mention < 0 ? undefined : graph.mentionQuantity(mention);
  if (quantity === undefined) return undefined;
  const unit = graph.mentionUnit(mention);
  return { dimension: dimensionOf(unit), unit: baseUnitOf(unit), value: inBaseUnit(quantity, unit) };
}
