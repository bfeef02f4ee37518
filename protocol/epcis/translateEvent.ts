import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { isObject } from './eventContext.ts';

const IDS = ['parentID', 'epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'];
const QUANTITIES = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'];
const PLACES = ['readPoint', 'bizLocation'];
const PARTIES = [
  ['sourceList', 'source'],
  ['destinationList', 'destination'],
] as const;

/** The event with its identifiers of goods, places and parties written in another way; all else, and their order, stays. */
export function translateEvent(event: JsonObject, write: (id: string) => string): JsonObject {
  const changed: JsonObject = {};
  const change = (member: string, how: (value: JsonValue) => JsonValue) => {
    const value = event[member];
    if (value !== undefined) changed[member] = how(value);
  };
  for (const member of IDS) change(member, (value) => eachText(value, write));
  for (const member of QUANTITIES) change(member, (list) => eachMember(list, 'epcClass', write));
  for (const member of PLACES) change(member, (place) => eachMember(place, 'id', write));
  for (const [member, party] of PARTIES) change(member, (list) => eachMember(list, party, write));
  return { ...event, ...changed };
}

function eachText(value: JsonValue, write: (id: string) => string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => eachText(item, write));
  return typeof value === 'string' ? write(value) : value;
}

function eachMember(value: JsonValue, member: string, write: (id: string) => string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => eachMember(item, member, write));
  const id = isObject(value) ? value[member] : undefined;
  return isObject(value) && typeof id === 'string' ? { ...value, [member]: write(id) } : value;
}
