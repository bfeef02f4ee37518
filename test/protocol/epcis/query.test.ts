import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { STANDARD_CONTEXT } from '../../../protocol/epcis/eventContext.ts';
import { eventFacts } from '../../../protocol/epcis/query/eventFacts.ts';
import { matches } from '../../../protocol/epcis/query/matches.ts';
import { readQuery, readQueryParameters } from '../../../protocol/epcis/query/readQuery.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { codeOf } from '../codeOf.ts';

const BINDINGS = join(import.meta.dirname, '../../../../shared/vectors/epcis/gs1-epcis/REST Bindings');
const RECORDED = Date.parse('2026-10-02T00:00:00Z');
const EXAMPLE = { ...STANDARD_CONTEXT, prefixes: new Map([...STANDARD_CONTEXT.prefixes, ['ex', 'https://ns.example.com/']]) };

/** An event that says something under almost every name. */
const EVENT: JsonObject = {
  '@context': [{ mine: 'https://ns.example.com/' }],
  ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'shipping', disposition: 'https://ref.gs1.org/cbv/Disp-in_transit' },
  ...{
    eventTime: '2026-10-01T09:00:00.000+09:00',
    eventTimeZoneOffset: '+09:00',
    eventID: 'urn:uuid:831C0292-4de1-430a-8255-2aca821abaab',
  },
  epcList: ['urn:epc:id:sgtin:4012345.012345.S1', 'https://example.com/00/012345678901234560', 'urn:epc:id:giai:4012345.ABC'],
  quantityList: [
    { epcClass: 'urn:epc:class:lgtin:4012345.012345.L1', quantity: 7.5, uom: 'KGM' },
    { epcClass: 'urn:epc:idpat:sgtin:4012345.012345.*' },
  ],
  readPoint: { id: 'urn:epc:id:sgln:4012345.00001.dock', 'mine:gate': 4 },
  bizLocation: { id: 'https://id.gs1.org/414/4012345000016' },
  persistentDisposition: { set: ['recalled'], unset: ['conformant'] },
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:4012345000016:PO1' }],
  sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00002' }],
  destinationList: [{ type: 'https://ref.gs1.org/cbv/SDT-possessing_party', destination: 'https://id.gs1.org/417/4012345000030' }],
  errorDeclaration: {
    ...{
      declarationTime: '2026-10-05T00:00:00Z',
      reason: 'incorrect_data',
      correctiveEventIDs: ['urn:uuid:00000000-0000-4000-8000-00000000000a'],
    },
    'mine:by': 'inspector',
  },
  ilmd: { 'cbvmda:lotNumber': '007', 'mine:packed': { 'mine:line': 3, 'mine:at': '2026-09-30T00:00:00Z' } },
  sensorElementList: [
    {
      sensorMetadata: {
        time: '2026-10-01T00:00:00Z',
        startTime: '2026-09-30T00:00:00Z',
        deviceID: 'urn:epc:id:giai:4012345.T1',
        'mine:grade': 'A',
      },
      sensorReport: [
        { type: 'Temperature', value: -18.5, uom: 'CEL', minValue: -20, 'mine:raw': '12.50' },
        {
          type: 'gs1:RelativeHumidity',
          percRank: 50,
          stringValue: 'fair',
          booleanValue: false,
          hexBinaryValue: 'f0',
          uriValue: 'https://example.com/x',
        },
      ],
    },
  ],
  'mine:truck': 'K-12',
  'mine:checked': true,
  'mine:stops': [2, '3'],
};
const GTIN = 'https://id.gs1.org/01/04012345123456';

