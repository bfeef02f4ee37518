import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { declarationHash } from '../../../protocol/epcis/declarationHash.ts';
import { eventHash } from '../../../protocol/epcis/eventHash.ts';
import { eventView } from '../../../protocol/epcis/eventView.ts';
import { subjectsOf } from '../../../protocol/epcis/subjectsOf.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';

const LOT = 'https://id.gs1.org/01/08801234567893/10/L1';
const ADDED: JsonObject = {
  type: 'ObjectEvent',
  eventTime: '2026-11-20T09:30:00+09:00',
  eventTimeZoneOffset: '+09:00',
  action: 'ADD',
  bizStep: 'commissioning',
  disposition: 'https://ref.gs1.org/cbv/Disp-active',
  epcList: ['urn:epc:id:sgtin:8801234.056789.1', 'https://example.com/01/08801234567893/21/2'],
  ilmd: { 'cbvmda:lotNumber': 'L1' },
};

describe('subjectsOf', () => {
  it('names units, serial numbers and lots once each', () => {
    expect(subjectsOf(ADDED)).to.deep.equal([
      'https://id.gs1.org/01/08801234567893/21/1',
      LOT,
      'https://id.gs1.org/01/08801234567893/21/2',
    ]);
  });

  it('takes the lot of a serial number from its link', () => {
    const event = { type: 'ObjectEvent', epcList: ['https://example.kr/01/08801234567893/10/L1/21/7'] };
    expect(subjectsOf(event)).to.deep.equal(['https://id.gs1.org/01/08801234567893/21/7', LOT]);
  });

  it('gives the lot of master data to outputs, not to inputs', () => {
    const event = {
      type: 'TransformationEvent',
      inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:6901234.056789.IN' }],
      outputQuantityList: [{ epcClass: 'urn:epc:idpat:sgtin:8801234.056789.*' }],
      ilmd: { 'example:lotNumber': 'no', 'cbvmda:lotNumber': 'L1' },
    };
    expect(subjectsOf(event)).to.deep.equal(['https://id.gs1.org/01/06901234567892/10/IN', 'https://id.gs1.org/01/08801234567893', LOT]);
  });

  it('names parents and children', () => {
    const event = {
      type: 'AggregationEvent',
      parentID: 'urn:epc:id:sscc:8801234.0000000001',
      childEPCs: ['urn:uuid:1'],
      childQuantityList: [{ epcClass: LOT, quantity: 3 }],
    };
    expect(subjectsOf(event)).to.deep.equal(['https://id.gs1.org/00/088012340000000017', 'urn:uuid:1', LOT]);
  });

  it('names the transformation that an event is a part of', () => {
    const event = { type: 'TransformationEvent', transformationID: 'urn:epc:id:gdti:8801234.00005.T1', outputEPCList: ['urn:uuid:1'] };
    expect(subjectsOf(event)).to.have.members(['https://id.gs1.org/253/8801234000055T1', 'urn:uuid:1']);
    expect(subjectsOf({ ...event, transformationID: 'urn:uuid:2' })).to.have.members(['urn:uuid:2', 'urn:uuid:1']);
  });

  it('ignores lots that cannot be', () => {
    for (const lot of ['L 1', 'x'.repeat(21), '', 7, null])
      expect(subjectsOf({ ...ADDED, ilmd: { 'cbvmda:lotNumber': lot } })).to.have.length(2);
  });
});

describe('declarationHash', () => {
  it('is SHA-256 of the canonical form', () => {
    const errorDeclaration = { reason: 'did_not_occur', declarationTime: '2026-11-21T00:00:00Z' };
    const canonical = '{"declarationTime":"2026-11-21T00:00:00Z","reason":"did_not_occur"}';
    expect(declarationHash({ errorDeclaration })).to.equal(`0x${createHash('sha256').update(canonical).digest('hex')}`);
    expect(declarationHash(ADDED)).to.equal(undefined);
  });
});

describe('eventView', () => {
  it('writes every value in its one spelling', () => {
    const event = {
      ...ADDED,
      readPoint: { id: 'urn:epc:id:sgln:8801234.00005.0' },
      bizLocation: { id: 'geo:37.5,127.0' },
      quantityList: [{ epcClass: 'urn:epc:class:lgtin:8801234.056789.L1', quantity: 1.5, uom: 'KGM' }],
      sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:8801234.00000' }],
      destinationList: [{ type: 'possessing_party', destination: 'https://example.cn/417/6901234000009' }],
      bizTransactionList: [{ type: 'urn:epcglobal:cbv:btt:desadv', bizTransaction: 'urn:epcglobal:cbv:bt:8801234000009:A1' }],
    };
    expect(eventView(event)).to.deep.equal({
      hash: eventHash(event),
      id: eventHash(event),
      type: 'ObjectEvent',
      action: 'ADD',
      eventTime: '2026-11-20T00:30:00.000Z',
      bizStep: 'commissioning',
      disposition: 'active',
      readPoint: 'https://id.gs1.org/414/8801234000055',
      bizLocation: 'geo:37.5,127.0',
      parties: [
        { role: 'source', type: 'owning_party', id: 'https://id.gs1.org/417/8801234000000' },
        { role: 'destination', type: 'possessing_party', id: 'https://id.gs1.org/417/6901234000009' },
      ],
      quantities: [{ list: 'quantityList', epcClass: LOT, quantity: 1.5, unit: 'KGM' }],
      documents: [{ type: 'desadv', id: 'urn:epcglobal:cbv:bt:8801234000009:A1' }],
      subjects: subjectsOf(event),
    });
  });

  it('tells an event from its declaration in error', () => {
    const errorDeclaration = { declarationTime: '2026-11-21T00:00:00Z', reason: 'incorrect_data', correctiveEventIDs: ['urn:uuid:2'] };
    const [event, declared] = [eventView({ ...ADDED, eventID: 'urn:uuid:1' }), eventView({ ...ADDED, errorDeclaration })];
    expect(event.id).to.equal('urn:uuid:1');
    expect(declared.hash).to.equal(event.hash);
    expect(event).to.not.have.property('declaration');
    expect(declared.declaration).to.deep.equal({
      hash: declarationHash({ errorDeclaration }),
      reason: 'incorrect_data',
      correctiveEventIds: ['urn:uuid:2'],
    });
  });
});
