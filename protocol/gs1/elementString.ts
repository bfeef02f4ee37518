import { ProtocolError } from '../errors.ts';
import { CSET39, CSET82 } from './charsets.ts';
import { applicationIdentifier, type Charset, type Part } from './dictionary.ts';
import { LINTERS } from './linters.ts';

/** An Application Identifier and its value, decoded: what a Digital Link or a barcode carries. */
export interface ElementString {
  readonly ai: string;
  readonly value: string;
}

const CHARACTERS: Readonly<Record<Charset, ReadonlySet<string>>> = { N: new Set('0123456789'), X: new Set(CSET82), Y: new Set(CSET39) };
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
  let at = 0;
  for (const part of identifier.parts) {
    const text = value.slice(at, at + part.max);
    if (text === '' && part.optional) break;
    checkCharacters(text, part.charset, ai, at);
    if (text.length < part.min) throw wrongLength(ai, value);
    checkLinters(text, part, ai);
    at += text.length;
  }
  if (at < value.length) {
    checkCharacters(value.slice(at), 'X', ai, at);
    throw wrongLength(ai, value);
  }
}

function checkCharacters(text: string, charset: Charset, ai: string, offset: number): void {
  let at = offset;
  for (const character of text) {
    if (!CHARACTERS[charset].has(character)) throw wrongCharacter(character, ai, at);
    at += character.length;
  }
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

function wrongCharacter(character: string, ai: string, at: number): ProtocolError {
  const point = character.codePointAt(0) ?? 0;
  const facts = { ai, at, character: `U+${point.toString(16).toUpperCase().padStart(4, '0')}` };
  if (HIDDEN.test(character))
    return new ProtocolError('HIDDEN_CHARACTER', `value of (${ai}) holds a character that cannot be seen`, { facts });
  if (point > 0x7e) return new ProtocolError('LOOKALIKE_CHARACTER', `value of (${ai}) holds a character outside of ASCII`, { facts });
  return new ProtocolError('WRONG_CHARACTER', `value of (${ai}) holds a character that it may not`, { facts });
}