describe('query of EPCIS events', () => {
  const asks = (parameters: Record<string, string>) =>
    matches(readQueryParameters(Object.entries(parameters), EXAMPLE), eventFacts(EVENT), RECORDED);

  describe('finds by', () => {
    const FOUND: readonly (readonly [name: string, value: string])[] = [
      ...([
        ['eventType', 'AggregationEvent|ObjectEvent'],
        ['EQ_action', 'ADD'],
      ] as const),
      ...([
        ['GE_eventTime', '2026-10-01T00:00:00Z'],
        ['LT_eventTime', '2026-10-01T09:00:00.001+09:00'],
      ] as const),
      ...([
        ['GE_recordTime', '2026-10-02T00:00:00Z'],
        ['LT_recordTime', '2026-10-02T00:00:00 00:01'.replace(' 00:01', '-00:01')],
      ] as const),
      ...['shipping', 'urn:epcglobal:cbv:bizstep:shipping', 'https://ref.gs1.org/cbv/BizStep-shipping', 'cbv:BizStep-shipping'].map(
        (word) => ['EQ_bizStep', word] as const,
      ),
      ...([
        ['EQ_disposition', 'expired|in_transit'],
        ['EQ_persistentDisposition_set', 'recalled'],
        ['EQ_persistentDisposition_unset', 'conformant'],
      ] as const),
      ...([
        ['EQ_readPoint', 'https://shop.example/414/4012345000016/254/dock'],
        ['WD_readPoint', 'urn:epc:id:sgln:4012345.00001.0'],
      ] as const),
      ...([
        ['EQ_bizLocation', 'urn:epc:id:sgln:4012345.00001.0'],
        ['WD_bizLocation', 'urn:epc:id:sgln:4012345.00001.0'],
      ] as const),
      ...[`${GTIN}/21/S1`, 'https://shop.example/01/4012345123456/21/S1', 'urn:epc:id:sgtin:4012345.012345.S1'].map(
        (id) => ['MATCH_epc', id] as const,
      ),
      ...['urn:epc:idpat:sgtin:4012345.012345.*', 'urn:epc:idpat:sgtin:4012345.*.*', GTIN].map((id) => ['MATCH_epc', id] as const),
      ...['urn:epc:id:sscc:1234567.0890123456', 'urn:epc:idpat:sscc:1234567.*', 'urn:epc:idpat:giai:4012345.*'].map(
        (id) => ['MATCH_anyEPC', id] as const,
      ),
      ...['urn:epc:class:lgtin:4012345.012345.L1', 'urn:epc:idpat:sgtin:4012345.012345.*', 'urn:epc:idpat:sgtin:4012345.*.*', GTIN].map(
        (id) => ['MATCH_epcClass', id] as const,
      ),
      ...([
        ['MATCH_anyEPCClass', `${GTIN}/10/L1`],
        ['EQ_quantity', '1|7.5'],
        ['GT_quantity', '7.4'],
        ['LE_quantity_KGM', '7.5'],
      ] as const),
      ...([
        ['EQ_eventID', 'urn:uuid:831c0292-4DE1-430a-8255-2aca821abaab'],
        ['EXISTS_errorDeclaration', 'true'],
        ['EXISTS_errorDeclaration', ''],
      ] as const),
      ...([
        ['GE_errorDeclarationTime', '2026-10-05T00:00:00Z'],
        ['LT_errorDeclaration_Time', '2026-10-05T00:00:01Z'],
        ['EQ_errorReason', 'incorrect_data'],
      ] as const),
      ...([
        ['EQ_correctiveEventID', 'urn:uuid:00000000-0000-4000-8000-00000000000A'],
        ['EXISTS_sensorElementList', 'true'],
      ] as const),
      ...([
        ['GE_startTime', '2026-09-30T00:00:00Z'],
        ['LT_time', '2026-10-01T00:00:01Z'],
        ['EQ_deviceID', 'https://id.gs1.org/8004/4012345T1'],
      ] as const),
      ...([
        ['EQ_type', 'https://gs1.org/voc/Temperature'],
        ['EQ_type', 'RelativeHumidity'],
        ['LT_value_CEL', '-18'],
        ['EQ_value_CEL', '-18.5'],
      ] as const),
      ...([
        ['GE_minValue_CEL', '-20'],
        ['LE_percRank', '50'],
        ['EQ_stringValue', 'fair'],
        ['EQ_booleanValue', 'false'],
        ['EQ_hexBinaryValue', 'F0'],
      ] as const),
      ...([
        ['EQ_uriValue', 'https://example.com/x'],
        ['EQ_bizTransaction_po', 'urn:epcglobal:cbv:bt:4012345000016:PO1'],
      ] as const),
      ...([
        ['EQ_source_owning_party', 'https://id.gs1.org/417/4012345000023'],
        ['EQ_destination_possessing_party', 'urn:epc:id:pgln:4012345.00003'],
      ] as const),
      ...([
        ['EQ_ex:truck', 'K-11|K-12'],
        ['EQ_https://ns.example.com/truck', 'K-12'],
        ['EQ_ex:checked', 'true'],
        ['EQ_ex:stops', '2'],
        ['GT_ex:stops', '2'],
      ] as const),
      ...([
        ['EXISTS_ex:truck', 'true'],
        ['EQ_ILMD_cbvmda:lotNumber', '007'],
        ['EXISTS_ILMD_ex:packed', ''],
        ['GE_INNER_ILMD_ex:line', '3'],
      ] as const),
      ...([
        ['LT_INNER_ILMD_ex:at', '2026-09-30T09:00:01+09:00'],
        ['EQ_INNER_ILMD_ex:at', '2026-09-30T09:00:00+09:00'],
      ] as const),
      ...([
        ['EQ_SENSORMETADATA_ex:grade', 'A'],
        ['GE_SENSORREPORT_ex:raw', '12.5'],
        ['EQ_ERROR_DECLARATION_ex:by', 'inspector'],
        ['EQ_readPoint_ex:gate', '4.0'],
      ] as const),
    ];
    for (const [name, value] of FOUND) it(`${name}=${value}`, () => expect(asks({ [name]: value })).to.equal(true));
  });

  describe('does not find by', () => {
    const MISSED: readonly (readonly [name: string, value: string])[] = [
      ...([
        ['eventType', 'AggregationEvent'],
        ['EQ_action', 'OBSERVE|DELETE'],
        ['LT_eventTime', '2026-10-01T00:00:00Z'],
      ] as const),
      ...([
        ['LT_recordTime', '2026-10-02T00:00:00Z'],
        ['GE_recordTime', '2026-10-02T00:00:00.001Z'],
        ['EQ_bizStep', 'receiving'],
      ] as const),
      ...([
        ['EQ_readPoint', 'urn:epc:id:sgln:4012345.00001.0'],
        ['WD_readPoint', 'urn:epc:id:sgln:4012345.00001.other'],
      ] as const),
      ...([
        ['MATCH_epc', `${GTIN}/21/S`],
        ['MATCH_epc', `${GTIN}/21/s1`],
        ['MATCH_epc', 'urn:epc:idpat:sgtin:401234.*.*x'],
        ['MATCH_epc', 'urn:epc:idpat:sgtin:4012346.*.*'],
      ] as const),
      ...([
        ['MATCH_epc', 'urn:epc:idpat:sgtin:4012345.112345.*'],
        ['MATCH_epc', `${GTIN}/10/L1`],
        ['MATCH_parentID', `${GTIN}/21/S1`],
        ['MATCH_epcClass', `${GTIN}/21/S1`],
      ] as const),
      ...([
        ['MATCH_epc', 'urn:epc:idpat:upui:4012345.012345.*'],
        ['GT_quantity', '7.5'],
        ['EQ_quantity_LTR', '7.5'],
        ['EQ_value_FAH', '-18.5'],
      ] as const),
      ...([
        ['EQ_ILMD_cbvmda:lotNumber', '7'],
        ['EQ_cbvmda:lotNumber', '007'],
        ['EQ_ex:line', '3'],
        ['EQ_ILMD_ex:line', '3'],
        ['EQ_INNER_ex:truck', 'K-12'],
      ] as const),
      ...([
        ['GT_ex:stops', '3'],
        ['LT_ILMD_ex:packed', '9'],
        ['EQ_booleanValue', 'true'],
        ['EQ_source_possessing_party', 'https://id.gs1.org/417/4012345000023'],
      ] as const),
      ...([
        ['HASATTR_bizLocation', 'x'],
        ['EQATTR_bizLocation_name', 'x'],
        ['EQ_ATTR_bizLocation_name', 'x'],
        ['EQ_transformationID', 'urn:x:1'],
      ] as const),
    ];
    for (const [name, value] of MISSED) it(`${name}=${value}`, () => expect(asks({ [name]: value })).to.equal(false));
  });

  it('wants all parameters to hold', () => {
    expect(asks({ EQ_bizStep: 'shipping', EQ_action: 'ADD' })).to.equal(true);
    expect(asks({ EQ_bizStep: 'shipping', EQ_action: 'DELETE' })).to.equal(false);
  });

  it('asks nothing where EXISTS is off', () => {
    expect(readQueryParameters([['EXISTS_errorDeclaration', 'false']]).conditions).to.deep.equal([]);
    expect(asks({ 'EXISTS_ex:none': '' })).to.equal(false);
  });

  it('finds an event without eventID by its hash', () => {
    const { eventID: _, ...nameless } = EVENT;
    const facts = eventFacts(nameless);
    const hash = facts.terms.find(({ name }) => name === 'eventID')?.term ?? '';
    expect(hash).to.match(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
    expect(matches(readQueryParameters([['EQ_eventID', hash]]), facts, RECORDED)).to.equal(true);
  });

  describe('readQuery', () => {
    it('takes types of JSON, and prefixes of the document', () => {
      const query = readQuery({
        '@context': [{ ex: 'https://ns.example.com/' }],
        ...{ eventType: ['ObjectEvent'], GE_quantity: 1, EQ_quantity: [7.5], EQ_booleanValue: false, EXISTS_errorDeclaration: null },
        ...{ 'EQ_ex:stops': [2, 5], 'EQ_ex:truck': ['K-12'], 'EQ_ex:checked': true, 'GE_INNER_ILMD_ex:at': '2026-09-30T00:00:00Z' },
        ...{ orderBy: 'recordTime', orderDirection: 'ASC', eventCountLimit: 3 },
      });
      expect(query).to.include({ orderBy: 'recordTime', direction: 'ASC', eventCountLimit: 3 });
      expect(matches(query, eventFacts(EVENT), RECORDED)).to.equal(true);
    });

    it('is newest first where nothing is said', () => expect(readQuery({})).to.deep.include({ direction: 'DESC', conditions: [] }));

    const REFUSED: readonly (readonly [document: JsonObject, code: string])[] = [
      [{ GE_eventDate: '2026-01-01T00:00:00+01:00' }, 'QUERY_PARAMETER_UNKNOWN'],
      [{ constructor: ['x'] }, 'QUERY_PARAMETER_UNKNOWN'],
      [{ EQ_ILMD_plain: ['x'] }, 'QUERY_PARAMETER_UNKNOWN'],
      [{ GE_eventTime: 'not-a-date' }, 'QUERY_VALUE_INVALID'],
      [{ GE_eventTime: '2026-02-30T00:00:00Z' }, 'QUERY_VALUE_INVALID'],
      [{ GE_eventTime: '2026-02-03T00:00:00' }, 'QUERY_VALUE_INVALID'],
      [{ GE_eventTime: 5 }, 'QUERY_VALUE_INVALID'],
      [{ EQ_action: ['SHIPPED'] }, 'QUERY_VALUE_INVALID'],
      [{ EQ_action: ['urn:x:ADD'] }, 'QUERY_VALUE_INVALID'],
      [{ eventType: ['QuantityEvent'] }, 'QUERY_VALUE_INVALID'],
      [{ EQ_bizStep: [] }, 'QUERY_VALUE_INVALID'],
      [{ EQ_bizStep: [{}] }, 'QUERY_VALUE_INVALID'],
      [{ EQ_bizStep: ['two words'] }, 'QUERY_VALUE_INVALID'],
      [{ GT_quantity: '7' }, 'QUERY_VALUE_INVALID'],
      [{ GT_quantity: [7] }, 'QUERY_VALUE_INVALID'],
      [{ EQ_booleanValue: 'yes' }, 'QUERY_VALUE_INVALID'],
      [{ EXISTS_errorDeclaration: 'maybe' }, 'QUERY_VALUE_INVALID'],
      [{ orderDirection: 'SIDEWAYS' }, 'QUERY_VALUE_INVALID'],
      [{ orderBy: 'bizStep' }, 'QUERY_VALUE_INVALID'],
      [{ orderBy: 'eventTime', eventCountLimit: 0 }, 'QUERY_VALUE_INVALID'],
      [{ maxEventCount: 1.5 }, 'QUERY_VALUE_INVALID'],
      [{ eventCountLimit: 5 }, 'QUERY_PARAMETER_CONFLICT'],
      [{ orderBy: 'eventTime', eventCountLimit: 5, maxEventCount: 5 }, 'QUERY_PARAMETER_CONFLICT'],
      [{ 'EQ_none:field': ['x'] }, 'QUERY_PREFIX_UNKNOWN'],
      [{ EQ_bizStep: Array.from({ length: 257 }, (_, index) => `urn:x:${index}`) }, 'QUERY_TOO_LARGE'],
      [{ EQ_stringValue: ['x'.repeat(1_025)] }, 'QUERY_TOO_LARGE'],
      [{ [`EQ_ex:${'x'.repeat(300)}`]: ['x'] }, 'QUERY_TOO_LARGE'],
      [Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`EQ_cbvmda:f${index}`, ['x']])), 'QUERY_TOO_LARGE'],
    ];
    for (const [document, code] of REFUSED) {
      it(`refuses ${JSON.stringify(document).slice(0, 60)}`, () => expect(codeOf(() => readQuery(document))).to.equal(code));
    }

    it('names the parameter', () => {
      try {
        readQuery({ EQ_action: ['ADD'], GE_eventTime: 'x' });
        expect.fail('read');
      } catch (error) {
        expect(error).to.include({ pointer: '/GE_eventTime' });
      }
    });
  });

  describe('readQueryParameters', () => {
    it('refuses what is there twice, is empty, or turns the direction of reading', () => {
      const pairs = (...list: [string, string][]) => codeOf(() => readQueryParameters(list));
      expect(pairs(['EQ_action', 'ADD'], ['EQ_action', 'ADD'])).to.equal('QUERY_PARAMETER_CONFLICT');
      expect(pairs(['EQ_action', 'ADD|'])).to.equal('QUERY_VALUE_INVALID');
      expect(pairs(['EQ_stringValue', 'a\u202eb'])).to.equal('BIDI_CONTROL');
      expect(pairs(['EQ_\u202e', 'a'])).to.equal('BIDI_CONTROL');
    });

    it('reads a time whose plus sign became a space', () => {
      expect(readQueryParameters([['GE_eventTime', '2026-10-01T09:00:00 09:00']]).eventTime.from).to.equal(
        Date.parse('2026-10-01T00:00:00Z'),
      );
    });
  });

  describe('the names of the standard', () => {
    before(function () {
      if (existsSync(BINDINGS)) return;
      process.stdout.write(`      skipped: no corpora at ${BINDINGS}\n`);
      this.skip();
    });

    it('are all read: 53 of the REST binding', () => {
      const text = readFileSync(join(BINDINGS, 'openapi.yaml'), 'utf8');
      const events = text.slice(text.indexOf('\n  /events:'), text.indexOf('\n  /events/{eventID}:'));
      const names = [...events.matchAll(/\$ref: "#\/components\/parameters\/(\w+)"/g)].map(([, name]) => name as string);
      expect(names).to.have.lengthOf(53);
      for (const name of names)
        expect(
          codeOf(() => readQueryParameters([[name, '\u0001']])),
          name,
        ).to.equal('CONTROL_CHARACTER');
      const unknown = names.filter((name) => codeOf(() => readQueryParameters([[name, ' ']])) === 'QUERY_PARAMETER_UNKNOWN');
      expect(unknown).to.deep.equal([]);
    });

    it('are all read: 61 properties and 108 patterns of the query schema', () => {
      const schema = JSON.parse(readFileSync(join(BINDINGS, 'query-schema.json'), 'utf8')).definitions['EPCIS-Query'];
      const flexible = Object.keys(schema.patternProperties).map((pattern) =>
        pattern
          .replace(/[\^$]/g, '')
          .replace('[a-z][a-zA-Z0-9]*\\\\:\\\\w+', 'cbvmda:x')
          .replace('[A-Z0-9]{2,4}', 'KGM')
          .replace('[a-z][a-zA-Z0-9_]+', 'po')
          .replaceAll('\\\\w+', 'x'),
      );
      expect(flexible).to.have.lengthOf(108);
      const names = [...Object.keys(schema.properties), ...flexible].filter((name) => name !== '@context');
      const unknown = names.filter((name) => codeOf(() => readQueryParameters([[name, ' ']])) === 'QUERY_PARAMETER_UNKNOWN');
      expect(unknown).to.deep.equal([]);
    });
  });
});
