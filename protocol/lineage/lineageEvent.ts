import { type EventContext, isObject } from '../epcis/eventContext.ts';
import { eventHash } from '../epcis/eventHash.ts';
import { idOf, instantOf, objectsOf, optional, type Party, partiesOf, placeOf, textOf, wordOf } from '../epcis/members.ts';
import { lotIdOf, lotOf } from '../epcis/subjectsOf.ts';
import { canonicalIds } from '../gs1/canonicalId.ts';
import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { isClass } from './isClass.ts';

/** Goods in a role of an event. */
export interface Goods {
  /** Canonical Digital Link, or the text as it was given where it is no GS1 identifier. */
  readonly id: string;
  /** Present where `id` names a class (product, lot, EPC pattern), not one thing. */
  readonly class?: true;
  /** The lot of a serial number, where its link or the event's master data say it. */
  readonly lot?: string;
  /** Decimal, without exponent; absent: unknown. */
  readonly quantity?: string;
  /** UN/ECE Recommendation 20; absent: a count. */
  readonly unit?: string;
}

/** That an event was declared in error (EPCIS 2.0 section 7.4.1.2). */
export interface LineageDeclaration {
  readonly time: number;
  readonly reason?: string;
  readonly correctiveEventIds: readonly string[];
}

/** What lineage reads of one EPCIS event. Plain data: its JSON text is what a node keeps, and what a reader recomputes an answer from. */
export interface LineageEvent {
  /** How the caller names this record; unique. On the ledger: the event's leaf. */
  readonly key: string;
  /** Number of the member that captured it. */
  readonly issuer: number;
  /** The `eventID` given, else the event hash. */
  readonly eventId: string;
  /** CBV 2.0 event hash: an event and its declaration in error have the same. */
  readonly hash: string;
  /** Present on a record that declares the event in error. */
  readonly declaration?: LineageDeclaration;
  readonly type: string;
  /** `ADD`, `OBSERVE`, `DELETE`; absent on a transformation. */
  readonly action?: string;
  /** Milliseconds since 1970. */
  readonly eventTime: number;
  /** When the record became known: milliseconds since 1970. */
  readonly recordTime: number;
  readonly parent?: Goods;
  readonly objects: readonly Goods[];
  readonly children: readonly Goods[];
  readonly inputs: readonly Goods[];
  readonly outputs: readonly Goods[];
  readonly transformationID?: string;
  readonly bizStep?: string;
  readonly disposition?: string;
  readonly persistentDisposition?: { readonly set: readonly string[]; readonly unset: readonly string[] };
  readonly readPoint?: string;
  readonly bizLocation?: string;
  readonly parties: readonly Party[];
  readonly documents: readonly { readonly type?: string; readonly id: string }[];
  readonly certificationInfo: readonly string[];
}

/** Whose record an event is, how the caller names it, and when it became known. */
export interface AboutRecord {
  readonly key: string;
  readonly issuer: number;
  readonly recordTime: number;
  /** CBV 2.0 event hash, where the caller has it. */
  readonly hash?: string;
}

/**
 * Reads an EPCIS event for lineage.
 *
 * @param event an event of a document that `validateDocument` accepts
 * @param context of its document, from `eventsOf`
 * @throws ProtocolError `LONE_SURROGATE`
 */
export function lineageEventOf(event: JsonObject, context: EventContext, about: AboutRecord): LineageEvent {
  const { key, issuer, recordTime, hash = eventHash(event, context) } = about;
  const lot = lotOf(event, context);
  const parent = textOf(event.parentID);
  return {
    key,
    issuer,
    eventId: textOf(event.eventID) ?? hash,
    hash,
    ...optional('declaration', declarationOf(event.errorDeclaration)),
    type: String(event.type),
    ...optional('action', textOf(event.action)),
    eventTime: instantOf(event.eventTime) || 0,
    recordTime,
    ...optional('parent', parent === undefined ? undefined : instanceOf(parent)),
    objects: goodsOf(event, 'epcList', 'quantityList', lot),
    children: goodsOf(event, 'childEPCs', 'childQuantityList'),
    inputs: goodsOf(event, 'inputEPCList', 'inputQuantityList'),
    outputs: goodsOf(event, 'outputEPCList', 'outputQuantityList', lot),
    ...optional('transformationID', event.transformationID === undefined ? undefined : idOf(event.transformationID)),
    ...optional('bizStep', wordOf(event.bizStep)),
    ...optional('disposition', wordOf(event.disposition)),
    ...optional('persistentDisposition', persistentOf(event.persistentDisposition)),
    ...optional('readPoint', placeOf(event.readPoint)),
    ...optional('bizLocation', placeOf(event.bizLocation)),
    parties: [...partiesOf(event, 'source'), ...partiesOf(event, 'destination')],
    documents: objectsOf(event.bizTransactionList).map((item) => ({
      ...optional('type', wordOf(item.type)),
      id: idOf(item.bizTransaction),
    })),
    certificationInfo: textsOf(event.certificationInfo),
  };
}

function goodsOf(event: JsonObject, instances: string, quantities: string, lot?: string): Goods[] {
  const elements = objectsOf(event[quantities]).map((element) => quantityOf(element, lot));
  return [...textsOf(event[instances]).map((text) => instanceOf(text, lot)), ...elements];
}

/** An entry of a list of instances; an EPC pattern or a lot that stands there is a class all the same. */
function instanceOf(text: string, lot?: string): Goods {
  const [id = text, linkLot] = canonicalIds(text);
  const said = lot === undefined ? undefined : lotIdOf(id, lot);
  if (isClass(id) || text.startsWith('urn:epc:idpat:')) return { id: said ?? id, class: true };
  return { id, ...optional('lot', linkLot ?? said) };
}

/** A quantity element: of a product whose lot the master data say, the lot. */
function quantityOf({ epcClass, quantity, uom }: JsonObject, lot?: string): Goods {
  const id = idOf(epcClass);
  const lotId = lot === undefined || id.includes('/10/') ? undefined : lotIdOf(id, lot);
  const amount = typeof quantity === 'number' ? decimalOf(quantity) : undefined;
  return { id: lotId ?? id, class: true, ...optional('quantity', amount), ...optional('unit', textOf(uom)) };
}

/** A number in digits: the shortest decimal that reads back as the same double, without exponent. */
export function decimalOf(value: number): string {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const shift = Number(exponent);
  if (shift === 0) return String(value);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return sign + whole + fraction.padEnd(shift, '0');
}

function declarationOf(value: JsonValue | undefined): LineageDeclaration | undefined {
  if (!isObject(value)) return undefined;
  return {
    time: instantOf(value.declarationTime) || 0,
    ...optional('reason', wordOf(value.reason)),
    correctiveEventIds: textsOf(value.correctiveEventIDs),
  };
}

function persistentOf(value: JsonValue | undefined): LineageEvent['persistentDisposition'] {
  if (!isObject(value)) return undefined;
  const words = (list: JsonValue | undefined): string[] => textsOf(list).map((word) => wordOf(word) ?? word);
  return { set: words(value.set), unset: words(value.unset) };
}

function textsOf(value: JsonValue | undefined): string[] {
  return [value ?? []].flat().flatMap((item) => (typeof item === 'string' ? [item.trim()] : []));
}
