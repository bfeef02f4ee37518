import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { locate } from '../../api/bundles/locate.ts';
import { waitIndexed } from '../../api/epcis/waitIndexed.ts';
import { acquireBody } from '../../api/peer/acquire.ts';
import { acquireRelease } from '../../api/peer/acquireRelease.ts';
import type { RecordRow } from '../../indexer/store/rows.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { CERTIFICATE_FORM, DECISION, INQUIRY_STATE, REGIME } from '../../protocol/law/codes.ts';
import { profileDigest } from '../../protocol/law/limitProfile.ts';
import { KIND, SHORE } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { DOCUMENT_FIELDS } from '../../protocol/verdict/readBundle.ts';
import { TRACE_PAGE } from '../../web/render/trace/traceAddress.ts';
import { demoClaims } from '../fixtures/demoClaims.ts';
import { at } from './support/lawIndex.ts';
import type { TestNode } from './support/testNode.ts';
import { asReader, MEMBER, READERS, type ReaderName, sealedBy, startTwoShores, type TwoShores } from './support/twoShores.ts';
import { allFields, EMPTY, first, type Hidden, type Probe, probes, rows, SUBSCRIBED } from './support/visibilityTable.ts';

const TYPE_DEFS = readFileSync(new URL('../../api/graphql/schema.graphql', import.meta.url), 'utf8');
const LAW = new URL('../../law/', import.meta.url);
const GTIN = '09521001001021';
const LOT = 'SEALEDLOT26';
const LOT_ID = `https://id.gs1.org/01/${GTIN}/10/${LOT}`;
const DAY = 1_790_000_000;
const UNKNOWN: Hex = `0x${'ee'.repeat(32)}`;
const CONSUMED: Hex = `0x${'c0'.repeat(32)}`;

/** Words that stand in the bodies and nowhere else. */
const MARKS = ['MARKCERT', 'MARKREPORT', 'MARKEXPORTER', 'MARKGOODS', 'MARKMATRIX', 'MARKSAMPLE', 'MARKPLACE', 'MARKNOTE', 'MARKEVENT'];

/** How far the release has come. */
const STAGES = ['before', 'released', 'withdrawn', 'released to all'] as const;
type Stage = (typeof STAGES)[number];
type NodeName = 'home' | 'abroad';

/** Who sees the bodies, at which node: the node abroad has them only once something was released to its shore. */
function sees(reader: ReaderName, node: NodeName, stage: Stage): boolean {
  if (stage === 'released to all') return true;
  if (node === 'abroad' && stage === 'before') return false;
  if (['issuer', 'homeRegulator', 'homeCustoms'].includes(reader)) return true;
  return stage === 'released' && reader === 'foreignRegulator';
}

