import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/vectors/epcis/gs1-epcis');
const BASE = '/epcis/v2';

/** What of epcis2.js a client uses; its own types are of another compiler's time. */
interface Epcis2 {
  setup(settings: object): void;
  capture(document: object): Promise<Response>;
  objectToEvent(event: object): { getEventTime(): string; getEPCList(): string[]; getBizStep(): string };
  CaptureResponse: new (
    response: Response,
  ) => {
    pollForTheCaptureToFinish(tries: number, delay: number): Promise<unknown>;
    getRunningStatus(): boolean;
    getSuccessStatus(): boolean;
  };
  EPCISDocument: new () => { addEvent(event: object): Epcis2Document; setCreationDate(date: string): Epcis2Document };
  ObjectEvent: new () => Epcis2Event;
}
type Epcis2Document = InstanceType<Epcis2['EPCISDocument']>;
interface Epcis2Event {
  setEventTime(time: string): Epcis2Event;
  setEventTimeZoneOffset(offset: string): Epcis2Event;
  setAction(action: string): Epcis2Event;
  setBizStep(step: string): Epcis2Event;
  addEPC(epc: string): Epcis2Event;
}

describe('epcis2.js', () => {
  const client = createRequire(import.meta.url)('epcis2.js') as Epcis2;
  let node: TestNode;
  before(async () => {
    node = await startTestNode({ anchors: true });
    client.setup({ apiUrl: `${node.url}${BASE}`, headers: { 'content-type': 'application/json', ...AUTHORIZED } });
  });
  after(() => node.close());

  it('captures, follows its job to the end, and reads the event back', async () => {
    const event = new client.ObjectEvent()
      .setEventTime('2026-10-01T00:00:00.000Z')
      .setEventTimeZoneOffset('+00:00')
      .setAction('OBSERVE')
      .setBizStep('shipping')
      .addEPC('urn:epc:id:sgtin:9521001.000102.A1');
    const answer = await client.capture(new client.EPCISDocument().setCreationDate('2026-10-01T00:00:00Z').addEvent(event));
    expect(answer.status).to.equal(202);
    const job = new client.CaptureResponse(answer);
    await job.pollForTheCaptureToFinish(20, 100);
    expect([job.getRunningStatus(), job.getSuccessStatus()]).to.deep.equal([false, true]);
    const found = await untilFound('/events?MATCH_epc=urn:epc:id:sgtin:9521001.000102.A1&EQ_bizStep=shipping');
    const read = client.objectToEvent(found);
    expect([read.getEventTime(), read.getBizStep(), read.getEPCList()]).to.deep.equal([
      ...['2026-10-01T00:00:00.000Z', 'shipping'],
      ['https://id.gs1.org/01/09521001001021/21/A1'],
    ]);
  });

  const untilFound = async (path: string): Promise<JsonObject> => {
    for (let tries = 0; ; tries++) {
      const document = (await (await fetch(`${node.url}${BASE}${path}`)).json()) as QueryDocument;
      const [event] = document.epcisBody.queryResults.resultsBody.eventList;
      if (event !== undefined) return event;
      if (tries === 100) throw new Error('not found');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
});

describe('the examples of the REST binding', () => {
  let node: TestNode;
  let text: string;
  before(async function () {
    if (!existsSync(CORPUS)) {
      process.stdout.write(`      skipped: no corpora at ${CORPUS}\n`);
      this.skip();
    }
    text = readFileSync(join(CORPUS, 'REST Bindings/openapi.yaml'), 'utf8');
    node = await startTestNode({ anchors: true, config: { webhooks: { hosts: ['client.example.com'] } } });
  });
  after(() => node?.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(node.url + BASE + path, { headers: { ...AUTHORIZED, ...headers } });

  it('of bodies are taken: 2 captured, 2 queries named, 2 subscriptions made', async () => {
    const referred = [
      ...text.matchAll(/example:\s+\$ref: 'https:\/\/gs1\.github\.io\/EPCIS\/(JSON\/Example[^']+|JSON-Schema\/test\/[^']+)'/g),
    ].map(([, file]) => file as string);
    expect(referred).to.deep.equal(['JSON/Example_9.6.1-ObjectEvent.jsonld', 'JSON-Schema/test/ObjectEvent.json']);
    // The document of the one holds the event of the other: captured after it, it has nothing new.
    for (const [index, path] of [
      [1, '/events'],
      [0, '/capture'],
    ] as const) {
      const file = join(CORPUS, referred[index] as string);
      const body = readFileSync(
        existsSync(file) ? file : join(CORPUS, 'JSON-Schema/test', referred[index]?.split('/').at(-1) ?? ''),
        'utf8',
      );
      const answer = await node.post(BASE + path, asBody(path, body), AUTHORIZED);
      expect([answer.status, await answer.text()], path).to.deep.equal([index === 0 ? 202 : 201, '']);
    }
    const names = ['UniqueQueryName', 'myQuery'];
    for (const name of names) {
      const query = { eventType: ['ObjectEvent'], EQ_bizStep: ['shipping', 'receiving'] };
      expect(text).to.include(`"${name}"`);
      expect((await node.post(`${BASE}/queries`, { name, query }, AUTHORIZED)).status).to.equal(201);
    }
    const subscriptions = [{ schedule: { hour: '1', minute: '5' } }, { stream: true }];
    for (const more of subscriptions) {
      const body = {
        dest: 'https://client.example.com/queryCallback',
        signatureToken: '13df38d8275b13f05704629e5f1cf3d45d6132d5',
        ...more,
      };
      expect(text).to.include(`"dest": "${body.dest}"`).and.include(`"signatureToken": "${body.signatureToken}"`);
      expect((await node.post(`${BASE}/queries/myQuery/subscriptions`, body, AUTHORIZED)).status).to.equal(201);
    }
  });

  it('of parameters are taken, each by itself', async () => {
    const examples = [...text.matchAll(/\n {4}(\w+):\n {6}name: \1\n(?:(?! {4}\w).*\n)*? {6}example: "?([^"\n]+)"?\n/g)].map(
      ([, name, value]) => [name as string, value as string] as const,
    );
    expect(examples.length).to.be.greaterThan(15);
    for (const [name, value] of examples) {
      if (/^(eventType|[A-Z]{2,5}_)/.test(name))
        expect((await get(`/events?${name}=${encodeURIComponent(value)}`)).status, name).to.equal(200);
    }
  });

  it('of headers are taken', async () => {
    const headers = {
      'gs1-epcis-min': '1.0.0',
      'gs1-epcis-max': '2.0.0',
      'gs1-cbv-min': '1.2.0',
      'gs1-cbv-max': '2.0.0',
      'gs1-epc-format': 'Always_GS1_Digital_Link',
    };
    for (const value of Object.values(headers)) expect(text).to.include(value);
    expect(
      (
        await get('/events', {
          ...headers,
          'gs1-extensions': 'example-epc-ext=http://org1.example.com/epcis/,example-epc-ext2=http://vendor.example.com/epcis/',
        })
      ).status,
    ).to.equal(200);
  });

  it('of addresses are answered, 404 where nothing is recorded of them', async () => {
    const addresses = [
      ...text.matchAll(/https:\/\/example\.com(\/(?:eventTypes|epcs|bizSteps|bizLocations|readPoints|dispositions|events)\/?[^\s`'">]*)/g),
    ].map(([, path]) => path as string);
    expect(addresses.length).to.be.greaterThan(5);
    for (const path of addresses) {
      const { status } = await get(path);
      expect(status, path).to.be.oneOf([200, 404]);
      if (path.startsWith('/eventTypes/ObjectEvent/events?')) expect(status, path).to.equal(200);
    }
  });

  it('of paths are answered', async () => {
    const values = {
      eventTypes: 'ObjectEvent',
      epcs: 'urn:epc:id:sgtin:0614141.107346.2018',
      bizSteps: 'urn:epcglobal:cbv:bizstep:receiving',
      bizLocations: 'urn:epc:id:sgln:0012345.11111.0',
      readPoints: 'urn:epc:id:sgln:0012345.11111.400',
      dispositions: 'in_progress',
    };
    for (const [path, value] of Object.entries(values)) {
      expect(text).to.include(value);
      for (const end of ['', '/events']) expect((await get(`/${path}/${value}${end}`)).status, path).to.be.oneOf([200, 404]);
    }
    expect(
      (await get('/events/ni:%2F%2F%2Fsha-256;df7bb3c352fef055578554f09f5e2aa41782150ced7bd0b8af24dd3ccb30ba69%3Fver=CBV2.0')).status,
    ).to.equal(200);
    for (const path of ['/capture/id9261379075', '/queries/none', '/queries/myQuery/subscriptions/df5a33e3-5aa3-4403-ae01-99b83234e27b'])
      expect((await get(path)).status, path).to.equal(404);
    expect((await get('/queries/myQuery/events')).status).to.equal(200);
  });
});

interface QueryDocument {
  epcisBody: { queryResults: { resultsBody: { eventList: JsonObject[] } } };
}

/** The example of a single event is written without the context that a document of its own needs. */
function asBody(path: string, text: string): string {
  const value = JSON.parse(text) as JsonObject;
  const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
  return path === '/events' ? JSON.stringify({ '@context': context, ...value }) : text;
}
