import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from 'esbuild';
import fc from 'fast-check';
import { STANDARD_CONTEXT, withIgnoreFields, withPrefixes } from '../../../protocol/epcis/eventContext.ts';
import { eventHash } from '../../../protocol/epcis/eventHash.ts';
import { eventsOf, standaloneEvent } from '../../../protocol/epcis/eventsOf.ts';
import { preHash } from '../../../protocol/epcis/preHash.ts';
import type { JsonObject, JsonValue } from '../../../protocol/json/jsonValue.ts';
import { CORPORA } from '../../conformance/registry/runSuites.ts';

const EVENT: JsonObject = {
  type: 'TransactionEvent',
  eventTime: '2026-11-20T09:30:00.5+09:00',
  eventTimeZoneOffset: '+09:00',
  recordTime: '2026-11-20T09:31:00Z',
  eventID: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  certificationInfo: ['https://example.com/b', 'https://example.com/a'],
  parentID: 'urn:epc:id:sscc:8801234.0000000001',
  epcList: ['urn:epc:id:sgtin:8801234.056789.2', 'urn:epc:id:sgtin:8801234.056789.1'],
  quantityList: [{ epcClass: 'urn:epc:class:lgtin:8801234.056789.L1', quantity: 12.5, uom: 'KGM' }],
  action: 'ADD',
  bizStep: 'shipping',
  disposition: 'in_transit',
  readPoint: { id: 'urn:epc:id:sgln:8801234.00005.0', 'example:gate': 'A-1' },
  bizTransactionList: [
    { bizTransaction: 'urn:epcglobal:cbv:bt:8801234000009:PO1', type: 'po' },
    { bizTransaction: 'urn:epcglobal:cbv:bt:8801234000009:B1' },
  ],
  sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:8801234.00000' }],
  destinationList: [{ type: 'owning_party', destination: 'urn:epc:id:pgln:6901234.00000' }],
  sensorElementList: [
    {
      sensorMetadata: { time: '2026-11-20T00:30:00Z', 'example:probe': 7 },
      sensorReport: [
        { type: 'Temperature', value: -18.5, uom: 'CEL' },
        { type: 'gs1:Speed', minValue: 1, booleanValue: true, stringValue: 'x' },
      ],
    },
  ],
  'example:order': { 'example:line': [{ 'example:no': 2 }, { 'example:no': 1 }], 'example:note': 'as agreed' },
  'rdfs:comment': 'says nothing',
};
const CONTEXT = withPrefixes(STANDARD_CONTEXT, [{ example: 'https://ns.example.com/epcis/' }]);

const hash = (event: JsonValue) => eventHash(event as JsonObject, CONTEXT);
const changed = (members: JsonObject) => hash({ ...EVENT, ...members });

/** The same JSON with members and lists in another order. */
function shuffled(value: JsonValue, random: () => number): JsonValue {
  if (Array.isArray(value)) return shuffle(value, random).map((item) => shuffled(item, random));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(shuffle(Object.entries(value), random).map(([name, item]) => [name, shuffled(item, random)]));
}

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

/** Every scalar of a JSON value, as a copy of the whole in which it alone is another. */
function* mutants(value: JsonValue): Generator<JsonValue> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of mutants(item)) yield value.with(index, other);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) for (const other of mutants(item)) yield { ...value, [name]: other };
  } else if (typeof value === 'number') yield value + 1;
  else yield typeof value === 'boolean' ? !value : `${String(value)}1`;
}