describe('visibility', () => {
  let world: TwoShores;
  let hidden: Hidden;
  let questions: Probe[];
  let secrets: string[];
  const leaves = new Map<'certificate' | 'report' | 'event', Hex>();
  const releases: { leaf: Hex; record: RecordRow }[] = [];

  before(async () => {
    world = await startTwoShores();
    hidden = await hide(world);
    for (const kind of ['certificate', 'report', 'event'] as const) leaves.set(kind, hidden[kind].leaf as Hex);
    questions = probes(TYPE_DEFS, hidden);
    const answer = await world.home.post(
      '/epcis/v2/queries',
      { name: 'shipments', query: { EQ_bizStep: ['shipping'] } },
      asReader('issuer'),
    );
    expect(answer.status).to.equal(201);
    const digests = Object.values(leaves).map((leaf) => world.home.node.catalogue.document(leaf));
    secrets = [...MARKS, ...digests.flatMap((document) => [document?.sha256 ?? '', document?.sm3 ?? ''])];
  });
  after(() => world.close());

  const nodeOf = (name: NodeName): TestNode => world[name];
  const ask = async (name: NodeName, reader: ReaderName, query: string) => {
    const text = await (await nodeOf(name).post('/graphql', { query }, asReader(reader))).text();
    return { text, ...(JSON.parse(text) as { data?: unknown; errors?: { extensions?: { code?: string } }[] }) };
  };
  const expectClean = (text: string, where: string) => {
    for (const secret of secrets) expect(text.includes(secret), `${secret} in ${where}: ${text.slice(0, 300)}`).to.equal(false);
  };

  /** Asks for each reader at each node. */
  const forEach = async (stage: Stage, ask: (asked: { node: NodeName; reader: ReaderName; may: boolean }) => Promise<void>) => {
    for (const node of ['home', 'abroad'] as const)
      for (const reader of READERS) await ask({ node, reader, may: sees(reader, node, stage) });
  };

  const toAnyone = new Map<string, Promise<unknown>>();
  /** What is told to whoever has no token. */
  const dataForAnyone = (node: NodeName, stage: Stage, query: string) => {
    const key = `${stage} ${node} ${query}`;
    const data = toAnyone.get(key) ?? ask(node, 'anonymous', query).then((answer) => answer.data);
    toAnyone.set(key, data);
    return data;
  };
  const answersRight = async (
    { rule, query, fields }: Probe,
    { node, reader, stage }: { node: NodeName; reader: ReaderName; stage: Stage },
  ) => {
    const may = sees(reader, node, stage);
    const { data, errors, text } = await ask(node, reader, query);
    if (!may) expectClean(text, query);
    if (rule === 'SAME' || rule === 'ALWAYS') expect(errors, `${query}: ${text.slice(0, 300)}`).to.equal(undefined);
    for (const { name, valueIn, isGiven } of fields) {
      const value = valueIn(data);
      const where = `${name} for ${reader} at ${node}, ${stage}: ${text.slice(0, 300)}`;
      if (rule === 'BODY' && !EMPTY.has(name)) expect(isGiven(value), where).to.equal(may);
      if (rule === 'SEALED') expect(isGiven(value), where).to.equal(!may);
      if (rule === 'SAME') expect(value, where).to.deep.equal(valueIn(await dataForAnyone(node, stage, query)));
    }
  };

  it('has a rule for every field of the schema, and no other', () => {
    const named = Object.entries({
      ...Object.fromEntries(Object.entries(rows(hidden)).map(([type, row]) => [type, row.fields])),
      ...SUBSCRIBED,
    });
    const ruled = named.flatMap(([type, rules]) =>
      Object.values(rules).flatMap((names) => names.split(' ').map((name) => `${type}.${name}`)),
    );
    expect([...ruled].sort()).to.deep.equal(allFields(TYPE_DEFS).sort());
  });

  for (const stage of STAGES) {
    describe(stage, () => {
      before(() => reach(world, stage, [...leaves.values(), ...(hidden.lineage.leaves as Hex[])], releases));

      for (const node of ['home', 'abroad'] as const) {
        for (const reader of READERS) {
          const may = sees(reader, node, stage);
          const title = `${may ? 'shows' : 'hides'} every field ${may ? 'to' : 'from'} ${reader} at ${node}`;
          it(title, async () => {
            await Promise.all(questions.map((question) => answersRight(question, { node, reader, stage })));
          });
        }
      }

      it('holds for the ways that name a document by its fingerprint', async () => {
        for (const node of ['home', 'abroad'] as const) {
          for (const reader of READERS) {
            const may = sees(reader, node, stage);
            for (const query of [
              `{ certificate(fingerprint: "${leaves.get('certificate')}") { certificate { number } } }`,
              `{ labReport(fingerprint: "${leaves.get('report')}") { labReport { number } } }`,
              `{ credential(fingerprint: "${leaves.get('report')}") { number } }`,
            ]) {
              const { errors, text } = await ask(node, reader, query);
              expect(errors?.[0]?.extensions?.code, `${reader} at ${node}: ${text}`).to.equal(may ? undefined : 'NOT_RELEASED');
              if (!may) expectClean(text, query);
            }
          }
        }
      });

      it('holds for bundles, each of whose members is given or sealed', async () => {
        for (const node of ['home', 'abroad'] as const) {
          for (const reader of READERS) {
            for (const [kind, leaf] of leaves) {
              const text = await (await fetch(`${nodeOf(node).url}/bundles/${leaf}`, { headers: asReader(reader) })).text();
              expectDocument(
                JSON.parse(text),
                kind === 'event' ? 'event' : 'credential',
                sees(reader, node, stage),
                `${kind} for ${reader} at ${node}: ${text}`,
              );
              if (!sees(reader, node, stage)) expectClean(text, `bundle of ${kind}`);
            }
          }
        }
      });

      it('holds for the bundle and the page of a lot, which count all entries', async () => {
        for (const node of ['home', 'abroad'] as const) {
          for (const reader of READERS) {
            const may = sees(reader, node, stage);
            const path = `/page/01/${GTIN}/10/${LOT}`;
            for (const url of [`/subjects?id=${encodeURIComponent(LOT_ID)}`, path]) {
              const text = await (
                await fetch(nodeOf(node).url + url, { headers: { accept: 'application/json', ...asReader(reader) } })
              ).text();
              const { documents } = JSON.parse(text) as { documents: { type: string }[] };
              expect(
                documents.map(({ type }) => type === 'withheld'),
                `${reader} at ${node} ${url}`,
              ).to.deep.equal([!may, !may, !may]);
              if (!may) expectClean(text, url);
            }
            const page = await (
              await fetch(`${nodeOf(node).url}${path}?lang=en`, { headers: { accept: 'text/html', ...asReader(reader) } })
            ).text();
            // It counts what is sealed, and says why.
            expect(page.includes('stays in its country'), `page for ${reader} at ${node}`).to.equal(!may);
            if (!may) expectClean(page, `page for ${reader} at ${node}`);
          }
        }
      });

      it('holds for bodies', async () => {
        for (const node of ['home', 'abroad'] as const) {
          for (const reader of READERS) {
            for (const [kind, leaf] of leaves) {
              const answer = await fetch(`${nodeOf(node).url}/bodies/${leaf}`, { headers: asReader(reader) });
              const body = (await answer.json()) as Record<string, unknown>;
              const where = `${kind} for ${reader} at ${node}: ${JSON.stringify(body).slice(0, 200)}`;
              if (sees(reader, node, stage)) {
                const content = kind === 'event' ? ['event', 'salt'] : ['sdJwt'];
                expect(Object.keys(body), where).to.have.members(['type', ...content, 'subjects', 'visibility', 'releases']);
                expect(body, where).to.deep.include({ visibility: 'DOMESTIC', releases: [] });
              } else {
                // Where the node has no body there is nothing to release either.
                expect(['NOT_RELEASED', 'UNKNOWN_DOCUMENT'], where).to.include(body.code);
                expectClean(JSON.stringify(body), where);
              }
            }
          }
        }
      });

      it('holds for EPCIS answers, by eventID and by hash', async () => {
        for (const node of ['home', 'abroad'] as const) {
          for (const reader of READERS) {
            for (const id of [hidden.event.id, hidden.event.hash]) {
              const answer = await fetch(`${nodeOf(node).url}/epcis/v2/events/${encodeURIComponent(id)}`, { headers: asReader(reader) });
              const text = await answer.text();
              expect(answer.status, `${reader} at ${node}`).to.equal(sees(reader, node, stage) ? 200 : 404);
              if (sees(reader, node, stage)) expect(text).to.include('MARKEVENT');
              else expectClean(text, `event for ${reader} at ${node}`);
            }
          }
        }
      });

      it('holds for EPCIS queries, by goods, step and name, which count what they withhold of goods', async () => {
        await forEach(stage, async ({ node, reader, may }) => {
          const addresses = [`events?MATCH_anyEPCClass=${encodeURIComponent(LOT_ID)}`, 'events?EQ_bizStep=shipping&perPage=100'];
          if (node === 'home') addresses.push('queries/shipments/events?perPage=100');
          for (const address of addresses) {
            const answer = await fetch(`${nodeOf(node).url}/epcis/v2/${address}`, { headers: asReader(reader) });
            const text = await answer.text();
            const where = `${address} for ${reader} at ${node}: ${text.slice(0, 300)}`;
            expect([answer.status, text.includes('MARKEVENT'), answer.headers.get('vary')], where).to.deep.equal([
              200,
              may,
              'Authorization',
            ]);
            expect(answer.headers.get('tidemark-withheld'), where).to.equal(address.includes('MATCH') ? (may ? '0' : '1') : null);
            if (!may) expectClean(text, where);
          }
        });
      });

      it('holds for the values that events have, and for how many there are', async () => {
        const place = 'https://id.gs1.org/414/9521001000017/254/MARKPLACE';
        await forEach(stage, async ({ node, reader, may }) => {
          const get = (path: string) => fetch(`${nodeOf(node).url}/epcis/v2/${path}`, { headers: asReader(reader) });
          const list = await (await get('readPoints?perPage=100')).text();
          expect(list.includes('MARKPLACE'), `${reader} at ${node}: ${list}`).to.equal(may);
          expect((await get(`readPoints/${encodeURIComponent(place)}`)).status, `${reader} at ${node}`).to.equal(may ? 200 : 404);
          // One that fails as a whole where there is more than it wants.
          const most = await get(`events?EQ_readPoint=${encodeURIComponent(place)}&maxEventCount=0`);
          expect(most.status, `${reader} at ${node}`).to.equal(may ? 413 : 200);
        });
      });

      it('holds for traces in every form, which say what is sealed', async () => {
        const { case: id, lot } = hidden.lineage;
        await forEach(stage, async ({ node, reader, may }) => {
          for (const [path, accept] of [
            [`source?id=${encodeURIComponent(id)}`, 'application/json'],
            [`destination?id=${encodeURIComponent(id)}`, 'application/json'],
            [`destination?id=${encodeURIComponent(id)}`, 'text/csv'],
            [`destination?id=${encodeURIComponent(id)}`, 'text/plain'],
            [`destination?id=${encodeURIComponent(id)}`, 'application/x-ndjson'],
            [`parties?id=${encodeURIComponent(id)}`, 'application/json'],
            [`scope?id=${encodeURIComponent(id)}&id=${encodeURIComponent(lot)}`, 'application/json'],
          ] as const) {
            const answer = await fetch(`${nodeOf(node).url}/trace/${path}`, { headers: { accept, ...asReader(reader) } });
            const text = await answer.text();
            const where = `${path} as ${accept} for ${reader} at ${node}: ${text.slice(0, 300)}`;
            expect(answer.status, where).to.equal(200);
            expect(answer.headers.get('vary'), where).to.include('Authorization');
            expect(Number(answer.headers.get('tidemark-withheld')) > 0, where).to.equal(!may);
            if (accept === 'text/plain') expect(text.includes(id), where).to.equal(may);
            if (accept === 'application/json') expect(text.includes('NOT_RELEASED'), where).to.equal(!may);
            if (!may) expectClean(text, where);
          }
          const page = await fetch(`${nodeOf(node).url}${TRACE_PAGE}?id=${encodeURIComponent(id)}&lang=en`, { headers: asReader(reader) });
          const html = await page.text();
          expect([page.status, html.includes('095210010000004015')], `page for ${reader} at ${node}`).to.deep.equal([200, may]);
          if (!may) expectClean(html, `page of a trace for ${reader} at ${node}`);
          const named = await fetch(`${nodeOf(node).url}/trace/source?id=${hidden.certificate.number}`, { headers: asReader(reader) });
          expect(named.status, `by number for ${reader} at ${node}`).to.equal(may ? 200 : 404);
        });
      });

      it('holds for links and for the lots of a product', async () => {
        await forEach(stage, async ({ node, reader, may }) => {
          const get = async (path: string, accept: string) =>
            (await fetch(nodeOf(node).url + path, { headers: { accept, ...asReader(reader) } })).text();
          const links = await get(`/01/${GTIN}/10/${LOT}?linkType=linkset`, 'application/linkset+json');
          expect(links.includes('/bundles/'), `${reader} at ${node}: ${links}`).to.equal(may);
          // It has a page, which counts what is sealed.
          expect(links, `${reader} at ${node}`).to.include(`/page/01/${GTIN}/10/${LOT}`);
          const lots = await get(`/page/01/${GTIN}?lang=en`, 'text/html');
          expect(lots.includes(LOT), `lots for ${reader} at ${node}`).to.equal(may);
          for (const text of [links, lots]) if (!may) expectClean(text, `${reader} at ${node}`);
        });
      });

      it('holds for news of a document', async () => {
        for (const reader of READERS) {
          const may = sees(reader, 'home', stage);
          const told = await news(world, reader, '{ statusChanged { id status reason changedAt document { leaf } } }', {
            about: 'STATUS',
            id: recordId(MEMBER.issuer, leaves.get('certificate') as Hex),
          });
          expect(first(told, 'statusChanged', 'id'), reader).to.equal(recordId(MEMBER.issuer, leaves.get('certificate') as Hex));
          expect(first(told, 'statusChanged', 'document') !== undefined, reader).to.equal(may);
          const used = await news(world, reader, '{ certificateConsumed { id use { usedAt } certificate { number } } }', {
            about: 'CONSUMPTION',
            id: recordId(MEMBER.issuer, leaves.get('certificate') as Hex),
          });
          expect(first(used, 'certificateConsumed', 'use', 'usedAt'), reader).to.be.a('string');
          expect(first(used, 'certificateConsumed', 'certificate') !== undefined, reader).to.equal(may);
          if (!may) expectClean(JSON.stringify([told, used]), `news for ${reader}`);
        }
      });
    });
  }

  describe('logs', () => {
    it('hold nothing of a body', () => {
      expect(world.logs.length).to.be.greaterThan(1_000);
      expectClean(world.logs.join('\n'), 'log');
      expect(world.logs.join('\n')).to.not.include(LOT);
    });
  });
});

