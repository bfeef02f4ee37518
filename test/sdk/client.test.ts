import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { expect } from 'chai';
import { SdkError } from '../../sdk/errors.ts';
import { nodeClient } from '../../sdk/node/client.ts';

const LEAF = `0x${'ab'.repeat(32)}` as const;

describe('nodeClient', () => {
  let server: Server;
  let url: string;
  let requests: { path: string; authorization: string | undefined }[];
  let answer: (response: ServerResponse, count: number) => void;

  before(async () => {
    server = createServer((request, response) => {
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization });
      answer(response, requests.length);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });

  beforeEach(() => {
    requests = [];
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const client = (more = {}) => nodeClient({ url, token: 'secret', timeoutMs: 300, retries: 2, ...more });

  it('tries again while the node is busy', async () => {
    answer = (response, count) => response.writeHead(count < 3 ? 503 : 200).end('{"format":1}');
    expect(await client().bundle(LEAF)).to.equal('{"format":1}');
    expect(requests).to.have.length(3);
  });

  it('gives up a node that does not answer in time', async () => {
    answer = () => {};
    expect(await codeOf(client({ retries: 0 }).bundle(LEAF))).to.equal('NODE_UNREACHABLE');
  });

  it('passes on the code and pointer of a problem, once', async () => {
    const problem = { type: 'urn:x', title: 'Refused', status: 400, code: 'DOCUMENT_INVALID', detail: 'no', pointer: '/documents/0' };
    answer = (response) => response.writeHead(400).end(JSON.stringify(problem));
    const error = await client()
      .storeDocuments([])
      .catch((caught: SdkError) => caught);
    expect(error).to.include({ code: 'DOCUMENT_INVALID', pointer: '/documents/0' });
    expect(requests).to.have.length(1);
  });

  it('stops reading an answer that is too large', async () => {
    answer = (response) => response.writeHead(200).end('x'.repeat(10_000));
    expect(await codeOf(client({ maxBytes: 1_000 }).bundle(LEAF))).to.equal('ANSWER_TOO_LARGE');
  });

  it('refuses answers of another form', async () => {
    answer = (response) => response.writeHead(200).end('one\ntwo\n');
    expect(await codeOf(client().bundles([LEAF]))).to.equal('NODE_ANSWER_MALFORMED');
    answer = (response) => response.writeHead(200).end('<html>');
    expect(await codeOf(client().storeDocuments([]))).to.equal('NODE_ANSWER_MALFORMED');
  });

  it('shows its token only where the answer depends on it, and follows no redirect', async () => {
    answer = (response) => response.writeHead(200).end('{"stored":[]}');
    await client().storeDocuments([]);
    await client().bundle(LEAF);
    await client().checkpoint(7);
    expect(requests.map(({ authorization }) => authorization)).to.deep.equal(['Bearer secret', 'Bearer secret', undefined]);
    answer = (response) => response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await codeOf(client({ retries: 0 }).storeDocuments([]))).to.equal('NODE_UNREACHABLE');
    expect(requests.map(({ path }) => path)).to.not.include('/elsewhere');
  });

  it('passes on the code of a refused query', async () => {
    answer = (response) => response.writeHead(400).end('{"errors":[{"message":"too deep","extensions":{"code":"QUERY_TOO_DEEP"}}]}');
    expect(await codeOf(client().query('{ x }'))).to.equal('QUERY_TOO_DEEP');
  });
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'DONE';
  } catch (error) {
    return error instanceof SdkError ? error.code : String(error);
  }
}
