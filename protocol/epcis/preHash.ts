import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { canonicalInstant } from './canonicalInstant.ts';
import { canonicalNumber, canonicalText } from './canonicalValue.ts';
import { type EventContext, expandUri, isObject, STANDARD_CONTEXT, withPrefixes } from './eventContext.ts';

/**
 * The text of an event that is hashed (CBV 2.0 section 8.9): `key=value` without separators, in the order of the standard, in one spelling of every value.
 *
 * Where the rules' text and the reference's published vectors disagree, the vectors stand: `certificationInfo` is hashed, a type comes before its value, and
 * `sensorElementList` comes before the lists of business transactions, destinations and sources. Where the vectors are silent and the reference's code departs from its
 * text, the text stands: `epcList` comes before `parentID`, and `ilmd` after all lists.
 *
 * @param event an event of a document that `validateDocument` accepts; it may carry its own `@context`
 * @param context prefixes and ignored fields of its document; by default the prefixes of the standard
 */
export function preHash(event: JsonObject, context: EventContext = STANDARD_CONTEXT): string {
  const reader = withPrefixes(context, event['@context']);
  return `eventType=${event.type}${writeMembers(event, EVENT, reader, context.ignoreFields)}`;
}

/** Writes one member of the standard with its name; empty where it says nothing. */
type Writer = (name: string, value: JsonValue, context: EventContext) => string;

/** The members of one kind of object: their places in the order of the standard, and how they are written. */
type Members = ReadonlyMap<string, { readonly place: number; readonly write: Writer }>;

const NONE: ReadonlySet<string> = new Set();

function members(...writers: readonly (readonly [string, Writer])[]): Members {
  return new Map(writers.map(([name, write], place) => [name, { place, write }]));
}

/** Members in the order of the standard, then the others, sorted: extensions stay inside of their parent (rule 20). */
function writeMembers(object: JsonObject, known: Members, context: EventContext, ignored: ReadonlySet<string> = NONE): string {
  const parts = new Array<string>(known.size).fill('');
  const others: string[] = [];
  for (const name in object) {
    const value = object[name];
    if (value === undefined || value === null || ignored.has(name)) continue;
    const member = known.get(name);
    if (member !== undefined) parts[member.place] = member.write(name, value, context);
    else if (!UNHASHED.has(name)) pushExtension(others, expandName(name, context), value, context);
  }
  return parts.join('') + joinSorted(others);
}

/** An extension is its expanded name, its value if it has one, and its own members, sorted; an array is the same name several times. */
function pushExtension(parts: string[], name: string, value: JsonValue, context: EventContext): void {
  if (Array.isArray(value)) for (const item of value) pushExtension(parts, name, item, context);
  else if (isObject(value)) parts.push(name + writeExtensionObject(value, withPrefixes(context, value['@context'])));
  else if (value !== null) parts.push(name + assignment(scalarText(value, false)));
}

/** A member `#text` is the value of an element that has members besides, as in XML. */
function writeExtensionObject(value: JsonObject, context: EventContext): string {
  const { '#text': own, ...others } = value;
  if (typeof own !== 'string') return writeMembers(value, NOTHING, context);
  return assignment(canonicalText(own, false)) + writeMembers(others, NOTHING, context);
}

function expandName(name: string, { prefixes }: EventContext): string {
  const colon = name.indexOf(':');
  const namespace = colon < 0 ? undefined : prefixes.get(name.slice(0, colon));
  return namespace === undefined ? name : `{${namespace}}${name.slice(colon + 1)}`;
}

function assignment(text: string): string {
  return text === '' ? '' : `=${text}`;
}

function scalarText(value: JsonValue, lossy: boolean): string {
  if (typeof value === 'string') return canonicalText(value, lossy);
  return typeof value === 'number' ? canonicalNumber(value) : String(value);
}

const SURROGATE = /[\ud800-\udfff]/;

/** Joins in the order of code points (rule 10), which is that of UTF-16 units but for characters beyond U+FFFF. */
function joinSorted(parts: string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  const joined = parts.sort().join('');
  return SURROGATE.test(joined) ? parts.sort(compareCodePoints).join('') : joined;
}

function compareCodePoints(one: string, other: string): number {
  const [left, right] = [Array.from(one), Array.from(other)];
  const at = left.findIndex((character, index) => character !== right[index]);
  return at < 0 ? left.length - right.length : (left[at]?.codePointAt(0) ?? -1) - (right[at]?.codePointAt(0) ?? -1);
}

/** A field with one value or, where it has several, each of them with the name, sorted. */
function field(toText: (value: JsonValue, context: EventContext) => string): Writer {
  const writeOne = (name: string, value: JsonValue, context: EventContext): string => {
    const text = toText(value, context);
    return text === '' ? '' : `${name}=${text}`;
  };
  return (name, value, context) =>
    Array.isArray(value) ? joinSorted(value.map((item) => writeOne(name, item, context))) : writeOne(name, value, context);
}

