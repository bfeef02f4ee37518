import { ProtocolError } from '../errors.ts';

const DIGITS = /^\d+$/;

/**
 * The standard check digit of a numeric GS1 key written without it (GS1 General Specifications section 7.9.1): weights 3 and 1 from the right, modulo 10.
 *
 * @throws ProtocolError `NOT_DIGITS`
 */
export function checkDigit(body: string): string {
  if (!DIGITS.test(body)) throw new ProtocolError('NOT_DIGITS', 'expected digits', { facts: { body } });
  let sum = 0;
  for (let at = body.length - 1, weight = 3; at >= 0; at--, weight = 4 - weight) sum += weight * (body.charCodeAt(at) - 48);
  return String((10 - (sum % 10)) % 10);
}

/** Tells whether a numeric key ends in its own check digit. */
export function hasCheckDigit(key: string): boolean {
  return key.length > 1 && DIGITS.test(key) && key.endsWith(checkDigit(key.slice(0, -1)));
}
