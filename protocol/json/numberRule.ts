import type { Refusal } from './parseJson.ts';

// Any decimal of up to 15 significant digits survives a double (IEEE 754: DBL_DIG), so short plain literals need no closer look.
const SHORT = /^-?[\d.]{1,15}$/;
const DECIMAL = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;
// From here on RFC 8785 writes integers with an exponent, and nobody reads them as counts.
const EXPONENT_FORM = 1e21;

/**
 * Refuses a number that would not come back as it was written: an integer beyond 2^53 - 1 (RFC 7493 section 2.2), and any literal whose value is not exactly
 * that of its RFC 8785 form (precision loss, overflow to infinity, underflow to zero). Different spellings of one value, as 1.0 for 1, are let through.
 */
export function numberRule(value: number, literal: string): Refusal | undefined {
  if (SHORT.test(literal)) return undefined;
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < EXPONENT_FORM) {
    return { code: 'UNSAFE_INTEGER', message: 'an integer beyond 2^53 - 1 must travel as text' };
  }
  // An infinity has no digits, and so is like no literal.
  if (plainForm(literal) === plainForm(String(value))) return undefined;
  return { code: 'INEXACT_NUMBER', message: 'this number cannot be kept exactly and must travel as text' };
}

/** The magnitude of a decimal as digits without outer zeros and the power of ten of its last digit: equal texts are equal values. */
function plainForm(literal: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(literal) ?? [];
  const digits = trimZeros(whole + fraction);
  if (digits.text === '') return '0';
  return `${digits.text}e${Number(exponent) - fraction.length + digits.trailing}`;
}

/** Written as loops: a pattern such as /0+$/ takes quadratic time on long literals. */
function trimZeros(digits: string): { text: string; trailing: number } {
  let from = 0;
  while (digits[from] === '0') from += 1;
  let to = digits.length;
  while (to > from && digits[to - 1] === '0') to -= 1;
  return { text: digits.slice(from, to), trailing: digits.length - to };
}
