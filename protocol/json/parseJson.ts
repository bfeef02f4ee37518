import { ProtocolError } from '../errors.ts';
import type { JsonObject, JsonValue } from './jsonValue.ts';
import { toPointer } from './pointer.ts';

/** Why a rule refuses a part of a document. */
export interface Refusal {
  code: string;
  message: string;
}

/** What a document must keep to beyond the grammar. Each rule answers undefined where it has nothing to say against its part. */
export interface JsonRules {
  /** Greatest depth of nested arrays and objects. */
  maxDepth: number;
  /** Judges the name of a member, given the members before it. */
  key?(key: string, object: JsonObject): Refusal | undefined;
  /** Judges a text value. */
  text?(value: string): Refusal | undefined;
  /** Judges a number, given how it was written. */
  number?(value: number, literal: string): Refusal | undefined;
}

const LITERALS: ReadonlyMap<string, JsonValue> = new Map([
  ['t', true],
  ['f', false],
  ['n', null],
]);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
// RFC 8259 section 6.
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const FOUR_HEX_DIGITS = /[0-9a-fA-F]{4}/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/**
 * Parses one JSON text (RFC 8259) in linear time, under rules that may narrow it.
 *
 * A name that occurs twice keeps its last value unless the `key` rule refuses it; `__proto__` is a name like any other and sets no prototype.
 *
 * @throws ProtocolError with a pointer: `JSON_SYNTAX`, `JSON_TOO_DEEP`, and the codes of the rules
 */
export function parseJson(text: string, rules: JsonRules): JsonValue {
  return new Parser(text, rules).document();
}

class Parser {
  readonly #text: string;
  readonly #rules: JsonRules;
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string, rules: JsonRules) {
    this.#text = text;
    this.#rules = rules;
  }

  document(): JsonValue {
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#syntax();
    return value;
  }

  #value(): JsonValue {
    this.#skipSpace();
    const first = this.#text[this.#at];
    if (first === '"') return this.#textValue();
    if (first === '{') return this.#object();
    if (first === '[') return this.#array();
    return first !== undefined && LITERALS.has(first) ? this.#literal(first) : this.#number();
  }

  #object(): JsonObject {
    const object: JsonObject = {};
    this.#enter();
    if (!this.#take('}')) {
      do this.#member(object);
      while (this.#take(','));
      this.#expect('}');
    }
    return object;
  }

  #member(object: JsonObject): void {
    this.#skipSpace();
    const key = this.#string();
    this.#path.push(key);
    this.#judge(this.#rules.key?.(key, object));
    this.#expect(':');
    setOwn(object, key, this.#value());
    this.#path.pop();
  }

  #array(): JsonValue[] {
    const array: JsonValue[] = [];
    this.#enter();
    if (!this.#take(']')) {
      do {
        this.#path.push(array.length);
        array.push(this.#value());
        this.#path.pop();
      } while (this.#take(','));
      this.#expect(']');
    }
    return array;
  }

  /** Steps over an opening bracket. The path is as long as the brackets around this one are deep. */
  #enter(): void {
    const { maxDepth } = this.#rules;
    if (this.#path.length >= maxDepth) throw this.#error('JSON_TOO_DEEP', `nested more than ${maxDepth} deep`);
    this.#at += 1;
  }

  #textValue(): string {
    const value = this.#string();
    this.#judge(this.#rules.text?.(value));
    return value;
  }

  #string(): string {
    if (this.#text[this.#at] !== '"') throw this.#syntax();
    let from = ++this.#at;
    let value = '';
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) return value + this.#text.slice(from, this.#at++);
      if (code === BACKSLASH) {
        value += this.#text.slice(from, this.#at) + this.#escape();
        from = this.#at;
      } else if (code >= FIRST_PRINTABLE) this.#at += 1;
      else throw this.#syntax(); // a control character, or (NaN) the end of the text
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    if (letter === 'u') {
      const digits = this.#match(FOUR_HEX_DIGITS, this.#at + 2);
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = ESCAPES.get(letter);
    if (character === undefined) throw this.#syntax();
    this.#at += 2;
    return character;
  }

  #number(): number {
    const literal = this.#match(NUMBER, this.#at);
    const value = Number(literal);
    this.#judge(this.#rules.number?.(value, literal));
    return value === 0 ? 0 : value; // -0 is 0 (RFC 8785 section 3.2.2.3)
  }

  #literal(first: string): JsonValue {
    const value = LITERALS.get(first) as JsonValue;
    const word = String(value);
    if (!this.#text.startsWith(word, this.#at)) throw this.#syntax();
    this.#at += word.length;
    return value;
  }

  #match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    const found = pattern.exec(this.#text);
    if (found === null) throw this.#syntax();
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw this.#syntax();
  }

  /** RFC 8259 section 2: space, tab, line feed, carriage return; no others. */
  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #judge(refusal: Refusal | undefined): void {
    if (refusal !== undefined) throw this.#error(refusal.code, refusal.message);
  }

  #syntax(): ProtocolError {
    const end = this.#at >= this.#text.length;
    return this.#error('JSON_SYNTAX', end ? 'the JSON text ends too early' : `not JSON at character ${this.#at}`);
  }

  #error(code: string, message: string): ProtocolError {
    return new ProtocolError(code, message, { pointer: toPointer(this.#path), facts: { character: this.#at } });
  }
}

function setOwn(object: JsonObject, key: string, value: JsonValue): void {
  // An assignment to this one name would set the prototype instead.
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}
