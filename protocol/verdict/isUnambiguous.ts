import type { JsonObject, JsonValue } from '../json/jsonValue.ts';

/** Names with a value of their own in the text that the event hash is taken over. */
const FIELDS = [
  'eventTime|eventTimeZoneOffset|certificationInfo|parentID|action|transformationID|bizStep|disposition|set|unset',
  'epc|epcClass|quantity|uom|type|bizTransaction|source|destination|readPointid|bizLocationid',
  'time|startTime|endTime|deviceID|exception|component|value|stringValue|booleanValue|minValue|maxValue|meanValue|sDev',
].join('|');
/** Names that only hold others. */
const HOLDERS = 'List|EPCs|readPoint|bizLocation|persistentDisposition|Element|sensorMetadata|sensorReport|ilmd';
// `{namespace}` begins an extension.
const LIKE_A_FIELD = new RegExp(`(?:${FIELDS})=|(?:${HOLDERS})$|\\{(?:https?|urn):`);
const UNHASHED = new Set(['@context', 'eventID', 'recordTime', 'errorDeclaration']);

/**
 * Tells whether no value of an event can be read as another field. CBV 2.0 section 8.9 joins fields without a separator, so `bizStep` "shipping" with
 * `disposition` "recalled" hashes like a `bizStep` "shippingdisposition=…recalled" without disposition: a hash alone does not show which of them was captured.
 */
export function isUnambiguous(event: JsonObject): boolean {
  return Object.entries(event).every(([name, value]) => UNHASHED.has(name) || isPlain(value as JsonValue));
}

function isPlain(value: JsonValue): boolean {
  if (typeof value === 'string') return !LIKE_A_FIELD.test(value);
  return typeof value !== 'object' || value === null || Object.values(value).every((child) => isPlain(child as JsonValue));
}