/** A document of a bundle is told whole or sealed: of the members of its format none other than these. */
function expectDocument(bundle: unknown, type: 'credential' | 'event', isSeen: boolean, where: string): void {
  const [document] = (bundle as { documents: Record<string, unknown>[] }).documents;
  const expected = isSeen ? type : 'withheld';
  expect(document?.type, where.slice(0, 300)).to.equal(expected);
  // `law` is told of what is registered on a contract beside the ledger, of which there is none here.
  const members = Object.keys(DOCUMENT_FIELDS[expected]).filter((name) => name !== 'law');
  expect(Object.keys(document ?? {}), where.slice(0, 300)).to.have.members(members);
}

/** Stores one document of each sort at home, to stay there, and has them on the ledger. */
async function hide(world: TwoShores): Promise<Hidden> {
  const certificate = sealedBy(marked(demoClaims('laver/certificate-of-origin')));
  const report = sealedBy(marked(demoClaims('laver/lab-report-export')));
  const subjects = [{ id: LOT_ID }];
  const stored = await world.store([certificate, report].map(({ sdJwt }) => ({ sdJwt, subjects, visibility: 'DOMESTIC' })));
  if (stored.status !== 201) throw new Error(await stored.text());
  const { id, current } = world.anchor(certificate.leaf, KIND.CERTIFICATE_OF_ORIGIN);
  world.index.law.statusChanges.push({ ...at(10), id, record: { ...current, changes: 1, changedAt: DAY } });
  world.anchor(report.leaf, KIND.LABORATORY_REPORT);
  const [leaf] = await world.capture([EVENT], { 'tidemark-visibility': 'domestic' });
  const event = world.home.node.catalogue.document(leaf as Hex);
  const lineage = await world.capture(LINEAGE, { 'tidemark-visibility': 'domestic' });
  const declaration = await world.capture([DECLARATION], { 'tidemark-visibility': 'domestic' });
  await recorded(world.home, [leaf as Hex, ...lineage, ...declaration]);
  addLaw(world, certificate.leaf, report.leaf);
  return {
    certificate: {
      ...{ number: 'MARKCERT-KR-26-000417', lookalike: 'MARKCERT-KR-26-OOO417', leaf: certificate.leaf },
      id: String(world.home.node.catalogue.document(certificate.leaf)?.credentialId),
    },
    report: { number: 'MARKREPORT-26-0914', lookalike: 'MARKREPORT-26-O914', leaf: report.leaf },
    event: { id: String(EVENT.eventID), hash: String(event?.eventHash), leaf: leaf as Hex },
    ...{ gtin: GTIN, lot: LOT, subject: LOT_ID },
    lineage: { case: CASE, lot: OTHER_LOT, leaves: [...lineage, ...declaration] },
  };
}

