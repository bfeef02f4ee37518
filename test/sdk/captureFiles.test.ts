import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { eventHash } from '../../protocol/epcis/eventHash.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { validateDocument } from '../../protocol/epcis/validateDocument.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { captureFiles } from '../../sdk/capture/captureFiles.ts';
import type { CaptureErrorBehaviour } from '../../sdk/node/client.ts';
import { nodeClient } from '../../sdk/node/client.ts';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260921B';
const TOO_MUCH = 4242;

describe('captureFiles', () => {
  let folder: string;
  let node: FakeNode;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-capture-'));
    node = await startFakeNode();
  });
  afterEach(async () => {
    await node.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const capture = (paths: string[], onError: CaptureErrorBehaviour = 'rollback', more = {}) =>
    captureFiles({ node: nodeClient({ url: node.url, token: 'secret', retries: 0 }), paths, onError, ...more });

  it('hands a document in as it stands, and counts its events', async () => {
    const text = JSON.stringify(documentOf(event(1), event(2)), undefined, 3);
    const summary = await capture([file('a.json', text)]);
    expect(node.documents).to.deep.equal([text]);
    expect(summary).to.deep.equal({ documents: 1, events: 2, captured: 2, known: 0, left: 0, refusals: [] });
  });

  it('takes the same file twice and captures it once', async () => {
    const path = file('a.json', JSON.stringify(documentOf(event(1), event(2))));
    await capture([path]);
    expect(await capture([path])).to.include({ captured: 0, known: 2, left: 0 });
    expect(node.hashes.size).to.equal(2);
  });

  it('waits until the job no longer runs, with the token', async () => {
    node.runs = 3;
    expect(await capture([file('a.json', JSON.stringify(documentOf(event(1))))])).to.include({ captured: 1 });
    expect(node.looks).to.equal(4);
    expect(new Set(node.tokens)).to.deep.equal(new Set(['Bearer secret']));
  });

  it('pauses longer the longer a job runs', async () => {
    node.runs = 6;
    await capture([file('a.json', JSON.stringify(documentOf(event(1))))]);
    const pauses = node.lookedAt.slice(1).map((at, index) => at - (node.lookedAt[index] as number));
    expect(pauses.at(-1)).to.be.greaterThan((pauses[0] as number) * 2);
  });

  it('leaves a job alone that does not end', async () => {
    node.runs = Number.POSITIVE_INFINITY;
    const refused = await capture([file('a.json', JSON.stringify(documentOf(event(1))))], 'rollback', { patienceMs: 300 }).catch(
      (error) => error.code,
    );
    expect(refused).to.equal('NOT_YET_CAPTURED');
  });

  it('makes documents of lines, at most 500 events each, text unchanged', async () => {
    const lines = Array.from({ length: 1_001 }, (_, index) => JSON.stringify(event(index)));
    const summary = await capture([file('a.jsonl', lines.join('\n'))]);
    expect(summary).to.include({ documents: 3, events: 1_001, captured: 1_001 });
    expect(node.documents.map((text) => eventsOf(JSON.parse(text)).length)).to.deep.equal([500, 500, 1]);
    expect(node.documents[2]).to.include(lines[1_000]);
  });

  it('reads folders, bare events and documents among lines', async () => {
    file('a.json', JSON.stringify({ '@context': [CONTEXT], ...event(1) }));
    file('b.jsonl', [event(2), documentOf(event(3)), event(4)].map((value) => JSON.stringify(value)).join('\n'));
    expect(await capture([folder])).to.include({ documents: 3, events: 4, captured: 4 });
  });

  describe('with a fault in a file', () => {
    const lines = () =>
      file('a.jsonl', [event(1), { ...event(2), action: 'MOVE' }, event(3)].map((value) => JSON.stringify(value)).join('\n'));

    it('hands nothing in, and names line, field and code', async () => {
      const summary = await capture([file('0.json', JSON.stringify(documentOf(event(9)))), lines()]);
      expect(summary).to.include({ captured: 0, left: 4 });
      expect(summary.refusals).to.have.lengthOf(1);
      expect(summary.refusals[0]).to.include({ source: `${join(folder, 'a.jsonl')}:2`, pointer: '/action', code: 'UNKNOWN_WORD' });
      expect(node.documents).to.have.lengthOf(0);
    });

    it('captures the rest when told to proceed', async () => {
      expect(await capture([lines()], 'proceed')).to.include({ captured: 2, left: 1 });
      expect(node.hashes.size).to.equal(2);
    });

    it('refuses a document whole, also when told to proceed', async () => {
      const summary = await capture([file('a.json', JSON.stringify(documentOf(event(1), { ...event(2), action: 'MOVE' })))], 'proceed');
      expect(summary).to.include({ captured: 0, left: 2 });
      expect(summary.refusals[0]).to.include({ pointer: '/epcisBody/eventList/1/action' });
    });

    it('names the place where JSON ends to be JSON', async () => {
      const { refusals } = await capture([file('a.jsonl', `${JSON.stringify(event(1))}\n{"type":`)]);
      expect(refusals[0]).to.include({ source: `${join(folder, 'a.jsonl')}:2`, code: 'JSON_SYNTAX' });
    });
  });

  describe('with a fault that only the node finds', () => {
    const lines = () => file('a.jsonl', [event(1), event(TOO_MUCH), event(3)].map((value) => JSON.stringify(value)).join('\n'));

    it('captures nothing of the document', async () => {
      const summary = await capture([lines()]);
      expect(summary).to.include({ captured: 0, left: 3 });
      expect(summary.refusals[0]).to.include({ source: `${join(folder, 'a.jsonl')}:2`, pointer: '', code: 'TOO_MANY_SUBJECTS' });
    });

    it('captures the rest when told to proceed', async () => {
      expect(await capture([lines()], 'proceed')).to.include({ captured: 2, left: 1 });
    });

    it('goes on with the next document', async () => {
      expect(await capture([lines(), file('b.json', JSON.stringify(documentOf(event(7))))])).to.include({ captured: 1, left: 3 });
    });
  });

  it('tells a document that the node does not take, and goes on', async () => {
    node.refuse = { status: 413, code: 'BODY_TOO_LARGE' };
    const summary = await capture([
      file('a.json', JSON.stringify(documentOf(event(1)))),
      file('b.json', JSON.stringify(documentOf(event(2)))),
    ]);
    expect(summary).to.include({ captured: 0, left: 2 });
    expect(summary.refusals.map(({ code }) => code)).to.deep.equal(['BODY_TOO_LARGE', 'BODY_TOO_LARGE']);
  });

  it('ends where the node does not know the member', async () => {
    node.refuse = { status: 401, code: 'NO_TOKEN' };
    expect(await capture([file('a.json', JSON.stringify(documentOf(event(1))))]).catch((error) => error.code)).to.equal('NO_TOKEN');
  });

  it('believes no answer that does not say what became of the events', async () => {
    node.silent = true;
    const path = file('a.json', JSON.stringify(documentOf(event(1))));
    expect(await capture([path]).catch((error) => error.code)).to.equal('NODE_ANSWER_MALFORMED');
  });
});

