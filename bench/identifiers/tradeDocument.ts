import type { JsonObject } from '../../protocol/json/jsonValue.ts';

/** Events as trade writes them: the journey of a lot, once with EPC URNs and once with Digital Links: made, inspected, packed, shipped, received. */
export function tradeDocument(): JsonObject {
  const events = Array.from({ length: 1000 }, (_, index) => journey(String(index).padStart(10, '0'), index % 2 === 0)).flat();
  const document = {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { example: 'https://ns.example.com/epcis/' }],
    type: 'EPCISDocument',
    epcisBody: { eventList: events },
  };
  return JSON.parse(JSON.stringify(document)) as JsonObject;
}

function journey(number: string, urn: boolean): object[] {
  const lot = urn ? `urn:epc:class:lgtin:8801234.056789.${number}` : `https://id.gs1.org/01/08801234567893/10/${number}`;
  const unit = urn ? `urn:epc:id:sscc:8801234.${number}` : `https://example.com/00/0${`8801234${number}`.slice(0, 16)}0`;
  const place = { id: urn ? 'urn:epc:id:sgln:8801234.00005.0' : 'https://id.gs1.org/414/8801234000054' };
  const at = { eventTime: '2026-11-20T09:30:00+09:00', eventTimeZoneOffset: '+09:00', readPoint: place };
  const goods = [{ epcClass: lot, quantity: 1200, uom: 'KGM' }];
  const advice = [{ type: 'desadv', bizTransaction: `urn:epcglobal:cbv:bt:8801234000009:${number}` }];
  const report = [{ sensorReport: [{ type: 'Temperature', value: -18.5, uom: 'CEL' }] }];
  return [
    {
      type: 'ObjectEvent',
      ...at,
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      quantityList: goods,
      ilmd: { 'example:lot': number },
    },
    {
      type: 'ObjectEvent',
      ...at,
      action: 'OBSERVE',
      bizStep: 'inspecting',
      disposition: 'conformant',
      quantityList: goods,
      sensorElementList: report,
    },
    { type: 'AggregationEvent', ...at, action: 'ADD', bizStep: 'packing', parentID: unit, childQuantityList: goods },
    {
      type: 'ObjectEvent',
      ...at,
      action: 'OBSERVE',
      bizStep: 'shipping',
      disposition: 'in_transit',
      epcList: [unit],
      bizTransactionList: advice,
    },
    {
      type: 'ObjectEvent',
      ...at,
      action: 'OBSERVE',
      bizStep: 'receiving',
      disposition: 'in_progress',
      epcList: [unit],
      bizTransactionList: advice,
    },
  ];
}
