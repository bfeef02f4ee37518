import { movePoint } from '../credentials/rules/decimal.ts';

/** A unit of measurement results. Units of one quantity differ by powers of ten, so that figures convert exactly. */
export interface Unit {
  /** UN/ECE Recommendation 20 code, or our own where it has none. */
  code: string;
  /** As people write it. */
  symbol: string;
  quantity: 'mass fraction' | 'volume fraction' | 'count per mass' | 'count per volume' | 'pH' | 'number' | 'share';
  /** The unit is 10 to this power of its quantity's base: kg/kg, L/L, 1/g, 1/mL. */
  exponent: number;
  /** Other ways in which reports write it. */
  aliases?: readonly string[];
}

/**
 * Codes and factors: Recommendation 20 revision 14 annexes II and III, which has no unit of colonies and none per 100 g.
 * Parts per million are by mass in reports on goods. A bare percentage says of what neither it nor we: it converts to nothing.
 */
export const UNITS: readonly Unit[] = [
  { code: 'M29', symbol: 'kg/kg', quantity: 'mass fraction', exponent: 0 },
  { code: '60', symbol: '% w/w', quantity: 'mass fraction', exponent: -2, aliases: ['%w/w', '%(w/w)', 'g/100g'] },
  // GK is g/kg, marked as deleted in favour of the equal H64.
  { code: 'H64', symbol: 'mg/g', quantity: 'mass fraction', exponent: -3, aliases: ['GK', 'g/kg'] },
  { code: 'NA', symbol: 'mg/kg', quantity: 'mass fraction', exponent: -6 },
  { code: '59', symbol: 'ppm', quantity: 'mass fraction', exponent: -6 },
  { code: 'ug/g', symbol: 'µg/g', quantity: 'mass fraction', exponent: -6 },
  { code: 'ug/100g', symbol: 'µg/100 g', quantity: 'mass fraction', exponent: -8 },
  { code: 'J33', symbol: 'µg/kg', quantity: 'mass fraction', exponent: -9, aliases: ['ug/kg'] },
  { code: 'VP', symbol: '% v/v', quantity: 'volume fraction', exponent: -2, aliases: ['%v/v', '%(v/v)'] },
  { code: 'L19', symbol: 'mL/L', quantity: 'volume fraction', exponent: -3 },
  { code: 'CFU/g', symbol: 'CFU/g', quantity: 'count per mass', exponent: 0 },
  { code: '/g', symbol: '/g', quantity: 'count per mass', exponent: 0 },
  { code: 'CFU/mL', symbol: 'CFU/mL', quantity: 'count per volume', exponent: 0, aliases: ['CFU/ml'] },
  { code: 'Q30', symbol: 'pH', quantity: 'pH', exponent: 0 },
  { code: 'C62', symbol: '1', quantity: 'number', exponent: 0 },
  { code: 'P1', symbol: '%', quantity: 'share', exponent: -2 },
];

/** The unit that a report or a profile names by its code, its symbol or another way of writing it. */
export function unitOf(text: string): Unit | undefined {
  return UNITS.find(({ code, symbol, aliases = [] }) => code === text || symbol === text || aliases.includes(text));
}

/**
 * A figure in another unit, exactly; undefined where one does not convert to the other.
 *
 * @example
 * convert('14', unitOf('ug/100g'), unitOf('NA')); // '0.14'
 * convert('14', unitOf('CFU/mL'), unitOf('CFU/g')); // undefined: the density is not known
 */
export function convert(decimal: string, from: Unit | undefined, to: Unit | undefined): string | undefined {
  if (from === undefined || to === undefined || from.quantity !== to.quantity) return undefined;
  return movePoint(decimal, from.exponent - to.exponent);
}

/**
 * Grams of the portion that something was looked for in, where the unit says so.
 *
 * @example
 * portionOf('/25g'); // '25'
 * portionOf('CFU/25g'); // '25'
 * portionOf('CFU/g'); // undefined: a concentration
 */
export function portionOf(unit: string): string | undefined {
  return /^(?:CFU)?\/([1-9]\d{0,5}(?:\.\d{1,6})?)g$/.exec(unit)?.[1];
}
