import type { Party } from '../../../protocol/epcis/members.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import type { Goods, LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';

/** Milliseconds at which the minutes of random events begin. */
export const MINUTE_ZERO = Date.parse('2026-10-12T08:00:00Z');

/** The EPCIS event that `lineageEventOf` reads as this one: random events are drawn as lineage, and recorded as the events that say it. */
export function epcisOf(event: LineageEvent): JsonObject {
  const { type, action, transformationID, bizStep, parent, declaration } = event;
  const of = (role: 'source' | 'destination') => event.parties.filter((party) => party.role === role);
  const isTransformation = type === 'TransformationEvent';
  return {
    type,
    eventID: event.eventId,
    eventTime: timeOf(event.eventTime),
    eventTimeZoneOffset: '+00:00',
    ...(action !== undefined && { action }),
    ...(transformationID !== undefined && { transformationID }),
    ...(bizStep !== undefined && { bizStep }),
    ...(parent !== undefined && { parentID: linkOf(parent) }),
    ...(isTransformation
      ? { ...lists('inputEPCList', 'inputQuantityList', event.inputs), ...lists('outputEPCList', 'outputQuantityList', event.outputs) }
      : { ...lists('epcList', 'quantityList', event.objects), ...lists('childEPCs', 'childQuantityList', event.children) }),
    ...(event.readPoint !== undefined && { readPoint: { id: event.readPoint } }),
    ...(event.bizLocation !== undefined && { bizLocation: { id: event.bizLocation } }),
    ...some(
      'bizTransactionList',
      event.documents.map(({ type: kind = 'desadv', id }) => ({ type: kind, bizTransaction: id })),
    ),
    ...some(
      'sourceList',
      of('source').map((party) => ({ type: kindOf(party), source: party.id })),
    ),
    ...some(
      'destinationList',
      of('destination').map((party) => ({ type: kindOf(party), destination: party.id })),
    ),
    ...(declaration !== undefined && {
      errorDeclaration: {
        declarationTime: timeOf(declaration.time),
        reason: declaration.reason ?? 'incorrect_data',
        ...some('correctiveEventIDs', [...declaration.correctiveEventIds]),
      },
    }),
  };
}

/** What is no word of the CBV is written as a URI. */
function kindOf({ type }: Party): string {
  return type === 'other' ? 'https://example.org/other' : type;
}

function lists(instances: string, quantities: string, goods: readonly Goods[]): JsonObject {
  const classes = goods.filter((one) => one.class === true);
  return {
    ...some(instances, goods.filter((one) => one.class !== true).map(linkOf)),
    ...some(
      quantities,
      classes.map(({ id, quantity, unit }) => ({
        epcClass: id,
        ...(quantity !== undefined && { quantity: Number(quantity) }),
        ...(unit !== undefined && { uom: unit }),
      })),
    ),
  };
}

/** A serial number with its lot in the link, where the lot is known. */
function linkOf({ id, lot }: Goods): string {
  return lot === undefined ? id : id.replace('/21/', `/10/${lot.split('/').at(-1)}/21/`);
}

function some(name: string, items: JsonObject[string][]): JsonObject {
  return items.length === 0 ? {} : { [name]: items };
}

function timeOf(sinceZero: number): string {
  return new Date(MINUTE_ZERO + sinceZero).toISOString();
}
