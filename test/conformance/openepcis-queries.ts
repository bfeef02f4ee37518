import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { eventFacts } from '../../protocol/epcis/query/eventFacts.ts';
import { matches } from '../../protocol/epcis/query/matches.ts';
import { readQuery } from '../../protocol/epcis/query/readQuery.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { OPEN_EPCIS } from './registry/openEpcis.ts';
import { type Case, type Outcome, runCases } from './registry/suite.ts';

export const corpus = OPEN_EPCIS;

/** An event that the query of the corpus asks for, said in other spellings than the query's. */
const WANTED: JsonObject = {
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'urn:epcglobal:cbv:disp:in_transit' },
  ...{ eventTime: '2026-06-01T12:00:00Z', eventTimeZoneOffset: '+00:00' },
  epcList: ['https://shop.example/01/09521141012345/21/2017'],
  quantityList: [{ epcClass: 'https://id.gs1.org/01/09521141012345/10/L1', quantity: 1 }],
  bizLocation: { id: 'https://shop.example/414/9521141123452' },
};

/** Changes after which the query asks for it no more: one for each condition, at its bound where it has one. */
const UNWANTED: Readonly<Record<string, JsonObject>> = {
  'another type': { type: 'TransactionEvent' },
  'before the window': { eventTime: '2025-12-31T22:59:59.999Z' },
  'at the end of the window': { eventTime: '2026-12-31T22:59:59Z' },
  'another action': { action: 'DELETE' },
  'another step': { bizStep: 'receiving' },
  'another disposition': { disposition: 'in_progress' },
  'a place within the place': { bizLocation: { id: 'https://id.gs1.org/414/9521141123452/254/dock' } },
  'another serial number': { epcList: ['https://id.gs1.org/01/09521141012345/21/2018'] },
  'the serial number as input': { epcList: [], inputEPCList: ['https://id.gs1.org/01/09521141012345/21/2017'] },
  'less than the quantity': { quantityList: [{ epcClass: 'https://id.gs1.org/01/09521141012345/10/L1', quantity: 0.5 }] },
  'no quantity': { quantityList: [] },
};

/** The query of the corpus takes what it says and nothing else, also among the corpus's own events; the two invalid ones are refused at the first field at fault. */
export function run(corpora: string): Outcome {
  const read = (file: string) => parseStrict(readFileSync(join(corpora, OPEN_EPCIS, file))) as JsonObject;
  const query = readQuery(read('Query/Queries/SimpleEventQuery.json'));
  const takes = (event: JsonObject) => matches(query, eventFacts(event), 0);
  return runCases([
    ['order and limit', () => query.orderBy === 'eventTime' && query.direction === 'DESC' && query.eventCountLimit === 100],
    ['the event that it asks for', () => takes(WANTED)],
    ...Object.entries(UNWANTED).map(([name, change]): Case => [name, () => !takes({ ...WANTED, ...change })]),
    ['the answers of the corpus', () => eventsOf(read('Query/QueryDocumentWithMultipleEvents.json')).every(({ event }) => !takes(event))],
    [
      'Query_with_unknown_parameter',
      () => refusal(read('Query/Queries/Invalid/Query_with_unknown_parameter.json')) === 'QUERY_PARAMETER_UNKNOWN /GE_eventDate',
    ],
    [
      'Query_with_invalid_values',
      () => refusal(read('Query/Queries/Invalid/Query_with_invalid_values.json')) === 'QUERY_VALUE_INVALID /GE_eventTime',
    ],
  ]);
}

function refusal(document: JsonObject): string {
  try {
    readQuery(document);
  } catch (error) {
    if (error instanceof ProtocolError) return `${error.code} ${error.pointer}`;
  }
  return 'none';
}
