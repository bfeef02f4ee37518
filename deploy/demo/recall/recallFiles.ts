import { GS1_CONTEXT } from '../../../protocol/epcis/eventContext.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { directMailOrders } from './directMailOrders.ts';
import { kimchiEntry, kimchiHolding, kimchiInspection, kimchiShipment } from './kimchiEvents.ts';
import { arrivals, destruction, entry, holding, inspection, recallOfSales, recallOfStock, returns, shipments } from './laverEvents.ts';

/** One EPCIS document of the scenario, and who files it. */
export interface RecallFile {
  /** File name; in their order the files tell the story. */
  name: string;
  /** Slug of the member. */
  member: string;
  document: JsonObject;
}

const SEED = 2026_1112;
const CONTEXT = [GS1_CONTEXT, { gs1: 'https://ref.gs1.org/voc/', cbvmda: 'urn:epcglobal:cbv:mda' }];

/** The movements of scenario S4, the laver's recall and its mirror, as EPCIS 2.0 documents (README.md). Pure. */
export function recallFiles(seed = SEED): RecallFile[] {
  const orders = directMailOrders(seed);
  const files: [name: string, member: string, events: JsonObject[]][] = [
    ['laver-1-shipments', 'hanbada', shipments(orders)],
    ['laver-2-arrivals', 'qingdao-customs', arrivals(orders)],
    ['laver-3-entry', 'jiaowan', entry()],
    ['laver-4-inspection', 'beihai', inspection()],
    ['laver-5-holding', 'jiaowan', holding()],
    ['laver-6-recall-of-stock', 'jiaowan', recallOfStock()],
    ['laver-7-recall-of-sales', 'hanbada', recallOfSales(orders)],
    ['laver-8-returns', 'jiaowan', returns(orders)],
    ['laver-9-destruction', 'jiaowan', destruction(orders)],
    ['kimchi-1-shipment', 'laowan', kimchiShipment()],
    ['kimchi-2-entry', 'haeun', kimchiEntry()],
    ['kimchi-3-inspection', 'korea-food-safety', kimchiInspection()],
    ['kimchi-4-holding', 'haeun', kimchiHolding()],
  ];
  return files.map(([name, member, events]) => ({ name: `${name}.json`, member, document: documentOf(events) }));
}

/** Written when the last of its events had happened. */
function documentOf(events: readonly JsonObject[]): JsonObject {
  const times = events.map(({ eventTime }) => String(eventTime));
  const [last = ''] = times.sort((a, b) => Date.parse(b) - Date.parse(a));
  return { '@context': CONTEXT, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: last, epcisBody: { eventList: [...events] } };
}
