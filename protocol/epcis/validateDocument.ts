import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { isObject } from './eventContext.ts';
import { document, event, queryDocument, singleEvent } from './generated/epcis.generated.js';
import { type Problem, problemsOf } from './problems.ts';

/** Most problems that are reported of one document; the search ends there. */
export const MAX_PROBLEMS = 100;
/** Most events of one document. */
export const MAX_EVENTS = 10_000;
/** Most items in all lists of one event together. */
export const MAX_ITEMS = 20_000;

/**
 * Judges an EPCIS 2.0 document, query document or single event by this project's JSON Schema: answers nothing where it may be captured, else what is wrong,
 * each with the pointer of the field (RFC 6901) and a stable code. Parse with `parseStrict` first: what it refuses is not looked for here.
 *
 * Codes: `NOT_AN_EPCIS_DOCUMENT`, `MISSING_FIELD`, `UNKNOWN_FIELD`, `WRONG_TYPE`, `UNKNOWN_WORD` (no word of the vocabulary), `NOT_A_URI`, `VOCABULARY_AS_URI` (a
 * standard element that must be a bare word), `NOT_AN_INSTANT`, `NOT_A_TIME_ZONE_OFFSET`, `NOT_A_UNIT`, `NOT_HEX_BINARY`, `NOT_A_VERSION`,
 * `NO_GS1_CONTEXT`, `TOO_FEW`, `TOO_MANY`, `DUPLICATE_ITEM`, `NO_GOODS`, `NO_CHILDREN`, `NO_INPUTS`, `NO_OUTPUTS`, `ILMD_WITHOUT_ADD`, `WRONG_VALUE`
 *
 * @example
 * validateDocument(parseStrict(text)); // [{ pointer: '/epcisBody/eventList/0/action', code: 'MISSING_FIELD', message: 'is missing' }]
 */
export function validateDocument(value: JsonValue): Problem[] {
  if (!isObject(value)) return [{ pointer: '', code: 'NOT_AN_EPCIS_DOCUMENT', message: 'expected an EPCIS document or event' }];
  if (value.type === 'EPCISDocument') {
    const body = isObject(value.epcisBody) ? value.epcisBody : {};
    return [...problemsOf(document, value, ''), ...validateEvents(body, '/epcisBody')].slice(0, MAX_PROBLEMS);
  }
  if (value.type === 'EPCISQueryDocument') {
    const path = '/epcisBody/queryResults/resultsBody';
    return [...problemsOf(queryDocument, value, ''), ...validateEvents(resultsBodyOf(value), path)].slice(0, MAX_PROBLEMS);
  }
  return (tooManyItems(value, '') ?? problemsOf(singleEvent, value, '')).slice(0, MAX_PROBLEMS);
}

/** Judges one event of a document; its context is the document's. The pointers begin with `pointer`. */
export function validateEvent(value: JsonObject, pointer = ''): Problem[] {
  return tooManyItems(value, pointer) ?? problemsOf(event, value, pointer);
}

function validateEvents({ eventList }: JsonObject, pointer: string): Problem[] {
  if (!Array.isArray(eventList)) return [];
  if (eventList.length > MAX_EVENTS) return [tooMany(`${pointer}/eventList`, MAX_EVENTS)];
  const problems: Problem[] = [];
  for (const [index, item] of eventList.entries()) {
    if (isObject(item)) problems.push(...validateEvent(item, `${pointer}/eventList/${index}`));
    if (problems.length >= MAX_PROBLEMS) break;
  }
  return problems;
}

function resultsBodyOf({ epcisBody }: JsonObject): JsonObject {
  const results = isObject(epcisBody) ? epcisBody.queryResults : undefined;
  const body = isObject(results) ? results.resultsBody : undefined;
  return isObject(body) ? body : {};
}

/** The schema looks at every item, and reports each that is wrong, so lists are bounded before. */
function tooManyItems(value: JsonObject, pointer: string): Problem[] | undefined {
  return countItems(value, 0) > MAX_ITEMS ? [tooMany(pointer, MAX_ITEMS)] : undefined;
}

function countItems(value: JsonValue, before: number): number {
  if (typeof value !== 'object' || value === null || before > MAX_ITEMS) return before;
  let count = before + (Array.isArray(value) ? value.length : 0);
  for (const member of Object.values(value)) count = countItems(member, count);
  return count;
}

function tooMany(pointer: string, limit: number): Problem {
  return { pointer, code: 'TOO_MANY', message: `has more than ${limit} items` };
}
