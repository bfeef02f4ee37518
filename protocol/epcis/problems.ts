import { toPointer } from '../json/pointer.ts';

/** What is wrong with a field: where it is or should be (RFC 6901), a stable code, and a sentence without subject. */
export interface Problem {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** An error of a validator compiled from the schema. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

type Validator = ((value: unknown) => boolean) & { errors: readonly SchemaError[] | null };
type Sentence = readonly [code: string, message: string];

/** Rules of the schema that have a name of their own: the definition that failed, to what it means. */
const RULES: ReadonlyMap<string, Sentence> = new Map([
  ['namesGoods', ['NO_GOODS', 'names no goods: epcList, quantityList, or sensorElementList with readPoint']],
  ['goodsUnlessDeleted', ['NO_GOODS', 'names no goods: epcList or quantityList']],
  ['childrenUnlessDeleted', ['NO_CHILDREN', 'names no children: childEPCs or childQuantityList']],
  ['hasInputs', ['NO_INPUTS', 'names no inputs, and no transformationID under which another event names them']],
  ['hasOutputs', ['NO_OUTPUTS', 'names no outputs, and no transformationID under which another event names them']],
  ['hasInputsOrOutputs', ['NO_INPUTS', 'names neither inputs nor outputs']],
]);

/** Patterns and constants by the definition that holds them. ajv names the definitions that refer to no other, which these do not. */
const DEFINITIONS: ReadonlyMap<string, Sentence> = new Map([
  ['uri/pattern', ['NOT_A_URI', 'is not a URI']],
  ['instant/pattern', ['NOT_AN_INSTANT', 'is not a date and time with offset']],
  ['timeZoneOffset/pattern', ['NOT_A_TIME_ZONE_OFFSET', 'is not an offset from -14:00 to +14:00']],
  ['unit/pattern', ['NOT_A_UNIT', 'is not a code of UN/ECE Recommendation 20']],
  ['hexBinary/pattern', ['NOT_HEX_BINARY', 'is not hexadecimal']],
  ['version/pattern', ['NOT_A_VERSION', 'is not a version']],
  ['gs1Context/pattern', ['NO_GS1_CONTEXT', 'does not name the EPCIS 2.0 context of GS1']],
  ['ilmdOnlyWhenAdded/const', ['ILMD_WITHOUT_ADD', 'must be ADD where there is ilmd']],
]);

const KEYWORDS: ReadonlyMap<string, Sentence> = new Map([
  ['type', ['WRONG_TYPE', 'has the wrong type']],
  ['required', ['MISSING_FIELD', 'is missing']],
  ['additionalProperties', ['UNKNOWN_FIELD', 'is not known here; names of extensions have a prefix']],
  ['enum', ['UNKNOWN_WORD', 'is not a word of the vocabulary']],
  ['not', ['VOCABULARY_AS_URI', 'is a standard element, which is written as a bare word']],
  ['contains', ['NO_GS1_CONTEXT', 'does not name the EPCIS 2.0 context of GS1']],
  ['const', ['WRONG_VALUE', 'has another value than its type must have']],
  ['minItems', ['TOO_FEW', 'is empty']],
  ['minProperties', ['TOO_FEW', 'is empty']],
  ['maxItems', ['TOO_MANY', 'has too many items']],
  ['maxProperties', ['TOO_MANY', 'has too many members']],
  ['uniqueItems', ['DUPLICATE_ITEM', 'is in the list twice']],
]);

/** Keywords that only say that another keyword failed. */
const ECHOES = new Set(['if', 'propertyNames', 'allOf']);

/** Runs a validator and answers with what is wrong, one problem a field: of several at one field the first, of alternatives the rule and not its branches. */
export function problemsOf(validate: Validator, value: unknown, pointer: string): Problem[] {
  if (validate(value)) return [];
  const problems = new Map<string, Problem>();
  for (const error of validate.errors ?? []) {
    const [definition = '', ...inside] = error.schemaPath.replace('#/$defs/', '').split('/');
    if (ECHOES.has(error.keyword) || isBranch(definition, inside)) continue;
    const at = pointer + pointerOf(error);
    if (!problems.has(at)) problems.set(at, { pointer: at, ...sentenceOf(error, definition) });
  }
  return [...problems.values()];
}

/** An error inside of the alternatives of a rule, or of the search for the one item that an array must contain. */
function isBranch(definition: string, inside: readonly string[]): boolean {
  return definition === 'gs1ContextItem' || (RULES.has(definition) && inside.at(-1) !== 'anyOf');
}

function sentenceOf({ keyword, params }: SchemaError, definition: string): { code: string; message: string } {
  const found =
    (keyword === 'anyOf' ? RULES.get(definition) : undefined) ?? DEFINITIONS.get(`${definition}/${keyword}`) ?? KEYWORDS.get(keyword);
  const [code, message] = found ?? ['WRONG_VALUE', 'is not allowed'];
  return { code, message: code === 'WRONG_TYPE' ? `is not of type ${String(params.type)}` : message };
}

/** The field itself, also where the schema speaks of the object that lacks it or must not have it. */
function pointerOf({ instancePath, keyword, params }: SchemaError): string {
  if (keyword === 'required') return instancePath + toPointer([String(params.missingProperty)]);
  if (keyword === 'additionalProperties') return instancePath + toPointer([String(params.additionalProperty)]);
  if (keyword === 'uniqueItems') return instancePath + toPointer([Math.max(Number(params.i), Number(params.j))]);
  return instancePath;
}
