import type { Hex } from '../encoding/hex.ts';
import type { JsonObject } from '../json/jsonValue.ts';
import { canonicalInstant } from './canonicalInstant.ts';
import { declarationHash } from './declarationHash.ts';
import { type EventContext, isObject, STANDARD_CONTEXT } from './eventContext.ts';
import { eventHash } from './eventHash.ts';
import { idOf, objectsOf, optional, type Party, partiesOf, placeOf, textOf, wordOf } from './members.ts';
import { subjectsOf } from './subjectsOf.ts';

/** How much of a class: `list` is the member that says it, `quantity` is absent where unknown, `unit` (UN/ECE Recommendation 20) absent for a count. */
export interface Quantity {
  readonly list: string;
  readonly epcClass: string;
  readonly quantity?: number;
  readonly unit?: string;
}

/** What an index keeps of an event: standard members only, each value in one spelling, so that equal things are found by equal texts. */
export interface EventView {
  /** CBV 2.0 event hash, as URI. */
  readonly hash: string;
  /** The `eventID` given, else the hash. */
  readonly id: string;
  readonly type: string;
  readonly action?: string;
  /** UTC with milliseconds, RFC 3339. */
  readonly eventTime: string;
  /** Bare word of the vocabulary, or URI. */
  readonly bizStep?: string;
  readonly disposition?: string;
  readonly readPoint?: string;
  readonly bizLocation?: string;
  readonly parties: readonly Party[];
  readonly quantities: readonly Quantity[];
  /** Business documents: `type` such as `desadv`, absent where not said. */
  readonly documents: readonly { readonly type?: string; readonly id: string }[];
  readonly subjects: readonly string[];
  /** Present on a declaration that the event was in error. */
  readonly declaration?: { readonly hash: Hex; readonly reason?: string; readonly correctiveEventIds: readonly string[] };
}

const QUANTITY_LISTS = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'];
/**
 * Reads an event for an index.
 *
 * @param event an event of a document that `validateDocument` accepts
 * @param context of its document, from `eventsOf`
 * @throws ProtocolError `LONE_SURROGATE`
 */
export function eventView(event: JsonObject, context: EventContext = STANDARD_CONTEXT): EventView {
  const hash = eventHash(event, context);
  return {
    hash,
    id: textOf(event.eventID) ?? hash,
    type: String(event.type),
    eventTime: canonicalInstant(String(event.eventTime)) ?? String(event.eventTime),
    ...optional('action', textOf(event.action)),
    ...optional('bizStep', wordOf(event.bizStep)),
    ...optional('disposition', wordOf(event.disposition)),
    ...optional('readPoint', placeOf(event.readPoint)),
    ...optional('bizLocation', placeOf(event.bizLocation)),
    parties: [...partiesOf(event, 'source'), ...partiesOf(event, 'destination')],
    quantities: QUANTITY_LISTS.flatMap((list) => objectsOf(event[list]).map((element) => quantityOf(list, element))),
    documents: objectsOf(event.bizTransactionList).map((item) => ({
      ...optional('type', wordOf(item.type)),
      id: idOf(item.bizTransaction),
    })),
    subjects: subjectsOf(event, context),
    ...optional('declaration', declarationOf(event)),
  };
}

function quantityOf(list: string, { epcClass, quantity, uom }: JsonObject): Quantity {
  const amount = typeof quantity === 'number' ? quantity : undefined;
  return { list, epcClass: idOf(epcClass), ...optional('quantity', amount), ...optional('unit', textOf(uom)) };
}

function declarationOf(event: JsonObject): EventView['declaration'] {
  const hash = declarationHash(event);
  const { errorDeclaration } = event;
  if (hash === undefined || !isObject(errorDeclaration)) return undefined;
  const correctiveEventIds = [errorDeclaration.correctiveEventIDs ?? []].flat().filter((id) => typeof id === 'string');
  return { hash, ...optional('reason', wordOf(errorDeclaration.reason)), correctiveEventIds };
}
