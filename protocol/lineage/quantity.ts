/** An integer, exactly: a number while it is safe, since nearly all are and sums of `bigint` take ten times as long. */
type Integer = number | bigint;

/** A decimal, exactly: `digits` times 10 to minus `scale`. */
export interface Decimal {
  readonly digits: Integer;
  readonly scale: number;
}

/** Units of UN/ECE Recommendation 20 that goods are traded in, by dimension, with their factor to its first unit: all are finite decimals, so sums are exact. */
const FACTORS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  count: { '': '1', C62: '1', EA: '1', H87: '1', NAR: '1', PR: '2', DZN: '12', CEN: '100', MIL: '1000' },
  mass: {
    KGM: '1',
    GRM: '0.001',
    MGM: '0.000001',
    MC: '0.000000001',
    HGM: '0.1',
    DTN: '100',
    TNE: '1000',
    LBR: '0.45359237',
    ONZ: '0.028349523125',
    STN: '907.18474',
    LTN: '1016.0469088',
    STI: '6.35029318',
  },
  volume: {
    LTR: '1',
    MLT: '0.001',
    CLT: '0.01',
    DLT: '0.1',
    HLT: '100',
    MTQ: '1000',
    DMQ: '1',
    CMQ: '0.001',
    GLL: '3.785411784',
    GLI: '4.54609',
    OZA: '0.0295735295625',
  },
  length: { MTR: '1', KMT: '1000', CMT: '0.01', MMT: '0.001', FOT: '0.3048', INH: '0.0254', YRD: '0.9144' },
  area: { MTK: '1', CMK: '0.0001', HAR: '10000', FTK: '0.09290304', ACR: '4046.8564224' },
};
const UNITS = new Map(
  Object.entries(FACTORS).flatMap(([dimension, units]) =>
    Object.entries(units).map(
      ([unit, factor]) => [unit, { dimension, factor: parse(factor), base: Object.keys(units)[0] as string }] as const,
    ),
  ),
);
const ONE: Decimal = { digits: 1, scale: 0 };
export const ZERO: Decimal = { digits: 0, scale: 0 };

/** Whether it is nothing. */
export function isZero({ digits }: Decimal): boolean {
  return digits === 0 || digits === 0n;
}

/** What can be added up: the dimension of a unit, and an unknown unit for itself. */
export function dimensionOf(unit: string): string {
  return UNITS.get(unit)?.dimension ?? `unit ${unit}`;
}

/** The unit in which sums of a dimension are written: that of its factor 1; empty for a count. */
export function baseUnitOf(unit: string): string {
  return UNITS.get(unit)?.base ?? unit;
}

/** A quantity in the base unit of its dimension. */
export function inBaseUnit(quantity: string, unit: string): Decimal {
  const { digits, scale } = parse(quantity);
  const factor = UNITS.get(unit)?.factor ?? ONE;
  return { digits: product(digits, factor.digits), scale: scale + factor.scale };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: total(widen(a, scale), widen(b, scale)), scale };
}

export function negative({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negative(b));
}

export function isMore(a: Decimal, b: Decimal): boolean {
  return a.scale === b.scale ? a.digits > b.digits : subtract(a, b).digits > 0;
}

/** A sum that grows: of what lots take in and put out there are thousands in an answer. */
export class Sum implements Decimal {
  digits: Integer = 0;
  scale = 0;

  add(value: Decimal): void {
    if (value.scale === this.scale) {
      this.digits = total(this.digits, value.digits);
      return;
    }
    const { digits, scale } = add(this, value);
    this.digits = digits;
    this.scale = scale;
  }

  subtract(value: Decimal): void {
    this.add(negative(value));
  }
}

export function sum(values: readonly Decimal[]): Decimal {
  return values.reduce(add, ZERO);
}

/** In digits, without needless zeros. */
export function write({ digits, scale }: Decimal): string {
  const sign = digits < 0 ? '-' : '';
  const text = (digits < 0 ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}

function parse(text: string): Decimal {
  const point = text.indexOf('.');
  if (point < 0) return { digits: integer(text), scale: 0 };
  return { digits: integer(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

function integer(text: string): Integer {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function widen({ digits, scale }: Decimal, to: number): Integer {
  return scale === to ? digits : product(digits, powerOfTen(to - scale));
}

function powerOfTen(exponent: number): Integer {
  return exponent <= 15 ? 10 ** exponent : 10n ** BigInt(exponent);
}

function total(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const number = a + b;
    if (Number.isSafeInteger(number)) return number;
  }
  return narrowed(BigInt(a) + BigInt(b));
}

function product(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const number = a * b;
    if (Number.isSafeInteger(number)) return number;
  }
  return narrowed(BigInt(a) * BigInt(b));
}

/** Every integer in one form, so that equal sums are alike. */
function narrowed(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
