import { ProtocolError } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { toPointer } from '../json/pointer.ts';

// Patterns are RFC 6901 pointers in which `*` stands for every index of an array: `/credentialSubject/lineItem/*/amount`.
const EVERY = '*';
// RFC 6901 section 4: no leading zeros.
const INDEX = /^(?:0|[1-9]\d{0,9})$/;

/**
 * Reads a JSON Pointer into its parts (RFC 6901 section 4).
 *
 * @throws ProtocolError `NOT_A_POINTER`
 */
export function fromPointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer))
    throw new ProtocolError('NOT_A_POINTER', 'expected a JSON Pointer such as /credentialSubject/producer', { facts: { pointer } });
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointers of all values in `value` that the pattern names. */
export function expandPattern(value: JsonValue, pattern: string): string[] {
  let found: { path: (string | number)[]; value: JsonValue }[] = [{ path: [], value }];
  for (const part of fromPointer(pattern))
    found = found.flatMap((at) => step(at.value, part).map(([key, child]) => ({ path: [...at.path, key], value: child })));
  return found.map(({ path }) => toPointer(path));
}

function step(value: JsonValue, part: string): [string | number, JsonValue][] {
  if (Array.isArray(value) && part === EVERY) return value.map((child, index) => [index, child]);
  const child = childOf(value, part);
  return child === undefined ? [] : [[part, child]];
}

/** The member or element that one part of a pointer names; undefined where there is none. */
export function childOf(value: JsonValue | undefined, part: string): JsonValue | undefined {
  if (Array.isArray(value)) return INDEX.test(part) ? value[Number(part)] : undefined;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, part) ? (value as JsonObject)[part] : undefined;
}

/** Tells whether the pointer names what the pattern names, or something inside it. */
export function isWithin(pattern: string, pointer: string): boolean {
  const [parts, path] = [fromPointer(pattern), fromPointer(pointer)];
  return (
    parts.length <= path.length &&
    parts.every((part, index) => part === path[index] || (part === EVERY && INDEX.test(path[index] as string)))
  );
}

/** Tells whether the pointer names exactly what the pattern names. */
export function isNamedBy(pattern: string, pointer: string): boolean {
  return fromPointer(pattern).length === fromPointer(pointer).length && isWithin(pattern, pointer);
}