/** A list whose items the JSON binding leaves without a name: the list's name once, then each item with `item`. */
function list(item: string, writeItem: Writer): Writer {
  return (name, value, context) => {
    const text = joinSorted(itemsOf(value).map((one) => writeItem(item, one, context)));
    return text === '' ? '' : name + text;
  };
}

function itemsOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}

/** An object with members of the standard, and perhaps extensions. */
function object(of: Members): Writer {
  return (name, value, context) => {
    const text = isObject(value) ? writeMembers(value, of, context) : '';
    return text === '' ? '' : name + text;
  };
}

/** The same, repeated. */
function objects(of: Members): Writer {
  const writeOne = object(of);
  return (name, value, context) => joinSorted(itemsOf(value).map((one) => writeOne(name, one, context)));
}

const nothing: Writer = () => '';
const text = field((value) => scalarText(value, true));
const instant = field((value) => canonicalInstant(String(value).trim()) ?? scalarText(value, true));
const uri = field((value, context) => scalarText(expanded(value, context), true));

/** A vocabulary element: a bare word (rule 16), a compact URI (rule 15) or a URI. */
function vocabulary(namespace: string): Writer {
  return field((value, context) =>
    typeof value === 'string' && !value.includes(':') && value.trim() !== ''
      ? namespace + value.trim()
      : scalarText(expanded(value, context), true),
  );
}

function expanded(value: JsonValue, context: EventContext): JsonValue {
  return typeof value === 'string' ? expandUri(value, context) : value;
}

const CBV = 'https://ref.gs1.org/cbv/';
const VOC = 'https://gs1.org/voc/';

/** Comments, and what only helps to read: left out at every depth. */
const UNHASHED: ReadonlySet<string> = new Set(['@context', 'comment', 'rdfs:comment']);
const NOTHING = members();

const EPCS = list('epc', uri);
const QUANTITY = members(['epcClass', uri], ['quantity', text], ['uom', text]);
const QUANTITIES = list('quantityElement', object(QUANTITY));
const PLACE = object(members(['id', uri]));

const SENSOR_METADATA = members(
  ['time', instant],
  ['startTime', instant],
  ['endTime', instant],
  ['deviceID', uri],
  ['deviceMetadata', uri],
  ['rawData', uri],
  ['dataProcessingMethod', uri],
  ['bizRules', uri],
);

const SENSOR_REPORT = members(
  ['type', vocabulary(VOC)],
  ['exception', vocabulary(VOC)],
  ['deviceID', uri],
  ['deviceMetadata', uri],
  ['rawData', uri],
  ['dataProcessingMethod', uri],
  ['time', instant],
  ['microorganism', uri],
  ['chemicalSubstance', uri],
  ['value', text],
  ['component', vocabulary(`${CBV}Comp-`)],
  ['stringValue', text],
  ['booleanValue', text],
  ['hexBinaryValue', text],
  ['uriValue', uri],
  ['minValue', text],
  ['maxValue', text],
  ['meanValue', text],
  ['sDev', text],
  ['percRank', text],
  ['percValue', text],
  ['uom', text],
  ['coordinateReferenceSystem', uri],
);

const SENSOR_ELEMENT = members(['sensorMetadata', object(SENSOR_METADATA)], ['sensorReport', objects(SENSOR_REPORT)]);

/** Items of these lists have no name of their own, only a type and a value. */
function typedList(vocabularyPrefix: string, value: string): Writer {
  const item = object(members(['type', vocabulary(CBV + vocabularyPrefix)], [value, uri]));
  return list('', item);
}

const DISPOSITIONS = members(['set', vocabulary(`${CBV}Disp-`)], ['unset', vocabulary(`${CBV}Disp-`)]);

const EVENT = members(
  // Said already, or not of the event itself (CBV 2.0 section 8.9).
  ...['type', 'recordTime', 'eventID', 'errorDeclaration'].map((name) => [name, nothing] as const),
  ['eventTime', instant],
  ['eventTimeZoneOffset', text],
  ['certificationInfo', uri],
  ['epcList', EPCS],
  ['parentID', uri],
  ['inputEPCList', EPCS],
  ['childEPCs', EPCS],
  ['quantityList', QUANTITIES],
  ['childQuantityList', QUANTITIES],
  ['inputQuantityList', QUANTITIES],
  ['outputEPCList', EPCS],
  ['outputQuantityList', QUANTITIES],
  ['action', text],
  ['transformationID', uri],
  ['bizStep', vocabulary(`${CBV}BizStep-`)],
  ['disposition', vocabulary(`${CBV}Disp-`)],
  ['persistentDisposition', object(DISPOSITIONS)],
  ['readPoint', PLACE],
  ['bizLocation', PLACE],
  ['sensorElementList', list('sensorElement', object(SENSOR_ELEMENT))],
  ['bizTransactionList', typedList('BTT-', 'bizTransaction')],
  ['destinationList', typedList('SDT-', 'destination')],
  ['sourceList', typedList('SDT-', 'source')],
  ['ilmd', object(NOTHING)],
);
