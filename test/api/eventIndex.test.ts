import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Catalogue, openCatalogue } from '../../api/catalogue/catalogue.ts';
import type { EventPage, PageKey } from '../../api/catalogue/eventSearch.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { type EventFacts, eventFacts } from '../../protocol/epcis/query/eventFacts.ts';
import type { EventQuery } from '../../protocol/epcis/query/eventQuery.ts';
import { matches } from '../../protocol/epcis/query/matches.ts';
import { readQuery } from '../../protocol/epcis/query/readQuery.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';

const CORPORA = join(import.meta.dirname, '../../../shared/vectors/epcis');
const RUNS = 100;

/** An event as the oracle knows it. */
interface Known {
  seq: number;
  facts: EventFacts;
  recordTime: number;
}

describe('index of events', () => {
  let folder: string;
  let catalogue: Catalogue;
  let known: Known[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-index-'));
    catalogue = openCatalogue(join(folder, 'catalogue.sqlite'));
    known = [];
  });
  afterEach(() => {
    catalogue.close();
    rmSync(folder, { recursive: true });
  });

  const add = (events: readonly { facts: EventFacts; recordTime: number }[]) => {
    const more = events.map((event, index) => ({ ...event, seq: known.length + index + 1 }));
    known.push(...more);
    catalogue.indexEvents(more.map((event) => ({ ...event, leaf: `0x${event.seq.toString(16).padStart(64, '0')}` as const })));
  };
  const expected = (query: EventQuery) => {
    const time = ({ facts, recordTime }: Known) => (query.orderBy === 'recordTime' ? recordTime : facts.eventTime);
    const sign = query.direction === 'DESC' ? -1 : 1;
    return known
      .filter(({ facts, recordTime }) => matches(query, facts, recordTime))
      .sort((one, other) => sign * (time(one) - time(other) || one.seq - other.seq))
      .map(({ seq }) => seq);
  };
  const answer = (query: EventQuery, first: number, budget?: number) => {
    const found: number[] = [];
    for (let after: PageKey | undefined, pages = 0; pages < 10_000; pages++) {
      const page: EventPage = catalogue.searchEvents(query, {
        ...{ first, view: 'ALL' },
        ...(after !== undefined && { after }),
        ...(budget !== undefined && { budget }),
      });
      expect(page.events.length).to.be.at.most(first);
      found.push(...page.events.map(({ seq }) => seq));
      if (page.next === undefined) return found;
      after = page.next;
    }
    throw new Error('pages without end');
  };

  it('answers as the predicate does, for random events and queries', () => {
    add(fc.sample(fc.record({ facts: anEvent.map((event) => eventFacts(event)), recordTime: aTime }), { numRuns: 300, seed: 7 }));
    fc.assert(
      fc.property(aQuery, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 400 }), (document, first, budget) => {
        const query = readQuery(document);
        expect(answer(query, first)).to.deep.equal(expected(query));
        expect(answer(query, first, budget)).to.deep.equal(expected(query));
      }),
      { numRuns: RUNS },
    );
  });

  it('answers as the predicate does where a term has more than few events', () => {
    const steps = ['shipping', 'receiving', 'packing'];
    add(
      Array.from({ length: 4_000 }, (_, index) => ({
        recordTime: 1_000 * Math.floor(index / 3),
        facts: eventFacts(
          simple(
            { bizStep: steps[index % 3] as string, action: index % 2 === 0 ? 'ADD' : 'OBSERVE', epcList: [serial(index)] },
            index % 997,
          ),
        ),
      })),
    );
    const documents: JsonObject[] = [
      {},
      { EQ_bizStep: ['shipping'] },
      { EQ_bizStep: ['shipping', 'receiving'], EQ_action: ['ADD'] },
      { EQ_bizStep: ['shipping'], orderBy: 'recordTime', orderDirection: 'ASC' },
      { MATCH_epc: ['urn:epc:idpat:sgtin:9521001.*.*'], EQ_action: ['OBSERVE'] },
      { MATCH_epc: ['https://id.gs1.org/01/09521001001021'], EQ_bizStep: ['packing'] },
      { MATCH_epc: [serial(17)], EQ_bizStep: ['receiving', 'packing'] },
      { EQ_bizStep: ['shipping'], GE_eventTime: '1970-01-01T00:10:00Z', LT_eventTime: '1970-01-01T00:12:00Z' },
      { GE_recordTime: '1970-01-01T00:20:00Z', orderBy: 'recordTime' },
    ];
    for (const document of documents)
      expect(answer(readQuery(document), 100), JSON.stringify(document)).to.deep.equal(expected(readQuery(document)));
  });

  it('forgets the terms of what was not committed', () => {
    const leaf = `0x${'1e'.repeat(32)}` as const;
    const event = (seq: number, bizStep: string) => ({ seq, leaf, recordTime: 0, facts: eventFacts(simple({ bizStep }, seq)) });
    expect(() => catalogue.indexEvents([event(1, 'shipping'), event(1, 'packing')])).to.throw();
    catalogue.indexEvents([event(1, 'receiving'), event(2, 'shipping')]);
    const found = (step: string) =>
      catalogue.searchEvents(readQuery({ EQ_bizStep: [step] }), { first: 10, view: 'ALL' }).events.map(({ seq }) => seq);
    expect([found('packing'), found('receiving'), found('shipping')]).to.deep.equal([[], [1], [2]]);
  });

  it('looks at as few entries as its rarest condition has', () => {
    add(
      Array.from({ length: 3_000 }, (_, index) => ({
        recordTime: 0,
        facts: eventFacts(simple({ bizStep: 'shipping', epcList: [serial(index)] }, index)),
      })),
    );
    const query = readQuery({ EQ_bizStep: ['shipping'], MATCH_epc: [serial(2_999)] });
    const { events, next } = catalogue.searchEvents(query, { first: 10, budget: 5, view: 'ALL' });
    expect([events.length, next]).to.deep.equal([1, undefined]);
  });

  it('ends a page where its budget ends, and goes on from there', () => {
    add(
      Array.from({ length: 3_000 }, (_, index) => ({
        recordTime: 0,
        facts: eventFacts(simple({ bizStep: 'shipping', action: index === 0 ? 'DELETE' : 'ADD' }, index)),
      })),
    );
    const query = readQuery({ EQ_bizStep: ['shipping'], GE_eventTime: '1970-01-01T00:00:00Z', LT_recordTime: '1960-01-01T00:00:00Z' });
    const page = catalogue.searchEvents(query, { first: 10, budget: 100, view: 'ALL' });
    expect([page.events.length, page.next === undefined]).to.deep.equal([0, false]);
    expect(answer(query, 10, 100)).to.deep.equal([]);
  });

  it('is made anew where its making changed', () => {
    add([{ recordTime: 0, facts: eventFacts(simple({ bizStep: 'shipping' }, 1)) }]);
    catalogue.close();
    catalogue = openCatalogue(join(folder, 'catalogue.sqlite'));
    expect(answer(readQuery({}), 10)).to.deep.equal([1]);
  });

  describe('with the corpora', () => {
    it('answers as the predicate does', function () {
      if (!existsSync(CORPORA)) {
        process.stdout.write(`      skipped: no corpora at ${CORPORA}\n`);
        this.skip();
      }
      const events = filesUnder(CORPORA)
        .flatMap((file) => eventsOf(JSON.parse(readFileSync(file, 'utf8'))))
        .filter(({ event }) => typeof event.eventTime === 'string');
      add(events.map(({ event, context }, index) => ({ facts: eventFacts(event, context), recordTime: index * 1_000 })));
      expect(known.length).to.be.greaterThan(150);
      // Whatever some event says is asked for, by name and term, alone and two together.
      const terms = known.flatMap(({ facts }) => facts.terms);
      const asked = fc.sample(fc.tuple(fc.constantFrom(...terms), fc.constantFrom(...terms)), { numRuns: 400, seed: 3 });
      for (const [one, other] of asked) {
        for (const exact of [[one], [one, other]]) {
          const query: EventQuery = {
            conditions: [{ kind: 'terms', exact, ranges: [] }],
            eventTime: {},
            recordTime: {},
            direction: 'DESC',
          };
          expect(answer(query, 50)).to.deep.equal(expected(query));
        }
        const both: EventQuery = {
          conditions: [one, other].map((fact) => ({ kind: 'terms', exact: [fact], ranges: [] })),
          eventTime: {},
          recordTime: {},
          direction: 'ASC',
        };
        expect(answer(both, 50)).to.deep.equal(expected(both));
      }
    });
  });
});

