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

/**
 * Multiplies a decimal text by a power of ten, exactly.
 *
 * @param decimal of the form `-?digits[.digits]`
 * @param places how far its point moves to the right; to the left where negative
 *
 * @example
 * movePoint('0.5', 3); // '500'
 * movePoint('14', -2); // '0.14'
 */
export function movePoint(decimal: string, places: number): string {
  const after = fraction(decimal).length - places;
  const digits = scaled(decimal, fraction(decimal).length);
  if (after <= 0) return String(digits * 10n ** BigInt(-after));
  const plain = String(digits < 0n ? -digits : digits).padStart(after + 1, '0');
  return `${digits < 0n ? '-' : ''}${plain.slice(0, -after)}.${plain.slice(-after)}`;
}

function fraction(decimal: string): string {
  return decimal.split('.')[1] ?? '';
}

function scaled(decimal: string, scale: number): bigint {
  const [whole = '0'] = decimal.split('.');
  return BigInt(whole + fraction(decimal).padEnd(scale, '0'));
}
