import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { canonicalInstant } from './canonicalInstant.ts';
import { canonicalNumber, canonicalText } from './canonicalValue.ts';
import { type EventContext, isObject, STANDARD_CONTEXT, withPrefixes } from './eventContext.ts';

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
type Members = ReadonlyMap<string, Writer>;

const NONE: ReadonlySet<string> = new Set();

/** Members in the order of the standard, then the others, sorted: extensions stay inside of their parent (rule 20). */
function writeMembers(object: JsonObject, members: Members, context: EventContext, ignored: ReadonlySet<string> = NONE): string {
  let text = '';
  for (const [name, write] of members) {
    const value = object[name];
    if (value !== undefined && value !== null && !ignored.has(name)) text += write(name, value, context);
  }
  return text + writeExtensions(object, members, context, ignored);
}

function writeExtensions(object: JsonObject, members: Members, context: EventContext, ignored: ReadonlySet<string>): string {
  let parts: string[] | undefined;
  for (const name in object) {
    if (members.has(name) || UNHASHED.has(name) || ignored.has(name)) continue;
    parts ??= [];
    pushExtension(parts, expandName(name, context), object[name] as JsonValue, context);
  }
  return parts === undefined ? '' : joinSorted(parts);
}

/** An extension is its expanded name, its value if it has one, and its own members, sorted; an array is the same name several times. */
function pushExtension(parts: string[], name: string, value: JsonValue, context: EventContext): void {
  if (Array.isArray(value)) for (const item of value) pushExtension(parts, name, item, context);
  else if (isObject(value)) parts.push(name + writeExtensions(value, NOTHING, withPrefixes(context, value['@context']), NONE));
  else if (value !== null) parts.push(name + assignment(scalarText(value, false)));
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

/** Joins in the order of code points (rule 10), which for all but characters beyond U+FFFF is that of `<`. */
function joinSorted(parts: string[]): string {
  return parts.length > 1 ? parts.sort(compareCodePoints).join('') : (parts[0] ?? '');
}

const SURROGATE = /[\ud800-\udfff]/;

function compareCodePoints(one: string, other: string): number {
  if (SURROGATE.test(one) || SURROGATE.test(other)) {
    const [left, right] = [Array.from(one), Array.from(other)];
    const at = left.findIndex((character, index) => character !== right[index]);
    return at < 0 ? left.length - right.length : (left[at]?.codePointAt(0) ?? -1) - (right[at]?.codePointAt(0) ?? -1);
  }
  return one < other ? -1 : one > other ? 1 : 0;
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
    const items = [value].flat().map((one) => writeItem(item, one, context));
    const text = joinSorted(items);
    return text === '' ? '' : name + text;
  };
}

/** An object with members of the standard, and perhaps extensions. */
function object(members: Members): Writer {
  return (name, value, context) => {
    const text = isObject(value) ? writeMembers(value, members, context) : '';
    return text === '' ? '' : name + text;
  };
}

/** The same, repeated. */
function objects(members: Members): Writer {
  const writeOne = object(members);
  return (name, value, context) => joinSorted([value].flat().map((one) => writeOne(name, one, context)));
}

const text = field((value) => scalarText(value, true));
const instant = field((value) => canonicalInstant(String(value).trim()) ?? scalarText(value, true));
const uri = field((value, context) => scalarText(expandUri(value, context), true));

/** A vocabulary element: a bare word (rule 16), a compact URI (rule 15) or a URI. */
function vocabulary(namespace: string): Writer {
  return field((value, context) =>
    typeof value === 'string' && !value.includes(':') && value.trim() !== ''
      ? namespace + value.trim()
      : scalarText(expandUri(value, context), true),
  );
}

function expandUri(value: JsonValue, { prefixes }: EventContext): JsonValue {
  if (typeof value !== 'string') return value;
  const colon = value.indexOf(':');
  const namespace = colon < 0 || value.startsWith('//', colon + 1) ? undefined : prefixes.get(value.slice(0, colon));
  return namespace === undefined ? value : namespace + value.slice(colon + 1);
}

const CBV = 'https://ref.gs1.org/cbv/';
const VOC = 'https://gs1.org/voc/';

/** Members that say nothing of the event itself (CBV 2.0 section 8.9), and comments. */
const UNHASHED: ReadonlySet<string> = new Set([
  '@context',
  'recordTime',
  'eventID',
  'errorDeclaration',
  'comment',
  'rdfs:comment',
  '#text',
]);
const NOTHING: Members = new Map();

const EPCS = list('epc', uri);
const QUANTITY = new Map([
  ['epcClass', uri],
  ['quantity', text],
  ['uom', text],
]);
const QUANTITIES = list('quantityElement', object(QUANTITY));
const PLACE = object(new Map([['id', uri]]));

const SENSOR_METADATA: Members = new Map([
  ['time', instant],
  ['startTime', instant],
  ['endTime', instant],
  ['deviceID', uri],
  ['deviceMetadata', uri],
  ['rawData', uri],
  ['dataProcessingMethod', uri],
  ['bizRules', uri],
]);

const SENSOR_REPORT: Members = new Map([
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
]);

const SENSOR_ELEMENT: Members = new Map([
  ['sensorMetadata', object(SENSOR_METADATA)],
  ['sensorReport', objects(SENSOR_REPORT)],
]);

/** Items of these lists have no name of their own, only a type and a value. */
function typedList(vocabularyPrefix: string, value: string): Writer {
  const members: Members = new Map([
    ['type', vocabulary(CBV + vocabularyPrefix)],
    [value, uri],
  ]);
  return list('', (_, item, context) => (isObject(item) ? writeMembers(item, members, context) : ''));
}

const DISPOSITIONS: Members = new Map([
  ['set', vocabulary(`${CBV}Disp-`)],
  ['unset', vocabulary(`${CBV}Disp-`)],
]);

const EVENT: Members = new Map<string, Writer>([
  ['type', () => ''],
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
]);
