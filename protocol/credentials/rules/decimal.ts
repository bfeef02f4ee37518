/**
 * Compares two decimal texts exactly, as no binary number could: negative where `one` is less, 0 where equal, positive where greater.
 *
 * @param one of the form `-?digits[.digits]`, as the schemas demand
 */
export function compareDecimals(one: string, other: string): number {
  const scale = Math.max(fraction(one).length, fraction(other).length);
  const difference = scaled(one, scale) - scaled(other, scale);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Tells whether a text is a decimal that `compareDecimals` can read. */
export function isDecimal(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,29})(?:\.\d{1,30})?$/.test(text);
}

function fraction(decimal: string): string {
  return decimal.split('.')[1] ?? '';
}

function scaled(decimal: string, scale: number): bigint {
  const [whole = '0'] = decimal.split('.');
  return BigInt(whole + fraction(decimal).padEnd(scale, '0'));
}