const EVENT: JsonObject = {
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTimeZoneOffset: '+09:00' },
  eventTime: '2026-10-01T00:00:00Z',
  eventID: 'urn:uuid:MARKEVENT-0001',
  epcList: [],
  quantityList: [{ epcClass: LOT_ID, quantity: 200 }],
  readPoint: { id: 'https://id.gs1.org/414/9521001000017/254/MARKPLACE' },
};

const CASE = 'https://id.gs1.org/01/09521001001038/21/C1';
const PALLET = 'https://id.gs1.org/00/095210010000004015';
const OTHER_LOT = 'https://id.gs1.org/01/09521001001038/10/L2';
const PLACE = { id: 'https://id.gs1.org/414/9521001000017/254/MARKPLACE' };
const TRANSFER: JsonObject = {
  sourceList: [{ type: 'owning_party', source: 'https://id.gs1.org/417/9521001000000' }],
  destinationList: [{ type: 'owning_party', destination: 'https://id.gs1.org/417/9521003000008' }],
  bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:9521001000017:MARKNOTE-1' }],
};
const anEvent = (minute: number, type: string, more: JsonObject): JsonObject => ({
  ...{ type, action: 'OBSERVE', eventTime: `2026-10-02T00:0${minute}:00Z`, eventTimeZoneOffset: '+08:00' },
  ...{ readPoint: PLACE, bizLocation: PLACE, ...more },
});

