import type { JsonObject, JsonValue } from '../../json/jsonValue.ts';
import { bareWebWord, bareWord } from '../bareWord.ts';
import { canonicalInstant } from '../canonicalInstant.ts';
import { canonicalNumber } from '../canonicalValue.ts';
import { type EventContext, expandUri, isObject, STANDARD_CONTEXT, withPrefixes } from '../eventContext.ts';
import { eventHash } from '../eventHash.ts';
import { instantOf } from '../members.ts';
import { LONGEST_VALUE, type NumberFact, type TermFact, TIME } from './eventQuery.ts';
import { keyOfPattern, PATTERN } from './pattern.ts';
import { oneSpelling, placeAndAbove } from './places.ts';

/** All that a query can ask of an event, but for the time at which it was recorded. */
export interface EventFacts {
  /** Milliseconds since 1970. */
  readonly eventTime: number;
  readonly terms: readonly TermFact[];
  readonly numbers: readonly NumberFact[];
}

/** Ends the name under which a place is told with all that it lies in. */
export const WITHIN = '^';
/** Names of places where an event may carry extensions, as parameters spell them; the event itself has none. */
export const EXTENSION_AREAS = [
  'ILMD',
  'SENSORELEMENT',
  'SENSORMETADATA',
  'SENSORREPORT',
  'ERROR_DECLARATION',
  'readPoint',
  'bizLocation',
] as const;
/** One of them, or the event itself. */
export type ExtensionArea = (typeof EXTENSION_AREAS)[number] | '';
/** The term that says that there is something under a name. */
export const PRESENT = '?';

const EPC_LISTS: readonly (readonly [member: string, name: string])[] = [
  ['epcList', 'epc'],
  ['childEPCs', 'epc'],
  ['inputEPCList', 'inputEPC'],
  ['outputEPCList', 'outputEPC'],
];
const QUANTITY_LISTS: readonly (readonly [member: string, name: string])[] = [
  ['quantityList', 'epcClass'],
  ['childQuantityList', 'epcClass'],
  ['inputQuantityList', 'inputEPCClass'],
  ['outputQuantityList', 'outputEPCClass'],
];
const REPORT_NUMBERS = ['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percValue'];
const REPORT_URIS = ['deviceID', 'dataProcessingMethod', 'microorganism', 'chemicalSubstance', 'bizRules', 'uriValue'];
const METADATA_URIS = ['deviceID', 'dataProcessingMethod', 'bizRules'];
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The name under which an extension is told: of the event or of a part of it, at its top or anywhere within. */
export function extensionName(area: ExtensionArea, inner: boolean, uri: string): string {
  return `${inner ? 'INNER_' : ''}${area}:${uri}`;
}

/** The one spelling of a text of an extension: identifiers and instants as everywhere, all else as it is. */
export function extensionText(text: string): string {
  const id = oneSpelling(text);
  return canonicalInstant(id) ?? id;
}

