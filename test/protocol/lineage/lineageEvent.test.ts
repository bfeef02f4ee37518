import { expect } from 'chai';
import { eventsOf } from '../../../protocol/epcis/eventsOf.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { isClass } from '../../../protocol/lineage/isClass.ts';
import { decimalOf, type LineageEvent, lineageEventOf } from '../../../protocol/lineage/lineageEvent.ts';

const AT = { eventTime: '2026-09-14T09:00:00+09:00', eventTimeZoneOffset: '+09:00' };
const GTIN = 'https://id.gs1.org/01/04012345123456';

function read(event: JsonObject): LineageEvent {
  const [first] = eventsOf({ ...AT, ...event });
  if (first === undefined) throw new Error('no event');
  return lineageEventOf(first.event, first.context, { key: 'k', issuer: 3, recordTime: 5 });
}

describe('lineageEvent', () => {
  describe('lineageEventOf', () => {
    it('reads goods in every role in one spelling', () => {
      const event = read({
        type: 'AggregationEvent',
        action: 'ADD',
        parentID: 'urn:epc:id:sscc:4012345.0111111111',
        childEPCs: ['urn:epc:id:sgtin:4012345.012345.S1'],
        childQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.L1', quantity: 2.5, uom: 'KGM' }],
      });
      expect(event.parent?.id).to.match(/^https:\/\/id\.gs1\.org\/00\/\d{18}$/);
      expect(event.children).to.deep.equal([{ id: `${GTIN}/21/S1` }, { id: `${GTIN}/10/L1`, class: true, quantity: '2.5', unit: 'KGM' }]);
      expect(event).to.include({ key: 'k', issuer: 3, recordTime: 5, eventTime: Date.UTC(2026, 8, 14), action: 'ADD' });
    });

    it('reads a pattern as a class', () => {
      const event = read({ type: 'ObjectEvent', action: 'OBSERVE', quantityList: [{ epcClass: 'urn:epc:idpat:sgtin:4012345.012345.*' }] });
      expect(event.objects).to.deep.equal([{ id: GTIN, class: true }]);
    });

    it('takes the lot from the link or the master data', () => {
      const link = read({ type: 'ObjectEvent', action: 'OBSERVE', epcList: [`https://a.example/01/04012345123456/10/L1/21/S1`] });
      expect(link.objects).to.deep.equal([{ id: `${GTIN}/21/S1`, lot: `${GTIN}/10/L1` }]);
      const born = read({ type: 'ObjectEvent', action: 'ADD', epcList: [`${GTIN}/21/S1`], ilmd: { 'cbvmda:lotNumber': 'L2' } });
      expect(born.objects[0]?.lot).to.equal(`${GTIN}/10/L2`);
    });

    it('hashes an event and its declaration alike', () => {
      const event = { type: 'ObjectEvent', action: 'OBSERVE', epcList: [`${GTIN}/21/S1`] };
      const declaration = { declarationTime: '2026-09-15T00:00:00Z', reason: 'did_not_occur', correctiveEventIDs: ['urn:uuid:1'] };
      const declared = read({ ...event, errorDeclaration: declaration });
      expect(declared.hash).to.equal(read(event).hash);
      expect(declared.declaration).to.deep.equal({
        time: Date.UTC(2026, 8, 15),
        reason: 'did_not_occur',
        correctiveEventIds: ['urn:uuid:1'],
      });
    });

    it('survives JSON', () => {
      const event = read({
        type: 'ObjectEvent',
        action: 'OBSERVE',
        epcList: ['urn:x'],
        readPoint: { id: 'urn:place' },
        bizStep: 'shipping',
      });
      expect(JSON.parse(JSON.stringify(event))).to.deep.equal(event);
    });
  });

  describe('decimalOf', () => {
    it('writes no exponents', () => {
      expect([1, 0.5, 1e21, 1.5e22, 1e-7, 2.5e-8].map(decimalOf)).to.deep.equal([
        '1',
        '0.5',
        '1000000000000000000000',
        '15000000000000000000000',
        '0.0000001',
        '0.000000025',
      ]);
    });
  });

  describe('isClass', () => {
    it('tells products and lots from things', () => {
      const classes = [GTIN, `${GTIN}/10/L`, 'https://id.gs1.org/8003/09521001001021'];
      const things = [
        `${GTIN}/21/S`,
        `${GTIN}/235/T`,
        'https://id.gs1.org/00/095210010000001014',
        'https://id.gs1.org/8003/095210010010211',
        'urn:x',
      ];
      expect([...classes, ...things].map(isClass)).to.deep.equal([...classes.map(() => true), ...things.map(() => false)]);
    });
  });
});