describe('event hash', () => {
  describe('preHash', () => {
    it('writes all members in their order', () => {
      expect(preHash(EVENT, CONTEXT)).to.equal(
        [
          'eventType=TransactionEvent',
          'eventTime=2026-11-20T00:30:00.500Z',
          'eventTimeZoneOffset=+09:00',
          'certificationInfo=https://example.com/acertificationInfo=https://example.com/b',
          // The rules' own order: epcList before parentID. No published vector has both.
          'epcListepc=https://id.gs1.org/01/08801234567893/21/1epc=https://id.gs1.org/01/08801234567893/21/2',
          'parentID=https://id.gs1.org/00/088012340000000017',
          'quantityListquantityElementepcClass=https://id.gs1.org/01/08801234567893/10/L1quantity=12.5uom=KGM',
          'action=ADD',
          'bizStep=https://ref.gs1.org/cbv/BizStep-shipping',
          'disposition=https://ref.gs1.org/cbv/Disp-in_transit',
          'readPointid=https://id.gs1.org/414/8801234000055{https://ns.example.com/epcis/}gate=A-1',
          'sensorElementListsensorElementsensorMetadatatime=2026-11-20T00:30:00.000Z{https://ns.example.com/epcis/}probe=7',
          'sensorReporttype=https://gs1.org/voc/SpeedstringValue=xbooleanValue=trueminValue=1',
          'sensorReporttype=https://gs1.org/voc/Temperaturevalue=-18.5uom=CEL',
          'bizTransactionListbizTransaction=urn:epcglobal:cbv:bt:8801234000009:B1',
          'type=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:epcglobal:cbv:bt:8801234000009:PO1',
          'destinationListtype=https://ref.gs1.org/cbv/SDT-owning_partydestination=https://id.gs1.org/417/6901234000009',
          'sourceListtype=https://ref.gs1.org/cbv/SDT-owning_partysource=https://id.gs1.org/417/8801234000000',
          '{https://ns.example.com/epcis/}order{https://ns.example.com/epcis/}line{https://ns.example.com/epcis/}no=1',
          '{https://ns.example.com/epcis/}line{https://ns.example.com/epcis/}no=2{https://ns.example.com/epcis/}note=as agreed',
        ].join(''),
      );
    });

    it('agrees with the published texts', function () {
      const folder = join(CORPORA, 'epcis/cbv-event-hash/tests/examples');
      if (!existsSync(folder)) {
        console.log(`      skipped: no corpora at ${folder}`);
        return this.skip();
      }
      // These three were not written again when their documents changed; their hashes were, and the conformance suite compares those.
      const stale = new Set(['epcisDocWithAllGS1Keys 0', 'epcisDocWithCustomSchemaInContext 1', 'epcisDocWithDefaultSchemaInContext 1']);
      for (const name of readdirSync(folder).flatMap((file) => (file.endsWith('.jsonld') ? [file.slice(0, -7)] : []))) {
        if (!existsSync(join(folder, `${name}.prehashes`))) continue;
        const texts = readFileSync(join(folder, `${name}.prehashes`), 'utf8')
          .split('\n')
          .filter(Boolean);
        for (const [index, { event, context }] of eventsOf(JSON.parse(readFileSync(join(folder, `${name}.jsonld`), 'utf8'))).entries())
          if (!stale.has(`${name} ${index}`)) expect(preHash(event, context), name).to.equal(texts[index]);
      }
    });

    it('puts ilmd after all lists and before extensions', () => {
      const text = preHash({ ...EVENT, ilmd: { 'example:lot': 'L1' } }, CONTEXT);
      expect(text).to.include(
        'source=https://id.gs1.org/417/8801234000000ilmd{https://ns.example.com/epcis/}lot=L1{https://ns.example.com/epcis/}order',
      );
    });

    it('sorts by code points, not by UTF-16 units', () => {
      const text = preHash({ type: 'x:y', 'x:a': ['\u{1f600}', '\ufb01'] });
      expect(text).to.equal('eventType=x:yx:a=\ufb01x:a=\u{1f600}');
    });
  });

  describe('eventHash', () => {
    it('does not change with order or white space', () => {
      fc.assert(
        fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
          const other = shuffled(EVENT, () => stream.next().value);
          return hash(JSON.parse(JSON.stringify(other, null, 3))) === hash(EVENT);
        }),
      );
    });

    it('does not change with the spelling of identifiers', () => {
      const respelled = {
        parentID: 'https://example.com/00/088012340000000017?x=1',
        epcList: ['http://example.com/gtin/08801234567893/lot/L9/ser/1', 'https://id.gs1.org/01/8801234567893/21/2'],
        quantityList: [{ epcClass: 'https://example.com/01/08801234567893/22/A/10/L1', quantity: 12.5, uom: 'KGM' }],
      };
      expect(changed(respelled)).to.equal(hash(EVENT));
    });

    it('does not change with the spelling of vocabulary', () => {
      expect(changed({ bizStep: 'urn:epcglobal:cbv:bizstep:shipping' })).to.equal(hash(EVENT));
      expect(changed({ bizStep: 'cbv:BizStep-shipping', disposition: 'https://ref.gs1.org/cbv/Disp-in_transit' })).to.equal(hash(EVENT));
    });

    it('does not change with the spelling of an instant', () => {
      fc.assert(
        fc.property(fc.integer({ min: -14 * 60, max: 14 * 60 }), fc.integer({ min: 1, max: 12 }), (offset, decimals) => {
          const local = new Date(Date.UTC(2026, 10, 20, 0, 30 + offset)).toISOString().slice(0, 19);
          const zone = new Date(Date.UTC(2026, 0, 1, 0, Math.abs(offset))).toISOString().slice(11, 16);
          return changed({ eventTime: `${local}.5${'0'.repeat(decimals - 1)}${offset < 0 ? '-' : '+'}${zone}` }) === hash(EVENT);
        }),
      );
    });

    it('rounds half a millisecond up', () => {
      const text = (eventTime: string) => preHash({ type: 'ObjectEvent', eventTime }).replace('eventType=ObjectEventeventTime=', '');
      expect(text('2026-01-01T00:00:00.1424999Z')).to.equal('2026-01-01T00:00:00.142Z');
      expect(text('2026-01-01T00:00:00.1425Z')).to.equal('2026-01-01T00:00:00.143Z');
      expect(text('2026-12-31T23:59:59.9995Z')).to.equal('2027-01-01T00:00:00.000Z');
    });

    it('writes numbers plainly', () => {
      const text = (value: JsonValue) => preHash({ type: 'x:y', quantityList: [{ quantity: value }] }).split('quantity=')[1];
      expect([1, 1.5, -0, 1e21, 1e-7, 0.00001, '1.50', '+2.0', '1e3', '.5', '007'].map(text)).to.deep.equal([
        '1',
        '1.5',
        '0',
        '1000000000000000000000',
        '0.0000001',
        '0.00001',
        '1.5',
        '2',
        '1000',
        '0.5',
        '7',
      ]);
      expect(text('1e999')).to.equal('1e999');
    });

    it('tells long numbers of extensions apart', () => {
      const [one, other] = ['340123451111111111', '340123451111111112'].map((unit) => changed({ 'example:unit': unit }));
      expect(one).to.not.equal(other);
    });

    it('changes with every value that is hashed', () => {
      const { recordTime: _, eventID: __, 'rdfs:comment': ___, ...hashed } = EVENT;
      const hashes = [...mutants(hashed)].map(hash);
      expect(hashes).to.have.length.above(30);
      expect(new Set([...hashes, hash(EVENT)]).size).to.equal(hashes.length + 1);
    });

    it('changes when a member is added or taken away', () => {
      const { recordTime: _, eventID: __, 'rdfs:comment': ___, ...hashed } = EVENT;
      const without = Object.keys(hashed).map((name) =>
        hash(Object.fromEntries(Object.entries(hashed).filter(([other]) => other !== name))),
      );
      expect(new Set([...without, hash(EVENT), changed({ 'example:more': '' })]).size).to.equal(without.length + 2);
    });

    it('leaves out what is not of the event', () => {
      expect(
        changed({ recordTime: 'x', eventID: 'y', 'rdfs:comment': 'z', comment: 'c', errorDeclaration: { reason: 'did_not_occur' } }),
      ).to.equal(hash(EVENT));
    });

    it('leaves out what the document says to ignore', () => {
      const context = withIgnoreFields(CONTEXT, { 'repository-x:ignoreFields': ['example:order'] });
      const { 'example:order': _, ...rest } = EVENT;
      expect(eventHash(EVENT, context)).to.equal(hash(rest));
    });

    it('hashes what extensions hold under any name', () => {
      for (const name of ['eventID', 'recordTime', 'errorDeclaration', 'type', 'action', '#text'])
        expect(changed({ 'example:x': { [name]: 'a' } }), name).to.not.equal(changed({ 'example:x': { [name]: 'b' } }));
      expect(changed({ 'example:x': { comment: 'a' } })).to.equal(changed({ 'example:x': { comment: 'b' } }));
    });

    it('cannot tell a value from members that it imitates', () => {
      // A limit of CBV 2.0 itself, which joins without separators or escapes: docs/spec/events.md section 4.
      const { disposition: _, ...rest } = EVENT;
      const imitation = 'https://ref.gs1.org/cbv/BizStep-shippingdisposition=https://ref.gs1.org/cbv/Disp-in_transit';
      expect(hash({ ...rest, bizStep: imitation })).to.equal(hash(EVENT));
    });

    it('does not depend on the name of a prefix', () => {
      const renamed = JSON.parse(JSON.stringify(EVENT).replaceAll('example:', 'other:'));
      expect(eventHash(renamed, withPrefixes(STANDARD_CONTEXT, { other: 'https://ns.example.com/epcis/' }))).to.equal(hash(EVENT));
    });

    it('takes no meaning from contexts named by URL', () => {
      expect(eventHash({ ...EVENT, '@context': 'https://attacker.example/context.jsonld' }, CONTEXT)).to.equal(hash(EVENT));
    });

    it('stays small in a browser, without the schema', async () => {
      const { metafile, outputFiles } = await build({
        entryPoints: [join(import.meta.dirname, '..', '..', '..', 'protocol', 'epcis', 'eventHash.ts')],
        bundle: true,
        platform: 'browser',
        format: 'esm',
        minify: true,
        metafile: true,
        write: false,
      });
      expect(Object.keys(metafile.inputs).filter((path) => path.includes('generated'))).to.deep.equal([]);
      expect(outputFiles[0]?.contents.length).to.be.below(24_000);
    });
  });

  describe('standaloneEvent', () => {
    it('hashes as the event in its document', () => {
      const document = {
        '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { example: 'https://ns.example.com/epcis/' }],
        type: 'EPCISDocument',
        'example:ignoreFields': ['example:captured'],
        epcisBody: { eventList: [{ ...EVENT, '@context': { own: 'https://own.example/' }, 'own:a': 1, 'example:captured': 'now' }] },
      };
      const [found] = eventsOf(document);
      if (found === undefined) throw new Error('no event');
      const alone = standaloneEvent(found);
      expect(alone).to.not.have.property('example:captured');
      expect(eventHash(alone))
        .to.equal(eventHash(found.event, found.context))
        .and.to.equal(changed({ '{https://own.example/}a': 1 }));
    });
  });

  describe('eventsOf', () => {
    it('finds events with pointers in every kind of document', () => {
      const pointers = (document: JsonValue) => eventsOf(document).map(({ pointer }) => pointer);
      expect(pointers({ epcisBody: { eventList: [{}, {}] } })).to.deep.equal(['/epcisBody/eventList/0', '/epcisBody/eventList/1']);
      expect(pointers({ epcisBody: { event: {} } })).to.deep.equal(['/epcisBody/event']);
      expect(pointers({ epcisBody: { queryResults: { resultsBody: { eventList: [{}] } } } })).to.deep.equal([
        '/epcisBody/queryResults/resultsBody/eventList/0',
      ]);
      expect(pointers({ type: 'ObjectEvent' })).to.deep.equal(['']);
      expect([pointers([]), pointers({ epcisBody: null }), pointers({ epcisBody: { eventList: [1, null] } })]).to.deep.equal([[], [], []]);
    });
  });
});
