import { canonicalIds } from '../gs1/canonicalId.ts';
import { applicationIdentifier } from '../gs1/dictionary.ts';
import { formatPath } from '../gs1/formatDigitalLink.ts';
import type { JsonObject, JsonValue } from '../json/jsonValue.ts';
import { type EventContext, expandUri, isObject, STANDARD_CONTEXT, withPrefixes } from './eventContext.ts';

/** Members that name goods, or the transformation whose events belong together (EPCIS 2.0 section 7.4.6); those of the second list are what the master data in `ilmd` describes. */
const GOODS = ['parentID', 'childEPCs', 'childQuantityList', 'inputEPCList', 'inputQuantityList', 'transformationID'];
const DESCRIBED = ['epcList', 'quantityList', 'outputEPCList', 'outputQuantityList'];

/** Names under which master data says the lot: CBV master data attribute (as URN of JSON and of XML), and GS1 Web Vocabulary. */
const LOT_NAMES: ReadonlySet<string> = new Set([
  'urn:epcglobal:cbv:mda:lotNumber',
  'urn:epcglobal:cbv:mdalotNumber',
  'https://gs1.org/voc/hasBatchLotNumber',
  'https://ref.gs1.org/voc/hasBatchLotNumber',
]);
const GTIN = /^(https:\/\/id\.gs1\.org\/01\/\d{14})(?:\/21\/.*)?$/;

/**
 * What an event concerns, each once, in the order of the event: units, serial numbers, lots and classes of what, parents, children, inputs and outputs, and the
 * transformation that it is a part of. GS1 identifiers as canonical Digital Links, others as they are written. A serial number brings its lot where its link or
 * the event's master data say it.
 *
 * @param context prefixes of its document; by default those of the standard
 */
export function subjectsOf(event: JsonObject, context: EventContext = STANDARD_CONTEXT): string[] {
  const lot = lotOf(event, context);
  const subjects = new Set(GOODS.flatMap((name) => idsOf(event[name])));
  for (const id of DESCRIBED.flatMap((name) => idsOf(event[name]))) {
    subjects.add(id);
    const lotId = lot === undefined ? undefined : lotIdOf(id, lot);
    if (lotId !== undefined) subjects.add(lotId);
  }
  return [...subjects];
}

function idsOf(value: JsonValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(idsOf);
  if (isObject(value)) return idsOf(value.epcClass);
  if (typeof value !== 'string') return [];
  const ids = canonicalIds(value.trim());
  return ids.length > 0 ? ids : [value.trim()];
}

/** The lot that the event's master data says, where a lot number could be so. */
export function lotOf(event: JsonObject, around: EventContext): string | undefined {
  const { ilmd } = event;
  if (!isObject(ilmd)) return undefined;
  const context = withPrefixes(around, event['@context']);
  const found = Object.entries(ilmd).find(([name]) => LOT_NAMES.has(expandUri(name, context)));
  const lot = typeof found?.[1] === 'string' ? found[1].trim() : '';
  return applicationIdentifier('10')?.pattern.test(lot) ? lot : undefined;
}

/** The identifier of a lot of the product that an identifier names, where it names a product or a serial number of one. */
export function lotIdOf(id: string, lot: string): string | undefined {
  const [, gtin] = GTIN.exec(id) ?? [];
  return gtin === undefined ? undefined : gtin + formatPath([{ ai: '10', value: lot }]);
}