/** A case on a pallet that was sent, is destroyed and turns up again; and a lot of which some was sent. */
const LINEAGE: readonly JsonObject[] = [
  anEvent(1, 'AggregationEvent', { action: 'ADD', bizStep: 'packing', parentID: PALLET, childEPCs: [CASE] }),
  anEvent(2, 'ObjectEvent', { bizStep: 'shipping', epcList: [PALLET], ...TRANSFER }),
  anEvent(3, 'ObjectEvent', { action: 'DELETE', bizStep: 'destroying', epcList: [CASE] }),
  anEvent(4, 'ObjectEvent', {
    bizStep: 'inspecting',
    disposition: 'damaged',
    persistentDisposition: { set: ['recalled'] },
    epcList: [CASE],
  }),
  anEvent(5, 'ObjectEvent', { bizStep: 'storing', epcList: [CASE] }),
  anEvent(6, 'ObjectEvent', {
    ...{ action: 'ADD', bizStep: 'commissioning', quantityList: [{ epcClass: OTHER_LOT, quantity: 200, uom: 'KGM' }] },
  }),
  anEvent(7, 'ObjectEvent', { bizStep: 'shipping', quantityList: [{ epcClass: OTHER_LOT, quantity: 50, uom: 'KGM' }], ...TRANSFER }),
];
const DECLARATION: JsonObject = {
  ...(LINEAGE[4] as JsonObject),
  errorDeclaration: { declarationTime: '2026-10-03T00:00:00Z', reason: 'incorrect_data' },
};

