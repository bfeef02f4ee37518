import { canonicalId } from '../gs1/canonicalId.ts';
import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { bareWord } from './bareWord.ts';
import { canonicalInstant } from './canonicalInstant.ts';
import { isObject } from './eventContext.ts';

/** Source or destination of a transfer: `type` such as `owning_party`, `id` in its one spelling. */
export interface Party {
  readonly role: 'source' | 'destination';
  readonly type: string;
  readonly id: string;
}

/** Sources or destinations of an event. */
export function partiesOf(event: JsonObject, role: Party['role']): Party[] {
  return objectsOf(event[`${role}List`]).map((item) => ({ role, type: wordOf(item.type) ?? '', id: idOf(item[role]) }));
}

/** The canonical identifier of a read point or business location. */
export function placeOf(value: JsonValue | undefined): string | undefined {
  return isObject(value) && typeof value.id === 'string' ? idOf(value.id) : undefined;
}

/** An identifier in its one spelling; what is no GS1 identifier, as it is. */
export function idOf(value: JsonValue | undefined): string {
  const text = textOf(value) ?? '';
  return canonicalId(text) ?? text;
}

/** The bare word of a standard element in any spelling, as documents of EPCIS 2.0 write it. */
export function wordOf(value: JsonValue | undefined): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : bareWord(text);
}

/** A text without white space around it. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}

/** The instant that a text writes, in milliseconds since 1970. */
export function instantOf(value: JsonValue | undefined): number | undefined {
  const text = typeof value === 'string' ? canonicalInstant(value.trim()) : undefined;
  return text === undefined ? undefined : Date.parse(text);
}

/** The objects of a list. */
export function objectsOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A member, left out where its value is undefined. */
export function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value });
}
