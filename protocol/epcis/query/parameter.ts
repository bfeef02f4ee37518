import { ProtocolError } from '../../errors.ts';
import { dateProblem } from '../../json/dateProblem.ts';
import type { JsonValue } from '../../json/jsonValue.ts';
import { toPointer } from '../../json/pointer.ts';
import { type EventContext, expandUri } from '../eventContext.ts';
import { instantOf } from '../members.ts';
import { decimalOf } from './eventFacts.ts';

const POINTED_NAME = 80;

/** A parameter of a query, not read yet: each reading refuses a value of another type. */
export class Parameter {
  readonly name: string;
  readonly value: JsonValue;
  readonly #context: EventContext;
  /** In an address everything is text. */
  readonly #written: boolean;

  constructor(name: string, value: JsonValue, context: EventContext, written: boolean) {
    this.name = name;
    this.value = value;
    this.#context = context;
    this.#written = written;
  }

  get pointer(): string {
    return toPointer([this.name.slice(0, POINTED_NAME)]);
  }

  error(code: string, message: string): ProtocolError {
    return new ProtocolError(code, message, { pointer: this.pointer });
  }

  /** One or more texts. */
  texts(): string[] {
    const list = this.#written ? String(this.value).split('|') : [this.value].flat();
    const texts = list.filter((item): item is string => typeof item === 'string' && item.trim() !== '');
    if (list.length === 0 || texts.length !== list.length) throw this.#invalid('one or more texts');
    return texts.map((text) => text.trim());
  }

  /** One or more numbers. */
  numbers(): number[] {
    const list = this.#written ? String(this.value).split('|') : [this.value].flat();
    const numbers = list.flatMap((item) => this.#numberIn(item) ?? []);
    if (list.length === 0 || numbers.length !== list.length) throw this.#invalid('one or more numbers');
    return numbers;
  }

  number(): number {
    const number = this.#numberIn(this.value);
    if (number === undefined) throw this.#invalid('a number');
    return number;
  }

  /** Milliseconds since 1970. */
  time(): number {
    const time = this.#instant();
    if (time === undefined) throw this.#invalid('a date and time with its offset from UTC');
    return time;
  }

  /** A number, or else a time. */
  numberOrTime(): { number: number } | { time: number } {
    const time = this.#instant();
    if (time !== undefined) return { time };
    const number = this.#numberIn(this.value);
    if (number === undefined) throw this.#invalid('a number, or a date and time with its offset from UTC');
    return { number };
  }

  boolean(): boolean {
    if (this.value === true || this.value === 'true') return true;
    if (this.value === false || this.value === 'false') return false;
    throw this.#invalid('true or false');
  }

  /** Whether a parameter that needs no value is on: the query schema gives it a whole number or null, the REST binding true or false. */
  isOn(): boolean {
    const { value } = this;
    if (value === null || value === '' || Number.isInteger(value) || (this.#written && /^\d{1,9}$/.test(String(value)))) return true;
    return this.boolean();
  }

  /** A compact URI in full. */
  expand(text: string): string {
    const full = expandUri(text, this.#context);
    if (full === text && /^[A-Za-z][\w.-]*:(?!\/\/)/.test(text) && !/^(?:urn|https?|ni|did|tag|data|mailto):/.test(text))
      throw this.error('QUERY_PREFIX_UNKNOWN', 'nothing declares this prefix: GS1-Extensions, or @context of a query document, does');
    return full;
  }

  #instant(): number | undefined {
    if (typeof this.value !== 'string') return undefined;
    // A plus sign that was not escaped in an address has become a space.
    const text = this.#written ? this.value.trim().replace(/ (?=\d\d:\d\d$)/, '+') : this.value.trim();
    return dateProblem(text) === undefined ? instantOf(text) : undefined;
  }

  #numberIn(item: JsonValue): number | undefined {
    if (typeof item === 'number') return item;
    return this.#written && typeof item === 'string' ? decimalOf(item.trim()) : undefined;
  }

  #invalid(expected: string): ProtocolError {
    return this.error('QUERY_VALUE_INVALID', `expected ${expected}`);
  }
}