function marked(claims: JsonObject): JsonObject {
  const text = JSON.stringify(claims)
    .replaceAll('HB260914A', LOT)
    .replaceAll('DEMO-KR-26-000417', 'MARKCERT-KR-26-000417')
    .replaceAll('NAI-26-0914', 'MARKREPORT-26-0914')
    .replaceAll('NAI-S-2609-114', 'MARKSAMPLE-114')
    .replaceAll('Hanbada Seaweed Foods', 'MARKEXPORTER Foods')
    .replaceAll('Roasted seasoned laver', 'MARKGOODS laver');
  return JSON.parse(text) as JsonObject;
}

/** Registers both credentials, so that what the law tells of them is there to be shown. */
function addLaw({ index }: TwoShores, certificate: Hex, report: Hex): void {
  const { law } = index;
  const id = recordId(MEMBER.issuer, certificate);
  law.certificates.push({
    ...{ ...at(11), id, number: UNKNOWN, predecessor: null, correctedBy: null },
    word: {
      ...{ lines: 0n, regime: REGIME.CK_FTA, destination: SHORE.KR, form: CERTIFICATE_FORM.ORIGINAL, count: 1 },
      ...{ issuedOn: DAY, validDays: 365, corrected: 0 },
    },
  });
  law.consumptions.push({
    ...{ ...at(12), certificate: id, declaration: CONSUMED },
    use: { use: 1n, regime: REGIME.CK_FTA, usedAt: DAY, office: MEMBER.foreignRegulator, registered: 1 },
  });
  law.inquiries.push({
    ...{ ...at(13), certificate: id, number: 1, evidence: UNKNOWN },
    state: {
      ...{ office: MEMBER.foreignRegulator, state: INQUIRY_STATE.REQUESTED, outcome: 0, requestedAt: DAY, dueAt: DAY + 1 },
      ...{ repliedAt: 0, concludedAt: 0 },
    } as never,
  });
  const text = (name: string) => readFileSync(new URL(name, LAW), 'utf8');
  law.panels.push({ ...at(14), panel: 2, digest: profileDigest(text('panels/laver.json')) });
  law.profiles.push({
    ...{ ...at(15), shore: SHORE.CN, profile: 2, version: 1, effectiveFrom: 5, digest: profileDigest(text('profiles/cn-laver.json')) },
  });
  law.reports.push({
    ...{ ...at(16), id: recordId(MEMBER.issuer, report), laboratory: MEMBER.issuer, lot: null, tests: 1n },
    course: { panel: 2, sampledFrom: DAY, sampledUntil: DAY, analysedFrom: DAY, analysedUntil: DAY, sampledPeriod: 1, analysedPeriod: 1 },
  });
  law.arrangements.push({
    ...{ ...at(17), arrangement: 1, tests: 1n, text: UNKNOWN },
    terms: { status: 1, level: 2, destination: SHORE.KR, panel: 2, from: 5, until: 0, maxAgeDays: 365, designated: 1, version: 1 },
  });
  law.decisions.push({
    ...{ ...at(18), report: recordId(MEMBER.issuer, report), judgement: UNKNOWN },
    word: {
      ...{ facts: 0n, decidedAt: DAY, by: MEMBER.foreignRegulator, shore: SHORE.KR, decision: DECISION.ACCEPTED, arrangement: 1 },
    },
  });
}

