import { ProtocolError } from '../errors.ts';
import { CSET82 } from './charsets.ts';

/** Weights from the right; as many as the longest Global Model Number without its check characters (GS1 General Specifications section 7.9.5). */
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83] as const;
const CHECK_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The two check characters of a Global Model Number written without them (GS1 General Specifications section 7.9.5).
 *
 * @throws ProtocolError `WRONG_CHARACTER`, `WRONG_LENGTH`
 */
export function checkCharacters(body: string): string {
  if (body.length === 0 || body.length > PRIMES.length)
    throw new ProtocolError('WRONG_LENGTH', `expected 1 to ${PRIMES.length} characters`, { facts: { length: body.length } });
  let sum = 0;
  for (let at = 0; at < body.length; at++) {
    const value = CSET82.indexOf(body.charAt(at));
    if (value < 0) throw new ProtocolError('WRONG_CHARACTER', 'expected characters of GS1 set 82', { facts: { at } });
    sum += value * (PRIMES[body.length - 1 - at] ?? 0);
  }
  sum %= 1021;
  return CHECK_ALPHABET.charAt(sum >> 5) + CHECK_ALPHABET.charAt(sum & 31);
}

/** Tells whether a Global Model Number ends in its own check characters. */
export function hasCheckCharacters(key: string): boolean {
  if (key.length < 3 || key.length > PRIMES.length + 2) return false;
  const body = key.slice(0, -2);
  return [...body].every((character) => CSET82.includes(character)) && key.endsWith(checkCharacters(body));
}
