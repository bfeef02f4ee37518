import { ProtocolError } from '../errors.ts';
import { CSET39, CSET64, CSET82 } from './charsets.ts';
import { type ApplicationIdentifier, applicationIdentifier, type Charset, type Part } from './dictionary.ts';
import { LINTERS } from './linters.ts';

/** An Application Identifier and its value, decoded: what a Digital Link or a barcode carries. */
export interface ElementString {
  readonly ai: string;
  readonly value: string;
}

const LONGEST_UNKNOWN = 90;
const CHARACTERS: Readonly<Record<Charset, ReadonlySet<string>>> = {
  N: new Set('0123456789'),
  X: new Set(CSET82),
  Y: new Set(CSET39),
  Z: new Set(CSET64),
};
// Bidirectional controls, zero-width and other format characters, blanks that look like none: a reader cannot see them.
const HIDDEN = /[\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u;

/**
 * Checks a value by the dictionary: characters, length, check digits, dates.
 *
 * @throws ProtocolError `UNKNOWN_AI`, `HIDDEN_CHARACTER` (control, format or blank character), `LOOKALIKE_CHARACTER` (any other outside of ASCII, so that no
 * Cyrillic A passes for a Latin one), `WRONG_CHARACTER`, `WRONG_LENGTH`, or the code of a linter (`CHECK_DIGIT_WRONG`, `NOT_A_DATE`, ...); facts: `ai`
 */
export function checkElementString({ ai, value }: ElementString): void {
  const identifier = applicationIdentifier(ai);
  if (identifier === undefined) throw new ProtocolError('UNKNOWN_AI', `no Application Identifier (${ai})`, { facts: { ai } });
  if (!identifier.pattern.test(value)) throw refusalOf(identifier, value);
  let at = 0;
  for (const part of identifier.parts) {
    const text = value.slice(at, at + part.max);
    // Only the last part may be left out or vary in length.
    if (text !== '') checkLinters(text, part, ai);
    at += part.max;
  }
}

/** What is wrong with a value that has not its characters and lengths: found part by part, since only a refusal needs it. */
function refusalOf({ ai, parts }: ApplicationIdentifier, value: string): ProtocolError {
  let at = 0;
  for (const { charset, min, max } of parts) {
    const text = value.slice(at, at + max);
    const character = firstOutside(text, charset, at);
    if (character !== undefined) return wrongCharacter(character, ai);
    if (text.length < min) return wrongLength(ai, value);
    at += text.length;
  }
  const beyond = firstOutside(value.slice(at), 'X', at);
  return beyond === undefined ? wrongLength(ai, value) : wrongCharacter(beyond, ai);
}

/**
 * Checks an attribute; one that the dictionary does not have is taken for a text of at most 90 characters where that is permitted.
 *
 * @throws ProtocolError as `checkElementString`
 */
export function checkAttribute(element: ElementString, { unknownAttributes = false }: { unknownAttributes?: boolean }): void {
  const { ai } = element;
  if (unknownAttributes && applicationIdentifier(ai) === undefined && /^\d{2,4}$/.test(ai)) checkUnknown(element);
  else checkElementString(element);
}

function checkUnknown({ ai, value }: ElementString): void {
  const outside = firstOutside(value, 'X', 0);
  if (outside !== undefined) throw wrongCharacter(outside, ai);
  if (value.length < 1 || value.length > LONGEST_UNKNOWN) throw wrongLength(ai, value);
}

/** The first character of a text that a set does not have, and where it stands in the value. */
function firstOutside(text: string, charset: Charset, offset: number): { character: string; at: number } | undefined {
  let at = offset;
  for (const character of text) {
    if (!CHARACTERS[charset].has(character)) return { character, at };
    at += character.length;
  }
  return undefined;
}

function checkLinters(text: string, part: Part, ai: string): void {
  for (const name of part.linters) {
    const linter = LINTERS[name];
    if (linter === undefined || !linter.passes(text))
      throw new ProtocolError(linter?.code ?? 'UNKNOWN_LINTER', `value of (${ai}) fails ${name}`, { facts: { ai } });
  }
}

function wrongLength(ai: string, value: string): ProtocolError {
  return new ProtocolError('WRONG_LENGTH', `value of (${ai}) has a wrong length`, { facts: { ai, length: value.length } });
}

function wrongCharacter({ character, at }: { character: string; at: number }, ai: string): ProtocolError {
  const point = character.codePointAt(0) ?? 0;
  const facts = { ai, at, character: `U+${point.toString(16).toUpperCase().padStart(4, '0')}` };
  if (HIDDEN.test(character))
    return new ProtocolError('HIDDEN_CHARACTER', `value of (${ai}) holds a character that cannot be seen`, { facts });
  if (point > 0x7e) return new ProtocolError('LOOKALIKE_CHARACTER', `value of (${ai}) holds a character outside of ASCII`, { facts });
  return new ProtocolError('WRONG_CHARACTER', `value of (${ai}) holds a character that it may not`, { facts });
}