/** Brings the release to a stage, and the node abroad to what it may have then. */
async function reach(world: TwoShores, stage: Stage, leaves: readonly Hex[], releases: { leaf: Hex; record: RecordRow }[]): Promise<void> {
  if (stage === 'withdrawn') return void releases.forEach(({ record }) => void world.withdraw(record));
  if (stage === 'before') {
    for (const leaf of leaves) {
      const record = (await locate(world.home.node, leaf))?.record;
      if (record !== undefined) expect(await acquireBody(world.abroad.node, leaf, record)).to.equal('NOT_RELEASED');
    }
    return;
  }
  const to = stage === 'released' ? MEMBER.foreignRegulator : 'ALL';
  const { leaf, answer } = await world.release({ documents: [...leaves], to });
  expect(answer.status, await answer.text()).to.equal(201);
  const record = world.approve(leaf);
  releases.push({ leaf, record });
  expect(await acquireRelease(world.abroad.node, record)).to.equal(true);
  await recorded(world.abroad, leaves);
}

/** Resolves when queries and traces of a node know of events. */
async function recorded({ node }: TestNode, leaves: readonly Hex[]): Promise<void> {
  const events = leaves.filter((leaf) => node.catalogue.document(leaf)?.type === 'event');
  for (const leaf of events) expect(await waitIndexed(node, leaf, 20_000)).to.equal(true);
  await node.lineage.caughtUp();
}

/** What a reader's subscription tells of one thing that happens. */
async function news(
  { index, home }: TwoShores,
  reader: ReaderName,
  query: string,
  hint: Parameters<TwoShores['index']['tell']>[0],
): Promise<unknown> {
  const waiting = index.readers;
  const response = await fetch(`${home.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...asReader(reader) },
    body: JSON.stringify({ query: `subscription ${query}` }),
  });
  while (index.readers <= waiting && waiting === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 20));
  index.tell(hint);
  let text = '';
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    text += new TextDecoder().decode(chunk);
    const data = text.split('\n').find((line) => line.startsWith('data:') && line.length > 6);
    // Leaving the loop ends the subscription.
    if (data !== undefined) return (JSON.parse(data.slice(5)) as { data: unknown }).data;
  }
  return undefined;
}