function serial(number: number): string {
  return `https://id.gs1.org/01/09521001001021/21/S${number}`;
}

function simple(more: JsonObject, second: number): JsonObject {
  return {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    eventTime: new Date(second * 1_000).toISOString(),
    eventTimeZoneOffset: '+00:00',
    ...more,
  };
}

const STEPS = ['shipping', 'receiving', 'packing', 'https://example.com/steps/x'];
const IDS = [
  ...[1, 2, 3, 4].map(serial),
  ...[
    'urn:epc:id:sgtin:9521001.000102.S1',
    'urn:epc:id:sscc:9521001.0000000001',
    'urn:epc:id:giai:9521001.A',
    'https://x.example/01/9521001001021/10/L1',
  ],
];
const CLASSES = [
  'https://id.gs1.org/01/09521001001021',
  'urn:epc:idpat:sgtin:9521001.000102.*',
  'https://id.gs1.org/01/09521001001021/10/L1',
];
const PATTERNS = ['urn:epc:idpat:sgtin:9521001.*.*', 'urn:epc:idpat:sscc:9521001.*', 'urn:epc:idpat:sgtin:9521002.*.*'];
const PLACES = ['urn:epc:id:sgln:9521001.00001.0', 'https://id.gs1.org/414/9521001000018/254/dock', 'https://example.com/place'];
const aTime = fc.integer({ min: 0, max: 50 }).map((second) => second * 1_000);
const anInstant = aTime.map((time) => new Date(time).toISOString());
const some = <Value>(values: readonly Value[]) => fc.subarray([...values], { minLength: 1, maxLength: Math.min(values.length, 3) });
const anEvent: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      eventTime: anInstant,
      bizStep: fc.constantFrom(...STEPS),
      action: fc.constantFrom('ADD', 'OBSERVE', 'DELETE'),
      epcList: some(IDS),
      parentID: fc.constantFrom(...IDS),
      quantityList: fc.array(
        fc.record({ epcClass: fc.constantFrom(...CLASSES), quantity: fc.integer({ min: 0, max: 9 }), uom: fc.constantFrom('KGM', 'LTR') }),
        { maxLength: 2 },
      ),
      readPoint: fc.record({ id: fc.constantFrom(...PLACES) }),
      bizTransactionList: fc.array(
        fc.record({ type: fc.constantFrom('po', 'cbv:BTT-inv'), bizTransaction: fc.constantFrom('urn:x:1', 'urn:x:2') }),
        { maxLength: 2 },
      ),
      'cbvmda:x': fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom('a', '3', 'b'), anInstant),
    },
    { requiredKeys: ['eventTime'] },
  )
  .map((event) => ({ type: 'ObjectEvent', eventTimeZoneOffset: '+00:00', ...event }) as JsonObject);
