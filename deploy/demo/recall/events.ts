import type { JsonObject } from '../../../protocol/json/jsonValue.ts';

/** Offsets of the two shores' clocks. */
const OFFSET = { CN: '+08:00', KR: '+09:00' } as const;

/** When something happened, on whose clock. */
export function at(day: string, time: string, shore: keyof typeof OFFSET): JsonObject {
  const offset = OFFSET[shore];
  return { eventTime: `${day}T${time}:00${offset}`, eventTimeZoneOffset: offset };
}

/** An ObjectEvent: goods are made (ADD), seen (OBSERVE) or come to their end (DELETE). */
export function objectEvent(action: 'ADD' | 'OBSERVE' | 'DELETE', when: JsonObject, more: JsonObject): JsonObject {
  return { type: 'ObjectEvent', ...when, action, ...more };
}

/** An AggregationEvent: goods go on a pallet (ADD) or come off it (DELETE). */
export function aggregationEvent(action: 'ADD' | 'DELETE', when: JsonObject, more: JsonObject): JsonObject {
  return { type: 'AggregationEvent', ...when, action, ...more };
}

/** Goods that lie or are read at a place of their own. */
export function inside(place: string): JsonObject {
  return { readPoint: { id: place }, bizLocation: { id: place } };
}

/** Goods that pass: where they are next, nobody knows yet. */
export function passing(place: string): JsonObject {
  return { readPoint: { id: place } };
}

/** So many pieces of a lot. A count has no unit (EPCIS 2.0 section 7.3.3.3). */
export function pieces(lot: string, quantity: number): JsonObject[] {
  return [{ epcClass: lot, quantity }];
}

/** From whom to whom the property goes. */
export function sold(from: string, to: string): JsonObject {
  return {
    sourceList: [{ type: 'owning_party', source: from }],
    destinationList: [{ type: 'owning_party', destination: to }],
  };
}

/** A business document of the party with this GLN, in the form that CBV 2.0 section 8.5.2 gives. */
export function transaction(gln: string, number: string): string {
  return `urn:epcglobal:cbv:bt:${gln}:${number}`;
}
