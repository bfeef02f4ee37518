import type { JsonObject } from '../../../protocol/json/jsonValue.ts';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** An event that happened so many minutes after midnight. */
export function anEvent(minute: number, more: JsonObject = {}): JsonObject {
  return {
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTimeZoneOffset: '+09:00' },
    eventTime: `2026-10-01T00:${String(minute).padStart(2, '0')}:00Z`,
    epcList: ['https://id.gs1.org/01/09521001001021/21/A1'],
    ...more,
  };
}

/** A document of such events. */
export function capturedDocument(...minutes: number[]): JsonObject {
  return documentWith(...minutes.map((minute) => anEvent(minute)));
}

/** A document of these events. */
export function documentWith(...eventList: JsonObject[]): JsonObject {
  return {
    '@context': [CONTEXT],
    ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-10-01T00:00:00Z', epcisBody: { eventList } },
  };
}