const aQuery: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      EQ_bizStep: some([...STEPS, 'urn:epcglobal:cbv:bizstep:shipping', 'loading']),
      EQ_action: some(['ADD', 'OBSERVE', 'DELETE']),
      MATCH_epc: some([...IDS, ...CLASSES, ...PATTERNS]),
      MATCH_anyEPC: some([...IDS, ...PATTERNS]),
      MATCH_epcClass: some([...CLASSES, ...PATTERNS]),
      GE_quantity: fc.integer({ min: 0, max: 9 }),
      EQ_quantity_KGM: some([1, 2, 3, 4]),
      LT_quantity: fc.integer({ min: 0, max: 9 }),
      EQ_readPoint: some(PLACES),
      WD_readPoint: some(PLACES),
      EQ_bizTransaction_po: some(['urn:x:1', 'urn:x:2']),
      EQ_bizTransaction_inv: some(['urn:x:1', 'urn:x:2']),
      'EQ_cbvmda:x': some(['a', '3', 'c']),
      'GT_cbvmda:x': fc.oneof(fc.integer({ min: 0, max: 5 }), anInstant),
      'EXISTS_cbvmda:x': fc.constant(true),
      GE_eventTime: anInstant,
      LT_eventTime: anInstant,
      GE_recordTime: anInstant,
      orderBy: fc.constantFrom('eventTime', 'recordTime'),
      orderDirection: fc.constantFrom('ASC', 'DESC'),
    },
    { requiredKeys: [] },
  )
  // Of many conditions together hardly any event is found.
  .chain((document) =>
    fc
      .subarray(Object.entries(document), { maxLength: Math.min(Object.keys(document).length, 4) })
      .map((entries) => Object.fromEntries(entries) as JsonObject),
  );

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (file) => file.isFile() && /\.jsonl?d?$/.test(file.name) && !/REST Bindings|Schema|Context|Invalid|Ontology/.test(file.parentPath),
    )
    .map((file) => join(file.parentPath, file.name));
}