/** The number that a text writes as JSON does; undefined where it writes none. */
export function decimalOf(text: string): number | undefined {
  const number = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/**
 * Reads what queries can ask of an event (EPCIS 2.0 section 8.2.7.1): every identifier, word of the vocabulary, instant and number in one spelling, so that
 * equal things have equal texts.
 *
 * @param event an event of a document that `validateDocument` accepts
 * @param context of its document, from `eventsOf`
 * @param hash its event hash, where the caller has it
 */
export function eventFacts(event: JsonObject, context: EventContext = STANDARD_CONTEXT, hash = eventHash(event, context)): EventFacts {
  const facts = new FactCollector(withPrefixes(context, event['@context']));
  facts.addEvent(event, hash);
  return { eventTime: facts.eventTime, terms: [...facts.terms.values()], numbers: [...facts.numbers.values()] };
}

class FactCollector {
  readonly terms = new Map<string, TermFact>();
  readonly numbers = new Map<string, NumberFact>();
  eventTime = 0;
  readonly #context: EventContext;

  constructor(context: EventContext) {
    this.#context = context;
  }

  addEvent(event: JsonObject, hash: string): void {
    this.eventTime = instantOf(event.eventTime) ?? 0;
    this.#word('eventType', event.type);
    this.#word('action', event.action);
    this.#word('bizStep', event.bizStep);
    this.#word('disposition', event.disposition);
    this.#id('eventID', event.eventID ?? hash);
    this.#id('transformationID', event.transformationID);
    const { set, unset } = objectOf(event.persistentDisposition);
    for (const word of listOf(set)) this.#word('persistentDisposition_set', word);
    for (const word of listOf(unset)) this.#word('persistentDisposition_unset', word);
    this.#goods(event);
    this.#place('readPoint', event.readPoint);
    this.#place('bizLocation', event.bizLocation);
    this.#typed('bizTransaction', event.bizTransactionList);
    this.#typed('source', event.sourceList);
    this.#typed('destination', event.destinationList);
    if (isObject(event.errorDeclaration)) this.#declaration(event.errorDeclaration);
    if (event.sensorElementList !== undefined) this.#term('sensorElementList', PRESENT);
    for (const element of objectsOf(event.sensorElementList)) this.#sensorElement(element);
    this.#extensions('ILMD', objectOf(event.ilmd));
    this.#extensions('', event);
  }

  #goods(event: JsonObject): void {
    for (const [member, name] of EPC_LISTS) for (const id of listOf(event[member])) this.#goodsId(name, id);
    this.#goodsId('parentID', event.parentID);
    for (const [member, name] of QUANTITY_LISTS) {
      for (const { epcClass, quantity, uom } of objectsOf(event[member])) {
        this.#goodsId(name, epcClass);
        this.#number('quantity', quantity);
        if (typeof uom === 'string') this.#number(`quantity_${uom.trim()}`, quantity);
      }
    }
  }

  #goodsId(name: string, value: JsonValue | undefined): void {
    const id = this.#id(name, value);
    const key = id === undefined ? undefined : keyOfPattern(id);
    if (key !== undefined) this.#term(name + PATTERN, key);
  }

  #place(name: 'readPoint' | 'bizLocation', value: JsonValue | undefined): void {
    const place = objectOf(value);
    const id = this.#id(name, place.id);
    if (id !== undefined) for (const above of placeAndAbove(id)) this.#term(name + WITHIN, above);
    this.#extensions(name, place);
  }

  /** Business transactions, sources and destinations: told under their type; where none is said, under the bare name. */
  #typed(name: 'bizTransaction' | 'source' | 'destination', list: JsonValue | undefined): void {
    for (const item of objectsOf(list)) {
      const type = typeof item.type === 'string' ? `_${this.#wordOf(item.type)}` : '';
      this.#id(name + type, item[name]);
    }
  }

  #declaration(declaration: JsonObject): void {
    this.#term('errorDeclaration', PRESENT);
    this.#time('errorDeclarationTime', declaration.declarationTime);
    this.#word('errorReason', declaration.reason);
    for (const id of listOf(declaration.correctiveEventIDs)) this.#id('correctiveEventID', id);
    this.#extensions('ERROR_DECLARATION', declaration);
  }

  #sensorElement(element: JsonObject): void {
    this.#extensions('SENSORELEMENT', element);
    const metadata = objectOf(element.sensorMetadata);
    for (const name of ['time', 'startTime', 'endTime']) this.#time(name, metadata[name]);
    for (const name of METADATA_URIS) this.#id(name, metadata[name]);
    this.#extensions('SENSORMETADATA', metadata);
    for (const report of objectsOf(element.sensorReport)) this.#sensorReport(report);
  }

  #sensorReport(report: JsonObject): void {
    if (typeof report.type === 'string') this.#term('type', bareWebWord(expandUri(report.type.trim(), this.#context)));
    this.#time('time', report.time);
    for (const name of REPORT_URIS) this.#id(name, report[name]);
    for (const name of REPORT_NUMBERS) if (typeof report.uom === 'string') this.#number(`${name}_${report.uom.trim()}`, report[name]);
    this.#number('percRank', report.percRank);
    if (typeof report.stringValue === 'string') this.#term('stringValue', report.stringValue.trim());
    if (typeof report.hexBinaryValue === 'string') this.#term('hexBinaryValue', report.hexBinaryValue.trim().toUpperCase());
    if (typeof report.booleanValue === 'boolean') this.#term('booleanValue', String(report.booleanValue));
    this.#extensions('SENSORREPORT', report);
  }

  /** Extensions have a prefix, or are full URIs; standard members have neither. */
  #extensions(area: ExtensionArea, holder: JsonObject): void {
    for (const [name, value] of Object.entries(holder)) if (name.includes(':')) this.#extension(area, false, name, value);
  }

  #extension(area: ExtensionArea, inner: boolean, name: string, value: JsonValue): void {
    const told = extensionName(area, inner, expandUri(name, this.#context));
    this.#term(told + PRESENT, PRESENT);
    this.#extensionValue(area, told, value);
  }

  #extensionValue(area: ExtensionArea, name: string, value: JsonValue): void {
    if (Array.isArray(value)) for (const item of value) this.#extensionValue(area, name, item);
    else if (isObject(value)) {
      for (const [inner, content] of Object.entries(value)) this.#extension(area, true, inner, content);
    } else if (typeof value === 'number') {
      this.#term(name, canonicalNumber(value));
      this.#number(name, value);
    } else if (typeof value === 'boolean') this.#term(name, String(value));
    else if (typeof value === 'string') {
      this.#term(name, extensionText(value));
      this.#time(name, value);
      this.#number(name, decimalOf(value.trim()));
    }
  }

  #wordOf(text: string): string {
    return bareWord(expandUri(bareWord(text.trim()), this.#context));
  }

  #word(name: string, value: JsonValue | undefined): void {
    if (typeof value === 'string') this.#term(name, this.#wordOf(value));
  }

  #id(name: string, value: JsonValue | undefined): string | undefined {
    if (typeof value !== 'string') return undefined;
    const id = oneSpelling(value);
    this.#term(name, id);
    return id;
  }

  #time(name: string, value: JsonValue | undefined): void {
    const instant = instantOf(value);
    if (instant !== undefined) this.#number(name + TIME, instant);
  }

  #number(name: string, value: JsonValue | undefined): void {
    if (typeof value === 'number' && name.length <= LONGEST_VALUE) this.numbers.set(`${name} ${value}`, { name, number: value + 0 });
  }

  #term(name: string, term: string): void {
    // No query is as long: keeping it would only fill the index.
    if (term.length <= LONGEST_VALUE && name.length <= LONGEST_VALUE) this.terms.set(`${name} ${term}`, { name, term });
  }
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function objectsOf(value: JsonValue | undefined): JsonObject[] {
  return listOf(value).filter(isObject);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
