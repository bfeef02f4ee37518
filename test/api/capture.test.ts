import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Interface } from 'ethers';
import type { EventBody } from '../../api/documents/body.ts';
import { waitIndexed } from '../../api/epcis/waitIndexed.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { ledgerAbi } from '../../protocol/ledger/abi.ts';
import type { LedgerRecord } from '../../protocol/ledger/words.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { readDocument } from '../../protocol/verdict/readDocument.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const CORPUS = join(
  import.meta.dirname,
  '../../../shared/vectors/epcis/openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON/Capture',
);
/** Documents that their authors call valid and that GS1's own schema refuses. */
const DISPUTED = new Set([
  'AggregationEvent_with_persistentDisposition.json',
  'SensorData_with_combined_events.json',
  'TransactionEvent_with_userExtensions.json',
]);
const ledger = new Interface(ledgerAbi);

describe('POST /epcis/v2/capture', () => {
  let node: TestNode;
  beforeEach(async () => {
    node = await startTestNode({ anchors: true });
  });
  afterEach(() => node.close());

  const capture = (body: unknown, headers: Record<string, string> = {}) =>
    node.post('/epcis/v2/capture', body, { ...AUTHORIZED, ...headers });
  const jobNow = async (answer: Response) =>
    (await (await fetch(node.url + answer.headers.get('location'), { headers: AUTHORIZED })).json()) as Job;
  const jobOf = async (answer: Response) => {
    for (let tries = 0; ; tries++) {
      const job = await jobNow(answer);
      if (!job.running || tries === 200) return job;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it('answers 202 with the address of a job that ends when all is recorded', async () => {
    const answer = await capture(documentOf(event(1), event(2)));
    expect(answer.status).to.equal(202);
    expect(answer.headers.get('location')).to.match(/^\/epcis\/v2\/capture\/[0-9a-f-]{36}$/);
    expect(answer.headers.get('gs1-epcis-version')).to.equal('2.0.0');
    expect(await jobOf(answer)).to.deep.include({ running: false, success: true, captureErrorBehaviour: 'rollback', errors: [] });
  });

  it('runs until its events are recorded, also over a restart', async () => {
    await node.close();
    node = await startTestNode();
    const answer = await capture(documentOf(event(1), event(2)));
    const running = await jobNow(answer);
    const [id] = [...node.submitted.keys()];
    expect(running).to.deep.include({ running: true, success: true }).and.not.to.have.property('finishedAt');
    await node.halt();
    node = await startTestNode({ folder: node.folder });
    expect(await jobNow(answer)).to.deep.equal(running);
    node.index.addRecord({
      leafOrRoot: (id ?? '').slice('batch-'.length) as Hex,
      issuer: 1,
      anchored: { anchoredAt: 4_000_000_000 } as LedgerRecord,
    });
    expect(await jobOf(answer)).to.include({ running: false, success: true, finishedAt: '2096-10-02T07:06:40.000Z' });
  });

  it('fails where the ledger refuses its batch', async () => {
    await node.close();
    node = await startTestNode();
    const answer = await capture(documentOf(event(1)));
    node.node.catalogue.fail([...node.submitted.keys()][0]?.slice('batch-'.length) as Hex);
    const job = await jobNow(answer);
    expect([job.running, job.success, job.errors[0]?.code]).to.deep.equal([false, false, 'NOT_ANCHORED']);
  });

  it('tells its limits with a document that is too large', async () => {
    const { status, headers } = await capture('x'.repeat(8_000_001));
    expect([status, headers.get('gs1-epcis-capture-limit'), headers.get('gs1-epcis-capture-file-size-limit')]).to.deep.equal([
      413,
      '10000',
      '8000000',
    ]);
  });

  it('lists the captures of a member, the newest first, page by page', async () => {
    const ids: string[] = [];
    for (const minute of [1, 2, 3]) ids.push((await capture(documentOf(event(minute)))).headers.get('location')?.split('/').at(-1) ?? '');
    const first = await fetch(`${node.url}/epcis/v2/capture?perPage=2`, { headers: AUTHORIZED });
    const link = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await fetch(node.url + link, { headers: AUTHORIZED });
    const listed = [...((await first.json()) as Job[]), ...((await second.json()) as Job[])].map(({ captureID }) => captureID);
    expect([listed.toSorted(), second.headers.has('link')]).to.deep.equal([ids.toSorted(), false]);
    expect((await fetch(`${node.url}/epcis/v2/capture`)).status).to.equal(401);
  });

  it('anchors all events of a document under one root, with their subjects', async () => {
    await capture(documentOf(event(1), event(2), event(3)));
    const data = [...node.submitted.values()][0]?.data as Hex;
    const [root, size, kind, , links] = ledger.decodeFunctionData('anchorRoot', data) as unknown as [
      Hex,
      bigint,
      bigint,
      bigint,
      { subject: Hex; leaf: Hex }[],
    ];
    const leaves = node.node.catalogue.leavesOf(root);
    expect([size, kind]).to.deep.equal([3n, 3n]);
    expect(buildTree(leaves).root).to.equal(root);
    expect(links.map(({ leaf }) => leaf)).to.have.members(leaves);
  });

  it('parts events over several roots where one does not hold their subjects', async () => {
    const goods = (from: number) => Array.from({ length: 300 }, (_, index) => `https://id.gs1.org/01/09521001001021/21/S${from}N${index}`);
    await capture(documentOf(...[1, 2, 3].map((minute) => ({ ...event(minute), epcList: goods(minute) }))));
    const linked = [...node.submitted.values()].map(({ data }) => (ledger.decodeFunctionData('anchorRoot', data)[4] as unknown[]).length);
    expect(linked).to.deep.equal([300, 300, 300]);
  });

  it('takes the same document twice and anchors it once', async () => {
    await capture(documentOf(event(1)));
    expect((await jobOf(await capture(documentOf(event(1))))).success).to.equal(true);
    expect(node.submitted.size).to.equal(1);
  });

  it('tells how many events are new, and how many were known', async () => {
    await capture(documentOf(event(1)));
    const job = await jobOf(await capture(documentOf(event(1), event(2), event(3))));
    expect(job).to.include({ 'tidemark:captured': 2, 'tidemark:known': 1 });
  });

  it('takes an event once that stands twice in a document', async () => {
    const job = await jobOf(await capture(documentOf(event(1), event(1))));
    expect(job).to.include({ 'tidemark:captured': 1, 'tidemark:known': 1 });
    expect(node.node.catalogue.events({ first: 10, view: 'ALL' })).to.have.lengthOf(1);
  });

  it('takes an event once that comes in two requests at the same moment', async () => {
    await Promise.all([capture(documentOf(event(1))), capture(documentOf(event(1), event(2)))]);
    expect(node.node.catalogue.events({ first: 10, view: 'ALL' })).to.have.lengthOf(2);
  });

  it('keeps an event and its declaration in error apart', async () => {
    const named = { ...event(1), eventID: 'urn:uuid:00000000-0000-4000-8000-000000000001' };
    await capture(documentOf(named));
    await capture(documentOf({ ...named, errorDeclaration: { declarationTime: '2026-10-02T00:00:00Z', reason: 'incorrect_data' } }));
    const answer = await fetch(`${node.url}/epcis/v2/events/${encodeURIComponent(named.eventID)}`);
    const { epcisBody } = (await answer.json()) as QueryDocument;
    expect(epcisBody.queryResults.resultsBody.eventList).to.have.lengthOf(2);
  });

  it('anchors what a reader of the event finds anchored', async () => {
    const eventID = 'urn:uuid:00000000-0000-4000-8000-000000000001';
    const errorDeclaration = { declarationTime: '2026-10-02T00:00:00Z', reason: 'incorrect_data' };
    await capture(documentOf(event(1), { ...event(2), eventID, 'rdfs:comment': 'by hand' }, { ...event(3), errorDeclaration }));
    for (const { leaf, cid, issuer } of node.node.catalogue.events({ first: 10, view: 'ALL' })) {
      const { event: text, salt } = (await node.node.vault.get(cid)) as EventBody;
      expect(readDocument({ type: 'event', event: text, salt, issuer, anchor: { leaf } }).judgement.code).to.equal('OK');
    }
  });

  describe('of a declaration in error', () => {
    const declared = (reason: string) => documentOf({ ...event(1), errorDeclaration: { declarationTime: '2026-10-02T00:00:00Z', reason } });

    it('takes the same once', async () => {
      for (const reason of ['incorrect_data', 'incorrect_data', 'did_not_occur']) await capture(declared(reason));
      expect(node.node.catalogue.events({ first: 10, view: 'ALL' })).to.have.lengthOf(2);
    });

    it('knows it after a restart without the catalogue', async () => {
      await capture(declared('incorrect_data'));
      const known = node.node.catalogue.events({ first: 10, view: 'ALL' });
      await node.halt();
      for (const end of ['', '-wal', '-shm']) rmSync(join(node.folder, `catalogue.sqlite${end}`), { force: true });
      node = await startTestNode({ folder: node.folder });
      await capture(declared('incorrect_data'));
      expect(node.node.catalogue.events({ first: 10, view: 'ALL' })).to.deep.equal(known);
    });
  });

  it('keeps every event that claims an eventID, and tells all of them', async () => {
    const eventID = 'urn:uuid:00000000-0000-4000-8000-000000000001';
    for (const number of [1, 2]) expect((await jobOf(await capture(documentOf({ ...event(number), eventID })))).success).to.equal(true);
    const answer = await fetch(`${node.url}/epcis/v2/events/${encodeURIComponent(eventID)}`);
    const { epcisBody } = (await answer.json()) as QueryDocument;
    expect(epcisBody.queryResults.resultsBody.eventList).to.have.lengthOf(2);
  });

  describe('where one event cannot be captured', () => {
    const tooMany = {
      ...event(2),
      epcList: Array.from({ length: 513 }, (_, serial) => `https://id.gs1.org/01/09521001001021/21/S${serial}`),
    };
    const document = () => documentOf(tooMany, event(3));

    it('captures nothing by default', async () => {
      const job = await jobOf(await capture(document()));
      expect(job).to.include({ success: false, captureErrorBehaviour: 'rollback' });
      expect(job.errors[0]).to.include({ code: 'TOO_MANY_SUBJECTS', pointer: '/epcisBody/eventList/0' });
      expect(node.node.catalogue.events({ first: 10, view: 'ALL' })).to.have.lengthOf(0);
    });

    it('captures the rest when told to proceed', async () => {
      const job = await jobOf(await capture(document(), { 'gs1-capture-error-behaviour': 'proceed' }));
      expect(job).to.include({ success: false, captureErrorBehaviour: 'proceed' });
      expect(node.node.catalogue.events({ first: 10, view: 'ALL' })).to.have.lengthOf(1);
    });
  });

  it('acknowledges nothing that is not in the outbox, and anchors it after a restart', async () => {
    node.failSubmits(new Error('disk full'));
    expect((await capture(documentOf(event(1)))).status).to.equal(500);
    await node.halt();
    const again = await startTestNode({ folder: node.folder });
    await settled(() => again.submitted.size === 1);
    expect(again.submitted.size).to.equal(1);
    expect((await again.post('/epcis/v2/capture', documentOf(event(1)), AUTHORIZED)).status).to.equal(202);
    expect(again.submitted.size).to.equal(1);
    await again.halt();
    node = await startTestNode();
  });

  it('needs a token, JSON, and a known error behaviour', async () => {
    expect((await node.post('/epcis/v2/capture', documentOf(event(1)))).status).to.equal(401);
    expect((await capture('<epcis/>', { 'content-type': 'application/xml' })).status).to.equal(415);
    expect((await capture(documentOf(event(1)), { 'gs1-capture-error-behaviour': 'ignore' })).status).to.equal(400);
  });

  it('tells a job to its own member only', async () => {
    const answer = await capture(documentOf(event(1)));
    expect((await fetch(node.url + answer.headers.get('location'))).status).to.equal(401);
    expect((await fetch(`${node.url}/epcis/v2/capture/none`, { headers: AUTHORIZED })).status).to.equal(404);
  });

  it('names its methods', async () => {
    const answer = await fetch(`${node.url}/epcis/v2/capture`, { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('allow')]).to.deep.equal([204, 'OPTIONS, POST, GET']);
    expect((await fetch(`${node.url}/epcis/v2/capture`, { method: 'DELETE' })).status).to.equal(405);
  });
});

describe('POST /epcis/v2/events', () => {
  let node: TestNode;
  before(async () => {
    node = await startTestNode({ anchors: true });
  });
  after(() => node.close());

  const single = (minute: number, more: JsonObject = {}) => ({ '@context': CONTEXT, ...event(minute), ...more });

  it('answers 201 with an address that gives the event', async () => {
    const answer = await node.post('/epcis/v2/events', single(1), AUTHORIZED);
    expect(answer.status).to.equal(201);
    const found = (await (await fetch(node.url + answer.headers.get('location'))).json()) as QueryDocument;
    expect(found.epcisBody.queryResults.resultsBody.eventList[0]).to.include({ bizStep: 'shipping' });
  });

  it('gives an event by an id with slashes that are not encoded', async () => {
    await node.post('/epcis/v2/events', single(2, { eventID: 'https://example.com/events/7' }), AUTHORIZED);
    expect((await fetch(`${node.url}/epcis/v2/events/https://example.com/events/7`)).status).to.equal(200);
  });

  it('stops waiting for what is not recorded', async () => {
    expect(await waitIndexed(node.node, `0x${'ab'.repeat(32)}`, 20)).to.equal(false);
  });

  it('answers 409 to what it knows', async () => {
    const id = { eventID: 'urn:uuid:00000000-0000-4000-8000-000000000009' };
    await node.post('/epcis/v2/events', single(3, id), AUTHORIZED);
    expect((await node.post('/epcis/v2/events', single(3, id), AUTHORIZED)).status).to.equal(409);
  });

  it('refuses an id that is not percent-encoded UTF-8', async () => {
    expect((await fetch(`${node.url}/epcis/v2/events/%ff`)).status).to.equal(400);
    expect((await fetch(`${node.url}/epcis/v2/events/none`)).status).to.equal(404);
  });
});

describe('capture of the corpora of OpenEPCIS', () => {
  let node: TestNode;
  before(async function () {
    if (!existsSync(CORPUS)) {
      process.stdout.write(`      skipped: no corpora at ${CORPUS}\n`);
      this.skip();
    }
    node = await startTestNode({ anchors: true });
  });
  after(() => node?.close());

  it('takes the 40 that the standard accepts and finds each event again', async () => {
    let taken = 0;
    for (const [folder, path] of [
      ['Documents', '/epcis/v2/capture'],
      ['Events', '/epcis/v2/events'],
    ] as const) {
      for (const file of filesOf(folder).filter((name) => !DISPUTED.has(name))) {
        const text = readFileSync(join(CORPUS, folder, file), 'utf8');
        const answer = await node.post(path, text, AUTHORIZED);
        // An event of one file may stand in another too.
        expect(answer.status, file).to.be.oneOf([201, 202, ...(folder === 'Events' ? [409] : [])]);
        for (const { event: sent } of eventsOf(JSON.parse(text))) expect(await isFound(node, sent), file).to.equal(true);
        taken += 1;
      }
    }
    expect(taken).to.equal(40);
  });

  it('refuses the 3 disputed and the 15 invalid with a pointer', async () => {
    const refused = [
      ...[...DISPUTED].map((file) => ['Documents', file] as const),
      ...filesOf('Invalid').map((file) => ['Invalid', file] as const),
    ];
    for (const [folder, file] of refused) {
      const answer = await node.post('/epcis/v2/capture', readFileSync(join(CORPUS, folder, file), 'utf8'), AUTHORIZED);
      const { pointer } = (await answer.json()) as { pointer?: string };
      expect([answer.status, typeof pointer], file).to.deep.equal([400, 'string']);
    }
    expect(refused).to.have.lengthOf(18);
  });
});

interface Job {
  captureID: string;
  success: boolean;
  running: boolean;
  captureErrorBehaviour: string;
  errors: { code: string; pointer: string }[];
}
interface QueryDocument {
  epcisBody: { queryResults: { resultsBody: { eventList: JsonObject[] } } };
}

const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];

function event(minute: number): JsonObject {
  return {
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', eventTimeZoneOffset: '+09:00' },
    eventTime: `2026-10-01T00:${String(minute).padStart(2, '0')}:00Z`,
    epcList: ['https://id.gs1.org/01/09521001001021/21/A1'],
  };
}

function documentOf(...eventList: JsonObject[]): JsonObject {
  return {
    '@context': CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-10-01T00:00:00Z',
    epcisBody: { eventList },
  };
}

function filesOf(folder: string): string[] {
  return readdirSync(join(CORPUS, folder)).filter((file) => file.endsWith('.json'));
}

async function isFound(node: TestNode, { eventID, eventTime }: JsonObject): Promise<boolean> {
  const at = Date.parse(String(eventTime));
  const kept =
    eventID === undefined
      ? node.node.catalogue.events({ first: 1_000, view: 'ALL' }).filter((row) => row.eventTime === at)
      : node.node.catalogue.byEvent({ id: String(eventID) }, 'ALL');
  const [first] = kept;
  if (first === undefined) return false;
  const answer = await node.post('/graphql', {
    query: 'query ($id: String) { event(id: $id) { leaf event } }',
    variables: { id: first.eventId },
  });
  const { data } = (await answer.json()) as { data?: { event?: { leaf: string } } };
  return data?.event?.leaf !== undefined;
}

async function settled(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 2_000;
  while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
}
