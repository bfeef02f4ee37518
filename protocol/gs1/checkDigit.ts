import { ProtocolError } from '../errors.ts';

const DIGITS = /^\d+$/;
const ZERO = 48;

/**
 * The standard check digit of a numeric GS1 key written without it (GS1 General Specifications section 7.9.1): weights 3 and 1 from the right, modulo 10.
 *
 * @throws ProtocolError `NOT_DIGITS`
 */
export function checkDigit(body: string): string {
  if (!DIGITS.test(body)) throw new ProtocolError('NOT_DIGITS', 'expected digits', { facts: { body } });
  return String((10 - (weightedSum(body, body.length) % 10)) % 10);
}

/** Tells whether a numeric key ends in its own check digit. */
export function hasCheckDigit(key: string): boolean {
  const last = key.length - 1;
  return last > 0 && DIGITS.test(key) && (weightedSum(key, last) + key.charCodeAt(last) - ZERO) % 10 === 0;
}

function weightedSum(digits: string, length: number): number {
  let sum = 0;
  for (let at = length - 1, weight = 3; at >= 0; at--, weight = 4 - weight) sum += weight * (digits.charCodeAt(at) - ZERO);
  return sum;
}
