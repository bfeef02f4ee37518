import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { validateDocument } from '../../protocol/epcis/validateDocument.ts';
import type { JsonObject, JsonValue } from '../../protocol/json/jsonValue.ts';
import { anEvent, documentWith } from './support/events.ts';
import { lawIndex, lawMember } from './support/lawIndex.ts';
import { AUTHORIZED, startTestNode, type TestNode, tokenOf } from './support/testNode.ts';

const QUERIES = '/epcis/v2/queries';

describe('named queries', () => {
  let node: TestNode;
  beforeEach(async () => {
    node = await startTestNode({ anchors: true });
  });
  afterEach(() => node.close());
  const name = (body: unknown, headers: Record<string, string> = AUTHORIZED) => node.post(QUERIES, body, headers);
  const get = (path: string, headers: Record<string, string> = {}) => fetch(node.url + QUERIES + path, { headers });
  const shipping = { name: 'shipping', query: { EQ_bizStep: ['shipping'], eventType: ['ObjectEvent'] } };

  it('are made, read, listed and removed', async () => {
    const made = await name(shipping);
    expect([made.status, made.headers.get('location')]).to.deep.equal([201, `${QUERIES}/shipping`]);
    expect(await (await get('/shipping')).json()).to.deep.equal(shipping);
    expect(await (await get('')).json()).to.deep.equal([shipping]);
    const remove = () => fetch(`${node.url}${QUERIES}/shipping`, { method: 'DELETE', headers: AUTHORIZED });
    expect([(await remove()).status, (await remove()).status, (await get('/shipping')).status]).to.deep.equal([204, 404, 404]);
  });

  it('answer their events page by page, under their name', async () => {
    await name(shipping);
    await node.post('/epcis/v2/events', { '@context': documentWith()['@context'], ...anEvent(1) }, AUTHORIZED);
    await node.post('/epcis/v2/events', { '@context': documentWith()['@context'], ...anEvent(2) }, AUTHORIZED);
    const answer = await get('/shipping/events?perPage=1');
    const { queryName, resultsBody } = ((await answer.json()) as QueryDocument).epcisBody.queryResults;
    expect([
      queryName,
      resultsBody.eventList.length,
      answer.headers.get('link')?.startsWith(`<${QUERIES}/shipping/events?perPage=1`),
    ]).to.deep.equal(['shipping', 1, true]);
    expect(((await (await get('/shipping/events?EQ_action=ADD')).json()) as { code: string }).code).to.equal('SUBSCRIPTION_INVALID');
  });

  it('keep the prefixes that their request declared', async () => {
    await name({ name: 'mine', query: { 'EQ_ex:truck': ['K'] } }, { ...AUTHORIZED, 'gs1-extensions': 'ex=https://ns.example.com/' });
    expect((await get('/mine/events')).status).to.equal(200);
  });

  it('are listed page by page', async () => {
    for (const one of ['b', 'a', 'c']) await name({ name: one, query: {} });
    const first = await get('?perPage=2');
    const next = /<\/epcis\/v2\/queries([^>]+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const names = [...((await first.json()) as { name: string }[]), ...((await (await get(next)).json()) as { name: string }[])].map(
      (query) => query.name,
    );
    expect(names).to.deep.equal(['a', 'b', 'c']);
  });

  it('are refused where they are not right, taken, or too many', async () => {
    await name(shipping);
    const refused = async (body: unknown) => {
      const { status, code, type } = (await (await name(body)).json()) as { status: number; code: string; type: string };
      return [status, code, type];
    };
    expect(await refused(shipping)).to.deep.equal([409, 'ALREADY_NAMED', 'epcisException:ResourceAlreadyExistsException']);
    expect(await refused({ name: 'x', query: { EQ_none: ['x'] } })).to.deep.equal([
      400,
      'QUERY_PARAMETER_UNKNOWN',
      'epcisException:QueryParameterException',
    ]);
    for (const body of [
      { name: '../x', query: {} },
      { name: 'x' },
      { name: 'x', query: {}, more: 1 },
      [1],
      { name: 'x'.repeat(101), query: {} },
    ])
      expect((await refused(body))[1]).to.equal('BAD_REQUEST');
    expect((await name('{"name":"x","query":{"a":1,"a":2}}')).status).to.equal(400);
    expect((await name(shipping, {})).status).to.equal(401);
    expect((await name(shipping, { ...AUTHORIZED, 'content-type': 'text/plain' })).status).to.equal(415);
    for (let count = 1; count < 100; count++) await name({ name: `q${count}`, query: {} });
    expect((await refused({ name: 'one-more', query: {} }))[1]).to.equal('TOO_MANY');
  });
});

describe('subscriptions', () => {
  let node: TestNode;
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
    node = await startTestNode({ anchors: true, config: { webhooks: { hosts: [receiver.host], allowPrivate: true } } });
    await node.post(QUERIES, { name: 'shipping', query: { EQ_bizStep: ['shipping'] } }, AUTHORIZED);
  });
  afterEach(async () => {
    await node.close();
    receiver.stop();
  });
  const subscribe = (more: JsonObject) => node.post(`${QUERIES}/shipping/subscriptions`, { dest: receiver.url, ...more }, AUTHORIZED);
  const capture = (...events: JsonObject[]) => node.post('/epcis/v2/capture', documentWith(...events), AUTHORIZED);
  const ownGet = async (answer: Response) => fetch(node.url + answer.headers.get('location'), { headers: AUTHORIZED });

  it('tell each new event once, signed, as a valid document', async () => {
    await capture(anEvent(1));
    await until(() => node.node.catalogue.indexedUpTo() === 1);
    const made = await subscribe({ stream: true, signatureToken: 'secret-of-mine' });
    const { subscriptionID } = (await made.json()) as { subscriptionID: string };
    expect([made.status, made.headers.get('location')]).to.deep.equal([201, `${QUERIES}/shipping/subscriptions/${subscriptionID}`]);
    await capture(anEvent(2), anEvent(3, { bizStep: 'packing' }));
    await until(() => receiver.calls.length === 1);
    const [call] = receiver.calls;
    expect(call?.headers['gs1-signature']).to.equal(
      createHmac('sha256', 'secret-of-mine')
        .update(call?.body ?? '')
        .digest('hex'),
    );
    expect(validateDocument(JSON.parse(call?.body ?? '') as JsonValue)).to.deep.equal([]);
    expect(receiver.minutes()).to.deep.equal([2]);
    expect(((await (await ownGet(made)).json()) as JsonObject).lastNotifiedAt).to.be.a('string');
  });

  it('tell nobody of an event that stays in its country, but whom it is for', async () => {
    const index = lawIndex();
    index.law.members.push(lawMember(1, 'KR', 'OPERATOR'), lawMember(2, 'CN', 'REGULATOR'), lawMember(3, 'KR', 'CUSTOMS'));
    const of = (member: number) => ({ authorization: `Bearer ${tokenOf(member)}` });
    const shores = await startTestNode({
      ...{ index, anchors: true, members: [1, 2, 3] },
      config: { webhooks: { hosts: [receiver.host], allowPrivate: true } },
    });
    await shores.post(QUERIES, { name: 'all', query: {} }, of(1));
    for (const member of [1, 2, 3])
      await shores.post(`${QUERIES}/all/subscriptions`, { dest: `${receiver.url}?to=${member}`, stream: true }, of(member));
    await shores.post('/epcis/v2/capture?visibility=domestic', documentWith(anEvent(1)), of(1));
    await shores.post('/epcis/v2/capture', documentWith(anEvent(2)), of(1));
    const toldTo = (member: number) =>
      receiver.calls
        .filter(({ path }) => path === `/hook?to=${member}`)
        .flatMap(({ body }) => [...body.matchAll(/T00:0(\d):00/g)].map(([, minute]) => minute));
    await until(() => [1, 2, 3].every((member) => toldTo(member).includes('2')));
    await shores.close();
    expect([1, 2, 3].map(toldTo)).to.deep.equal([['1', '2'], ['2'], ['1', '2']]);
  });

  it('tell what was recorded before, from the time that is asked for', async () => {
    await capture(anEvent(1));
    await capture(anEvent(2));
    await until(() => node.node.catalogue.indexedUpTo() === 2);
    await subscribe({ stream: true, initialRecordTime: '2026-11-06T21:20:02Z' });
    await until(() => receiver.calls.length === 1);
    expect(receiver.minutes()).to.deep.equal([2]);
  });

  it('call again who did not answer, and miss nothing over a restart', async () => {
    receiver.status = 503;
    await subscribe({ stream: true });
    await capture(anEvent(1));
    await until(() => receiver.calls.length === 1);
    await node.halt();
    receiver.status = 200;
    node = await startTestNode({
      folder: node.folder,
      index: node.index,
      anchors: true,
      config: { webhooks: { hosts: [receiver.host], allowPrivate: true } },
    });
    await capture(anEvent(2));
    await until(() => receiver.accepted().length === 2);
    expect(receiver.accepted()).to.deep.equal([1, 2]);
  });

  it('run by their schedule, and tell of nothing where that is asked for', async () => {
    await subscribe({ schedule: { second: '0/1' }, reportIfEmpty: true });
    await until(() => receiver.calls.length > 0);
    expect(receiver.minutes()).to.deep.equal([]);
    await capture(anEvent(1));
    await until(() => receiver.minutes().length > 0);
    expect(receiver.minutes()).to.deep.equal([1]);
  });

  it('write identifiers in the format of their request', async () => {
    const headers = { ...AUTHORIZED, 'gs1-epc-format': 'Never_Translates' };
    await node.post(`${QUERIES}/shipping/subscriptions`, { dest: receiver.url, stream: true }, headers);
    await capture(anEvent(1, { epcList: ['urn:epc:id:sgtin:9521001.000102.S1'] }));
    await until(() => receiver.calls.length === 1);
    expect(receiver.events()[0]?.epcList).to.deep.equal(['urn:epc:id:sgtin:9521001.000102.S1']);
  });

  it('are told to their own member, without the secret, and end', async () => {
    const made = await subscribe({ stream: true, signatureToken: 'secret-of-mine' });
    const list = await (await fetch(`${node.url}${QUERIES}/shipping/subscriptions`, { headers: AUTHORIZED })).text();
    expect(JSON.parse(list)).to.have.lengthOf(1);
    expect(list + (await made.text())).not.to.include('secret-of-mine');
    const location = node.url + made.headers.get('location');
    expect((await fetch(location)).status).to.equal(401);
    const remove = () => fetch(location, { method: 'DELETE', headers: AUTHORIZED });
    expect([(await remove()).status, (await remove()).status]).to.deep.equal([204, 404]);
    await capture(anEvent(1));
    await until(() => node.node.catalogue.indexedUpTo() === 1);
    expect(receiver.calls).to.deep.equal([]);
  });

  it('end with their query', async () => {
    const made = await subscribe({ stream: true });
    await fetch(`${node.url}${QUERIES}/shipping`, { method: 'DELETE', headers: AUTHORIZED });
    expect((await ownGet(made)).status).to.equal(404);
    expect(node.node.catalogue.subscriptions()).to.deep.equal([]);
  });

  describe('are refused', () => {
    const REFUSED: readonly (readonly [body: JsonObject, code: string, pointer: string])[] = [
      [{}, 'SUBSCRIPTION_INVALID', '/schedule'],
      [{ stream: true, schedule: { hour: '1' } }, 'SUBSCRIPTION_INVALID', '/stream'],
      [{ stream: false }, 'SUBSCRIPTION_INVALID', '/stream'],
      [{ schedule: { hour: '25' } }, 'SCHEDULE_INVALID', '/schedule/hour'],
      [{ stream: true, dest: 'http://127.0.0.1:1/' }, 'DESTINATION_REFUSED', '/dest'],
      [{ stream: true, dest: 'http://169.254.169.254/latest' }, 'DESTINATION_REFUSED', '/dest'],
      [{ stream: true, dest: 7 }, 'SUBSCRIPTION_INVALID', '/dest'],
      [{ stream: true, signatureToken: 'x'.repeat(600) }, 'SUBSCRIPTION_INVALID', '/signatureToken'],
      [{ stream: true, initialRecordTime: 'yesterday' }, 'SUBSCRIPTION_INVALID', '/initialRecordTime'],
      [{ stream: true, more: 1 }, 'SUBSCRIPTION_INVALID', '/more'],
    ];
    for (const [body, code, pointer] of REFUSED) {
      it(JSON.stringify(body).slice(0, 60), async () => {
        const answer = await subscribe(body);
        expect((await answer.json()) as JsonObject).to.include({
          status: 400,
          type: 'epcisException:SubscriptionControlsException',
          code,
          pointer,
        });
      });
    }

    it('of a query that is not there', async () => {
      expect((await node.post(`${QUERIES}/none/subscriptions`, { dest: receiver.url, stream: true }, AUTHORIZED)).status).to.equal(404);
    });
  });
});

