import { isDecimal } from '../credentials/rules/decimal.ts';
import { ProtocolError } from '../errors.ts';
import { dateProblem } from '../json/dateProblem.ts';
import { toPointer } from '../json/pointer.ts';

/** Where a value lies in its document: keys and indices from the top. */
export type Path = readonly (string | number)[];

/** Refuses a value that is not what a field must hold. */
export type Check = (value: unknown, path: Path) => void;

/** An object with these members. Others are refused: what nobody reads must not look as if it counted. */
export function object(fields: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    const members = membersOf(value, path);
    const stranger = Object.keys(members).find((name) => !Object.hasOwn(fields, name));
    if (stranger !== undefined) throw refusal('UNEXPECTED', [...path, stranger]);
    for (const [name, check] of Object.entries(fields)) check(Object.hasOwn(members, name) ? members[name] : undefined, [...path, name]);
  };
}

/** An object whose other members depend on which of these values one member has. */
export function variant(name: string, variants: Readonly<Record<string, Check>>): Check {
  const names = oneOf(...Object.keys(variants));
  return (value, path) => {
    const which = membersOf(value, path)[name];
    names(which, [...path, name]);
    variants[which as string]?.(value, path);
  };
}

/** A member that may be left out. */
export function optional(check: Check): Check {
  return (value, path) => {
    if (value !== undefined) check(value, path);
  };
}

/** An array of so many. */
export function list(check: Check, least: number, most: number): Check {
  return (value, path) => {
    if (!Array.isArray(value)) throw wrongType(value, path);
    if (value.length < least) throw refusal('TOO_FEW', path);
    if (value.length > most) throw refusal('TOO_MANY', path);
    for (const [index, item] of value.entries()) check(item, [...path, index]);
  };
}

/** A text of so many characters. */
export function text(most: number): Check {
  return (value, path) => {
    if (typeof value !== 'string') throw wrongType(value, path);
    if (value.length === 0) throw refusal('TOO_SHORT', path);
    if (value.length > most) throw refusal('TOO_LONG', path);
  };
}

/** A text of this form. */
export function pattern(form: RegExp): Check {
  return (value, path) => {
    if (typeof value !== 'string') throw wrongType(value, path);
    if (!form.test(value)) throw refusal('WRONG_FORMAT', path);
  };
}

/** One of these values. */
export function oneOf(...allowed: readonly unknown[]): Check {
  return (value, path) => {
    if (value === undefined) throw wrongType(value, path);
    if (!allowed.includes(value)) throw refusal('NOT_ALLOWED', path);
  };
}

/** A whole number within bounds. */
export function integer(least: number, most: number): Check {
  return (value, path) => {
    if (!Number.isSafeInteger(value)) throw wrongType(value, path);
    if ((value as number) < least || (value as number) > most) throw refusal('OUT_OF_RANGE', path);
  };
}

/** True or false. */
export const boolean: Check = (value, path) => {
  if (typeof value !== 'boolean') throw wrongType(value, path);
};

/** A decimal text that is not negative. */
export const amount: Check = (value, path) => {
  if (typeof value !== 'string') throw wrongType(value, path);
  if (!isDecimal(value) || value.startsWith('-')) throw refusal('WRONG_FORMAT', path);
};

/** A day of the calendar, `YYYY-MM-DD`. */
export const day: Check = (value, path) => {
  pattern(/^\d{4}-\d{2}-\d{2}$/)(value, path);
  const problem = dateProblem(value as string);
  if (problem !== undefined) throw refusal(problem.code, path);
};

/** The error for a field that cannot be read. */
export function refusal(code: string, path: Path): ProtocolError {
  return new ProtocolError(code, 'a field does not hold what it must', { pointer: toPointer(path) });
}

function membersOf(value: unknown, path: Path): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(value, path);
  return value as Record<string, unknown>;
}

function wrongType(value: unknown, path: Path): ProtocolError {
  return refusal(value === undefined ? 'REQUIRED' : 'WRONG_TYPE', path);
}
