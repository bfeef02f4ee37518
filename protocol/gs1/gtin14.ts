import { ProtocolError } from '../errors.ts';
import { hasCheckDigit } from './checkDigit.ts';

const GTIN = /^(?:\d{8}|\d{12,14})$/;

/**
 * Reads a GTIN of 8, 12, 13 or 14 digits and writes it in its one form of 14 (GS1 General Specifications section 3.3.3).
 *
 * @throws ProtocolError `NOT_A_GTIN`: not that many digits; `CHECK_DIGIT_WRONG`
 */
export function gtin14(text: string): string {
  if (!GTIN.test(text)) throw new ProtocolError('NOT_A_GTIN', 'expected 8, 12, 13 or 14 digits', { facts: { text } });
  if (!hasCheckDigit(text)) throw new ProtocolError('CHECK_DIGIT_WRONG', 'the last digit is not the check digit', { facts: { text } });
  return text.padStart(14, '0');
}