interface QueryDocument {
  epcisBody: { queryResults: { queryName: string; resultsBody: { eventList: JsonObject[] } } };
}

interface Receiver {
  host: string;
  url: string;
  /** What it answers from now on. */
  status: number;
  calls: { path: string | undefined; headers: Record<string, unknown>; body: string; answered: number }[];
  events(): JsonObject[];
  /** Minutes of the events that it was told. */
  minutes(): number[];
  /** The same, of calls that it took. */
  accepted(): number[];
  stop(): void;
}

async function startReceiver(): Promise<Receiver> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    receiver.calls.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString(), answered: receiver.status });
    response.writeHead(receiver.status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const eventsOf = (calls: Receiver['calls']) =>
    calls.flatMap(({ body }) => (JSON.parse(body) as QueryDocument).epcisBody.queryResults.resultsBody.eventList);
  const minutesOf = (calls: Receiver['calls']) => eventsOf(calls).map(({ eventTime }) => Number(String(eventTime).slice(14, 16)));
  const receiver: Receiver = {
    ...{ host, url: `http://${host}/hook`, status: 200, calls: [] },
    events: () => eventsOf(receiver.calls),
    minutes: () => minutesOf(receiver.calls),
    accepted: () => minutesOf(receiver.calls.filter(({ answered }) => answered === 200)),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).to.equal(true);
}
