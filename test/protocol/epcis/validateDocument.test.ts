import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { MAX_EVENTS, MAX_ITEMS, MAX_PROBLEMS, validateDocument, validateEvent } from '../../../protocol/epcis/validateDocument.ts';
import type { JsonObject, JsonValue } from '../../../protocol/json/jsonValue.ts';
import { FOLDER, generateEpcisValidator } from '../../../scripts/generateEpcisValidator.ts';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const COMMON = { eventTime: '2026-11-20T09:30:00+09:00', eventTimeZoneOffset: '+09:00' };
const EPC = 'urn:epc:id:sgtin:8801234.056789.1';
const LOT = { epcClass: 'urn:epc:class:lgtin:8801234.056789.L1', quantity: 12.5, uom: 'KGM' };
const OBJECT: JsonObject = { type: 'ObjectEvent', ...COMMON, action: 'OBSERVE', epcList: [EPC] };
const AGGREGATION: JsonObject = {
  type: 'AggregationEvent',
  ...COMMON,
  action: 'ADD',
  parentID: 'urn:epc:id:sscc:8801234.0000000001',
  childEPCs: [EPC],
};
const ASSOCIATION: JsonObject = { ...AGGREGATION, type: 'AssociationEvent' };
const TRANSACTION: JsonObject = { ...OBJECT, type: 'TransactionEvent', bizTransactionList: [{ type: 'po', bizTransaction: 'urn:uuid:1' }] };
const TRANSFORMATION: JsonObject = { type: 'TransformationEvent', ...COMMON, inputQuantityList: [LOT], outputEPCList: [EPC] };

function documentOf(...eventList: JsonValue[]): JsonObject {
  return {
    '@context': [CONTEXT],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-11-20T09:30:00Z',
    epcisBody: { eventList },
  };
}

/** What is wrong with an event, as `pointer code`. */
function faults(event: JsonObject): string[] {
  return validateEvent(event).map(({ pointer, code }) => `${pointer} ${code}`);
}

function without(event: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([other]) => other !== name));
}

