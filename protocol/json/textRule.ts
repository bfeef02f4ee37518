import { isWellFormed } from '../encoding/utf8.ts';
import { dateProblem } from './dateProblem.ts';
import type { Refusal } from './parseJson.ts';

// Printable ASCII, tab and line ends: nothing in them needs a closer look.
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const REFUSED: readonly (readonly [RegExp, code: string, message: string])[] = [
  [/[^\P{Cc}\t\n\r]/u, 'CONTROL_CHARACTER', 'text holds a control character'],
  [/\p{Noncharacter_Code_Point}/u, 'NONCHARACTER', 'text holds a code point that is no character'],
  [/\p{Bidi_Control}/u, 'BIDI_CONTROL', 'text holds a character that turns the direction of reading'],
  // Joiners (U+200C, U+200D) and variation selectors stay: emoji, and the ideographs of names, are written with them.
  [
    /(?!\p{Join_Control}|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/u,
    'INVISIBLE_CHARACTER',
    'text holds an invisible character',
  ],
  // UAX #15 section 13 (stream-safe text). Longer runs are no writing, and normalising them takes time that grows with the square of their length.
  [/\p{Mark}{31}/u, 'TOO_MANY_MARKS', 'text holds more than 30 combining marks in a row'],
];
const DIGITS = /^[+-]?\p{Decimal_Number}[\p{Decimal_Number}.,:/TZ+-]*$/u;

/**
 * Refuses text that looks like one thing and is another: half a surrogate pair, control, invisible, direction-turning and non-characters, text that is not
 * in normalisation form C, numbers in other than ASCII digits, and dates that do not exist.
 */
export function textRule(text: string): Refusal | undefined {
  return PLAIN.test(text) ? dateProblem(text) : (nameRule(text) ?? digitsProblem(text) ?? dateProblem(text));
}

/** The part of `textRule` that holds for the names of members too. */
export function nameRule(text: string): Refusal | undefined {
  if (PLAIN.test(text)) return undefined;
  if (!isWellFormed(text)) return { code: 'LONE_SURROGATE', message: 'text holds half of a surrogate pair' };
  const found = REFUSED.find(([pattern]) => pattern.test(text));
  if (found !== undefined) return { code: found[1], message: found[2] };
  return isNormalized(text) ? undefined : { code: 'NOT_NORMALIZED', message: 'text is not in Unicode normalisation form C' };
}

/** "１２" in a quantity: a reader sees twelve, a program does not. Full-width punctuation, and digits in running text, are usual and stay. */
function digitsProblem(text: string): Refusal | undefined {
  if (!DIGITS.test(text.normalize('NFKC'))) return undefined;
  return { code: 'NOT_ASCII_DIGITS', message: 'numbers, dates and times are written in ASCII digits' };
}

/**
 * Whether text is in normalisation form C, letting stand the letters that Unicode shuts out of composition (UAX #15, script-specific exclusions): form C
 * only takes those apart, and RFC 8785's own example (U+FB33) holds one.
 */
function isNormalized(text: string): boolean {
  if (text.normalize('NFC') === text) return true;
  const apart = Array.from(text, takeApart).join('');
  return apart.normalize('NFC') === apart;
}

function takeApart(character: string): string {
  const normal = character.normalize('NFC');
  return Array.from(normal).length > 1 ? normal : character;
}
