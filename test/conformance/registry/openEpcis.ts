import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateDocument } from '../../../protocol/epcis/validateDocument.ts';
import { parseStrict } from '../../../protocol/json/parseStrict.ts';
import type { Case } from './suite.ts';

/** EPCIS 2.0 documents in JSON of openepcis-test-resources. */
export const OPEN_EPCIS = 'epcis/openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON';

/** The fields at fault, by file; a file that is not here must be accepted. */
export type Faults = Readonly<Record<string, readonly string[]>>;

/** One case for each document of the folders: accepted, or refused at exactly these fields. */
export function openEpcisCases(corpora: string, folders: readonly string[], faults: Faults, only: 'accepted' | 'refused' | 'both'): Case[] {
  return folders
    .flatMap((folder) => readdirSync(join(corpora, OPEN_EPCIS, folder)).map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith('.json') && (only === 'both' || (only === 'refused') === file in faults))
    .map((file) => [file, () => judge(join(corpora, OPEN_EPCIS, file), faults[file] ?? [])] as const);
}

function judge(path: string, expected: readonly string[]): void {
  const found = validateDocument(parseStrict(readFileSync(path))).map(({ pointer }) => pointer);
  const [left, right] = [found.sort().join(' '), [...expected].sort().join(' ')];
  if (left !== right) throw new Error(`refused at "${left}", expected "${right}"`);
}

const LIST = '/epcisBody/eventList';
const QUERY_LIST = '/epcisBody/queryResults/resultsBody/eventList';

/** Sensor types that are no words of the vocabulary, and reports without type: what GS1's own schema refuses too. */
function sensorFaults(list: string): string[] {
  return [
    `${list}/7/sensorElementList/0/sensorReport/1/type`,
    `${list}/7/sensorElementList/0/sensorReport/2/type`,
    `${list}/8/sensorElementList/0/sensorReport/0/type`,
    `${list}/8/sensorElementList/0/sensorReport/1/type`,
    `${list}/10/sensorElementList/0/sensorReport/0/type`,
  ];
}

/** Three documents that their authors call valid and that break the standard, and fifteen that they call invalid. */
export const CAPTURE_FAULTS: Faults = {
  'Capture/Documents/AggregationEvent_with_persistentDisposition.json': [`${LIST}/1/persistentDisposition`],
  'Capture/Documents/SensorData_with_combined_events.json': sensorFaults(LIST),
  'Capture/Documents/TransactionEvent_with_userExtensions.json': [`${LIST}/0/sensorElementList/0/sensorReport/0/type`],
  'Capture/Invalid/Combination_of_events_with_missing_mandatory_fields.json': [
    `${LIST}/0/action`,
    `${LIST}/1/eventTimeZoneOffset`,
    `${LIST}/1/action`,
  ],
  'Capture/Invalid/Combination_of_multiple_invalid_fields.json': [
    `${LIST}/0/bizStep`,
    `${LIST}/1/disposition`,
    `${LIST}/2/sourceList/0/type`,
    `${LIST}/3/ilmd/materialType`,
    `${LIST}/4/eventTime`,
    `${LIST}/4/action`,
  ],
  'Capture/Invalid/Combination_of_non_standard_bizStep_and_disposition.json': [`${LIST}/0/bizStep`, `${LIST}/1/disposition`],
  'Capture/Invalid/EPCISDocument_without_context.json': ['/@context'],
  'Capture/Invalid/ObjectEvent_with_ilmd_field_without_namespace.json': [`${LIST}/0/ilmd/materialType`],
  'Capture/Invalid/ObjectEvent_with_invalid_action.json': [`${LIST}/0/action`],
  'Capture/Invalid/ObjectEvent_with_invalid_certificationInfo.json': [`${LIST}/0/certificationInfo/0`, `${LIST}/0/certificationInfo/1`],
  'Capture/Invalid/ObjectEvent_with_invalid_eventTime_format.json': [`${LIST}/0/eventTime`],
  'Capture/Invalid/ObjectEvent_with_non_standard_bizStep.json': [`${LIST}/0/bizStep`],
  'Capture/Invalid/ObjectEvent_with_non_standard_bizStep_in_second_event.json': [`${LIST}/1/bizStep`],
  'Capture/Invalid/ObjectEvent_with_non_standard_disposition.json': [`${LIST}/0/disposition`],
  'Capture/Invalid/ObjectEvent_with_quantity_as_text.json': [`${LIST}/0/quantityList/0/quantity`],
  'Capture/Invalid/ObjectEvent_with_unknown_field_in_quantityList.json': [`${LIST}/0/quantityList/0/weight`],
  'Capture/Invalid/ObjectEvent_without_action_and_eventTime.json': [
    `${LIST}/0/eventTime`,
    `${LIST}/0/eventTimeZoneOffset`,
    `${LIST}/0/action`,
  ],
  'Capture/Invalid/ObjectEvent_without_identifier_list.json': [`${LIST}/0`],
};

/** The same for answers to queries. */
export const QUERY_FAULTS: Faults = {
  'Query/SensorData_with_combined_events.json': sensorFaults(QUERY_LIST),
  'Query/TransactionEvent_with_userExtensions.json': [`${QUERY_LIST}/0/sensorElementList/0/sensorReport/0/type`],
  'Query/Invalid/QueryDocument_with_invalid_action.json': [`${QUERY_LIST}/0/action`],
  'Query/Invalid/QueryDocument_with_invalid_eventType.json': [`${QUERY_LIST}/0/type`],
};