describe('EPCIS validator', () => {
  it('is compiled from the schema as it stands', () => {
    for (const [file, text] of Object.entries(generateEpcisValidator()))
      expect(readFileSync(join(FOLDER, file), 'utf8') === text, `${file} is stale: run scripts/generateEpcisValidator.ts`).to.equal(true);
  });

  describe('validateEvent', () => {
    it('accepts an event of each type', () => {
      for (const event of [OBJECT, AGGREGATION, ASSOCIATION, TRANSACTION, TRANSFORMATION]) expect(faults(event)).to.deep.equal([]);
      expect(faults({ type: 'example:Harvest', ...COMMON, 'example:field': 1 })).to.deep.equal([]);
    });

    it('asks for the fields of each type', () => {
      const required: [JsonObject, string[]][] = [
        [OBJECT, ['eventTime', 'eventTimeZoneOffset', 'action', 'type']],
        [AGGREGATION, ['action', 'parentID']],
        [ASSOCIATION, ['action', 'parentID']],
        [TRANSACTION, ['action', 'bizTransactionList']],
      ];
      for (const [event, names] of required)
        for (const name of names) expect(faults(without(event, name)), name).to.deep.equal([`/${name} MISSING_FIELD`]);
    });

    it('asks for goods, children, inputs and outputs', () => {
      expect(faults(without(OBJECT, 'epcList'))).to.deep.equal([' NO_GOODS']);
      expect(faults({ ...without(OBJECT, 'epcList'), quantityList: [] })).to.deep.equal([' NO_GOODS']);
      expect(faults(without(TRANSACTION, 'epcList'))).to.deep.equal([' NO_GOODS']);
      expect(faults(without(AGGREGATION, 'childEPCs'))).to.deep.equal([' NO_CHILDREN']);
      expect(faults(without(TRANSFORMATION, 'inputQuantityList'))).to.deep.equal([' NO_INPUTS']);
      expect(faults(without(TRANSFORMATION, 'outputEPCList'))).to.deep.equal([' NO_OUTPUTS']);
    });

    it('asks for less where the action or an id allows it', () => {
      const report = [{ sensorReport: [{ type: 'Temperature', value: -18, uom: 'CEL' }] }];
      expect(faults({ ...without(OBJECT, 'epcList'), readPoint: { id: 'geo:1,2' }, sensorElementList: report })).to.deep.equal([]);
      expect(faults({ ...without(AGGREGATION, 'childEPCs'), action: 'DELETE' })).to.deep.equal([]);
      expect(faults({ ...without(AGGREGATION, 'parentID'), action: 'OBSERVE' })).to.deep.equal([]);
      expect(faults({ ...without(TRANSFORMATION, 'inputQuantityList'), transformationID: 'urn:uuid:1' })).to.deep.equal([]);
    });

    it('names the field that is wrong', () => {
      const wrong: [JsonObject, string][] = [
        [{ action: 'add' }, '/action UNKNOWN_WORD'],
        [{ eventTime: '2026-02-30T00:00:00Z' }, '/eventTime NOT_AN_INSTANT'],
        [{ eventTime: '2023-02-29T00:00:00Z' }, '/eventTime NOT_AN_INSTANT'],
        [{ eventTime: '2026-11-20T09:30:00' }, '/eventTime NOT_AN_INSTANT'],
        [{ eventTimeZoneOffset: '+15:00' }, '/eventTimeZoneOffset NOT_A_TIME_ZONE_OFFSET'],
        [{ bizStep: 'transforming' }, '/bizStep UNKNOWN_WORD'],
        [{ bizStep: 'urn:epcglobal:cbv:bizstep:shipping' }, '/bizStep VOCABULARY_AS_URI'],
        [{ disposition: 1 }, '/disposition WRONG_TYPE'],
        [{ epcList: [EPC, 'no uri'] }, '/epcList/1 NOT_A_URI'],
        [{ epcList: [EPC, 'urn:a:b', EPC] }, '/epcList/2 DUPLICATE_ITEM'],
        [{ quantityList: [{ ...LOT, 'example:weight': 1 }] }, '/quantityList/0/example:weight UNKNOWN_FIELD'],
        [{ quantityList: [{ ...LOT, uom: 'kg' }] }, '/quantityList/0/uom NOT_A_UNIT'],
        [{ quantityList: [{ quantity: 1 }] }, '/quantityList/0/epcClass MISSING_FIELD'],
        [{ ilmd: { 'example:lot': 'L1' } }, '/action ILMD_WITHOUT_ADD'],
        [{ persistentDisposition: {} }, '/persistentDisposition TOO_FEW'],
        [{ persistentDisposition: { set: ['lost'] } }, '/persistentDisposition/set/0 UNKNOWN_WORD'],
        [{ sourceList: [{ source: 'urn:a:b' }] }, '/sourceList/0/type MISSING_FIELD'],
        [{ sensorElementList: [{ sensorReport: [] }] }, '/sensorElementList/0/sensorReport TOO_FEW'],
        [{ sensorElementList: [{ sensorReport: [{ type: 'Warmth' }] }] }, '/sensorElementList/0/sensorReport/0/type UNKNOWN_WORD'],
        [{ errorDeclaration: { reason: 'did_not_occur' } }, '/errorDeclaration/declarationTime MISSING_FIELD'],
        [{ note: 'x' }, '/note UNKNOWN_FIELD'],
        [{ 'a/b~c': 'x' }, '/a~1b~0c UNKNOWN_FIELD'],
        [{ '@context': { example: 'no uri' } }, '/@context/example NOT_A_URI'],
      ];
      for (const [members, fault] of wrong) expect(faults({ ...OBJECT, ...members }), fault).to.deep.equal([fault]);
    });

    it('refuses persistentDisposition where it has no meaning', () => {
      for (const event of [AGGREGATION, ASSOCIATION, TRANSACTION])
        expect(faults({ ...event, persistentDisposition: { set: ['recalled'] } })).to.deep.equal(['/persistentDisposition UNKNOWN_FIELD']);
    });

    it('accepts own vocabulary as URI', () => {
      expect(faults({ ...OBJECT, bizStep: 'https://example.com/steps#salting', disposition: 'example:salted' })).to.deep.equal([]);
    });
  });

  describe('validateDocument', () => {
    const codes = (document: JsonValue) => validateDocument(document).map(({ pointer, code }) => `${pointer} ${code}`);

    it('accepts documents, query documents and single events', () => {
      const results = { queryName: 'q', resultsBody: { eventList: [OBJECT] } };
      expect(codes(documentOf(OBJECT, AGGREGATION))).to.deep.equal([]);
      expect(codes({ '@context': CONTEXT, type: 'EPCISQueryDocument', epcisBody: { queryResults: results } })).to.deep.equal([]);
      expect(codes({ '@context': CONTEXT, ...OBJECT })).to.deep.equal([]);
    });

    it('asks for the context of GS1', () => {
      expect(codes({ ...documentOf(OBJECT), '@context': ['https://example.com/c'] })).to.deep.equal(['/@context NO_GS1_CONTEXT']);
      expect(codes(OBJECT)).to.deep.equal(['/@context MISSING_FIELD']);
    });

    it('refuses what is no document', () => {
      expect(codes([])).to.deep.equal([' NOT_AN_EPCIS_DOCUMENT']);
      expect(codes({ ...documentOf(), epcisBody: {} })).to.deep.equal(['/epcisBody/eventList MISSING_FIELD']);
      expect(codes(documentOf(1))).to.deep.equal(['/epcisBody/eventList/0 WRONG_TYPE']);
    });

    it('stops at its limits', () => {
      const bad = { ...OBJECT, action: 'x' };
      expect(validateDocument(documentOf(...Array(MAX_PROBLEMS + 50).fill(bad)))).to.have.length(MAX_PROBLEMS);
      expect(codes(documentOf(...Array(MAX_EVENTS + 1).fill(bad)))).to.deep.equal(['/epcisBody/eventList TOO_MANY']);
      expect(codes(documentOf({ ...OBJECT, epcList: Array(MAX_ITEMS + 1).fill(1) }))).to.deep.equal(['/epcisBody/eventList/0 TOO_MANY']);
    });

    it('judges a long list of units in time', () => {
      const epcList = Array.from({ length: MAX_ITEMS }, (_, index) => `urn:epc:id:sgtin:8801234.056789.${index}`);
      const started = performance.now();
      expect(codes(documentOf({ ...OBJECT, epcList }))).to.deep.equal([]);
      // Comparing each with each would take minutes.
      expect(performance.now() - started).to.be.below(2000);
    });
  });
});
