import { canonicalJson } from '../../json/canonicalJson.ts';
import type { JsonObject, JsonValue } from '../../json/jsonValue.ts';

/** The part of JSON Schema 2020-12 that the profiles are written in. A test holds the profiles to it, and this reader to a full one. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Readonly<Record<string, JsonSchema>>;
  type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  const?: JsonValue;
  enum?: readonly JsonValue[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  required?: readonly string[];
  properties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: false;
  prefixItems?: readonly JsonSchema[];
  items?: JsonSchema | false;
  minItems?: number;
  maxItems?: number;
  anyOf?: readonly JsonSchema[];
}

/** What is wrong with one field: its RFC 6901 pointer and a stable code. A warning does not make a document unacceptable. */
export interface Problem {
  pointer: string;
  code: string;
  severity: 'error' | 'warning';
}

/**
 * Checks a value against a schema and answers every problem found, none where it fits: `WRONG_TYPE`, `NOT_ALLOWED`, `WRONG_FORMAT`, `TOO_SHORT`, `TOO_LONG`,
 * `OUT_OF_RANGE`, `REQUIRED`, `UNEXPECTED`, `TOO_FEW`, `TOO_MANY`.
 */
export function validateSchema(schema: JsonSchema, value: JsonValue): Problem[] {
  return new Validation(schema).check(schema, value, '');
}

class Validation {
  readonly #root: JsonSchema;

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  check(schema: JsonSchema, value: JsonValue, pointer: string): Problem[] {
    if (schema.$ref !== undefined) return this.check(this.#resolve(schema.$ref), value, pointer);
    if (schema.anyOf !== undefined) return this.#anyOf(schema.anyOf, value, pointer);
    if (schema.type !== undefined && schema.type !== typeOf(value)) return [problem(pointer, 'WRONG_TYPE')];
    if (schema.const !== undefined && !equals(schema.const, value)) return [problem(pointer, 'NOT_ALLOWED')];
    if (schema.enum !== undefined && !schema.enum.some((allowed) => equals(allowed, value))) return [problem(pointer, 'NOT_ALLOWED')];
    if (typeof value === 'string') return checkText(schema, value, pointer);
    if (typeof value === 'number') return isOutside(value, schema.minimum, schema.maximum) ? [problem(pointer, 'OUT_OF_RANGE')] : [];
    if (Array.isArray(value)) return this.#array(schema, value, pointer);
    return typeof value === 'object' && value !== null ? this.#object(schema, value, pointer) : [];
  }

  /** One branch must fit. Where none does, the branch of the value's own type has the most to say. */
  #anyOf(branches: readonly JsonSchema[], value: JsonValue, pointer: string): Problem[] {
    const found = branches.map((branch) => this.check(branch, value, pointer));
    if (found.some((problems) => problems.length === 0)) return [];
    return found.find((problems) => !problems.some((each) => each.pointer === pointer)) ?? [problem(pointer, 'NOT_ALLOWED')];
  }

  #array(schema: JsonSchema, value: readonly JsonValue[], pointer: string): Problem[] {
    if (value.length < (schema.minItems ?? 0)) return [problem(pointer, 'TOO_FEW')];
    const fixed = schema.prefixItems ?? [];
    const most = schema.items === false ? fixed.length : (schema.maxItems ?? Number.POSITIVE_INFINITY);
    if (value.length > most) return [problem(pointer, 'TOO_MANY')];
    return value.flatMap((item, index) => this.check(fixed[index] ?? (schema.items || {}), item, `${pointer}/${index}`));
  }

  #object(schema: JsonSchema, value: JsonObject, pointer: string): Problem[] {
    const properties = schema.properties ?? {};
    const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
    const members = Object.entries(value).flatMap(([name, member]) => {
      const at = `${pointer}/${token(name)}`;
      if (Object.hasOwn(properties, name)) return this.check(properties[name] as JsonSchema, member as JsonValue, at);
      return schema.additionalProperties === false ? [problem(at, 'UNEXPECTED')] : [];
    });
    return [...missing.map((name) => problem(`${pointer}/${token(name)}`, 'REQUIRED')), ...members];
  }

  #resolve(ref: string): JsonSchema {
    const found = this.#root.$defs?.[ref.slice('#/$defs/'.length)];
    if (found === undefined) throw new Error(`the schema has no ${ref}`);
    return found;
  }
}

function checkText(
  { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: JsonSchema,
  value: string,
  pointer: string,
): Problem[] {
  // JSON Schema counts code points (2020-12 validation, section 6.3.1).
  const length = value.length > maxLength || value.length < 2 * minLength ? Array.from(value).length : value.length;
  if (length < minLength) return [problem(pointer, 'TOO_SHORT')];
  if (length > maxLength) return [problem(pointer, 'TOO_LONG')];
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? [] : [problem(pointer, 'WRONG_FORMAT')];
}

function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function equals(one: JsonValue, other: JsonValue): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function isOutside(value: number, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY): boolean {
  return value < minimum || value > maximum;
}

/** RFC 6901 section 3. */
function token(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function problem(pointer: string, code: string): Problem {
  return { pointer, code, severity: 'error' };
}
