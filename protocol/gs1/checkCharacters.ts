import { ProtocolError } from '../errors.ts';
import { CSET82 } from './charsets.ts';

const MAX_LENGTH = 97;
/** Weights from the right (GS1 General Specifications section 7.9.5). */
const PRIMES = firstPrimes(MAX_LENGTH);
const CHECK_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The two check characters of a Global Model Number written without them (GS1 General Specifications section 7.9.5): the characters' values by set 82,
 * weighted with primes from the right, modulo 1021, in base 32.
 *
 * @throws ProtocolError `WRONG_CHARACTER`, `WRONG_LENGTH`: more than 97 characters
 */
export function checkCharacters(body: string): string {
  if (body.length > MAX_LENGTH)
    throw new ProtocolError('WRONG_LENGTH', `expected at most ${MAX_LENGTH} characters`, { facts: { length: body.length } });
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
  if (key.length < 2 || key.length > MAX_LENGTH + 2) return false;
  const body = key.slice(0, -2);
  return [...body].every((character) => CSET82.includes(character)) && key.endsWith(checkCharacters(body));
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  return primes;
}