/** A node of a few rules: events are known by their hash, event number `TOO_MUCH` cannot be captured, a job runs for some looks. */
interface FakeNode {
  url: string;
  documents: string[];
  hashes: Set<string>;
  tokens: (string | undefined)[];
  looks: number;
  lookedAt: number[];
  /** How many looks see the job running. */
  runs: number;
  refuse: { status: number; code: string } | undefined;
  /** Leaves the counts out. */
  silent: boolean;
  close(): Promise<void>;
}

async function startFakeNode(): Promise<FakeNode> {
  let job: object = {};
  const take = (text: string, onError: string) => {
    const document = parseStrict(text);
    expect(validateDocument(document)).to.deep.equal([]);
    node.documents.push(text);
    const judged = eventsOf(document).map((found) => ({ ...found, hash: eventHash(found.event, found.context) }));
    const errors = judged
      .filter(({ event: { eventTime } }) => eventTime === event(TOO_MUCH).eventTime)
      .map(({ pointer }) => ({ code: 'TOO_MANY_SUBJECTS', pointer, detail: 'too many' }));
    const known = judged.filter(({ hash }) => node.hashes.has(hash)).length;
    const taken =
      errors.length > 0 && onError === 'rollback' ? [] : judged.filter(({ pointer }) => errors.every((error) => error.pointer !== pointer));
    const before = node.hashes.size;
    for (const { hash } of taken) node.hashes.add(hash);
    const counts = { 'tidemark:captured': node.hashes.size - before, 'tidemark:known': known };
    job = { success: errors.length === 0, errors, ...(node.silent ? {} : counts) };
  };
  const server: Server = createServer(async (request, response) => {
    node.tokens.push(request.headers.authorization);
    if (node.refuse !== undefined) return void response.writeHead(node.refuse.status).end(JSON.stringify({ ...node.refuse, title: 'no' }));
    if (request.method === 'POST') {
      take(await bodyOf(request), String(request.headers['gs1-capture-error-behaviour']));
      return void response.writeHead(202, { location: '/epcis/v2/capture/4d1b3c2a-0000-4000-8000-000000000001' }).end();
    }
    node.looks += 1;
    node.lookedAt.push(Date.now());
    response.end(JSON.stringify(node.looks > node.runs ? { running: false, ...job } : { running: true, success: true, errors: [] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const node: FakeNode = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ documents: [], hashes: new Set(), tokens: [], looks: 0, lookedAt: [], runs: 0, refuse: undefined, silent: false },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return node;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function documentOf(...eventList: JsonObject[]): JsonObject {
  return {
    '@context': [CONTEXT],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-11-01T00:00:00Z',
    epcisBody: { eventList },
  };
}

function event(number: number) {
  return {
    type: 'ObjectEvent',
    eventTime: new Date(Date.UTC(2026, 9, 1) + number * 60_000).toISOString(),
    eventTimeZoneOffset: '+09:00',
    action: 'OBSERVE',
    bizStep: 'shipping',
    quantityList: [{ epcClass: LOT, quantity: 1 }],
  };
}
