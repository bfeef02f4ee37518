import { request } from 'node:http';
import { expect } from 'chai';
import { startTestNode, type TestNode } from './support/testNode.ts';

describe('routes', () => {
  let node: TestNode;
  const lines: Record<string, unknown>[] = [];
  before(async () => {
    node = await startTestNode({ log: (line) => void lines.push(line as Record<string, unknown>) });
  });
  after(() => node.close());

  it('answer everything with security headers and a request id', async () => {
    for (const path of ['/health/live', '/nothing', '/01/09521001001021/10/X', '/graphql']) {
      const { headers } = await fetch(node.url + path);
      expect(headers.get('content-security-policy'), path).to.include("default-src 'none'");
      expect(headers.get('x-content-type-options'), path).to.equal('nosniff');
      expect(headers.get('x-frame-options'), path).to.equal('DENY');
      expect(headers.get('x-request-id'), path).to.match(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-powered-by'), path).to.equal(null);
      expect(headers.get('strict-transport-security'), path).to.equal(null);
    }
  });

  it('answer unknown paths with a problem', async () => {
    const answer = await fetch(`${node.url}/nothing`);
    expect(answer.status).to.equal(404);
    expect(answer.headers.get('content-type')).to.include('application/problem+json');
    expect(await answer.json()).to.include({ status: 404, code: 'NOT_FOUND' });
  });

  it('refuse broken JSON without repeating it', async () => {
    const answer = await node.post('/bundles', '{"leaves": [secret');
    const text = await answer.text();
    expect(JSON.parse(text)).to.include({ status: 400, code: 'BAD_REQUEST' });
    expect(text).to.not.include('secret');
  });

  it('log no product, number or token', async () => {
    await fetch(`${node.url}/01/09521001001021/10/SECRETLOT?lang=ko`, {
      headers: { accept: 'text/html', authorization: 'Bearer abcdefghijklmnopqrstuvwxyz' },
    });
    const log = JSON.stringify(lines);
    expect(log).to.include('/01/:gtin/10/:lot');
    expect(log).to.not.match(/SECRETLOT|09521001001021|abcdefghij/);
  });

  it('sign a checkpoint for readers of any origin', async () => {
    const answer = await fetch(`${node.url}/checkpoint`);
    expect(answer.headers.get('access-control-allow-origin')).to.equal('*');
    const [, payload = ''] = (await answer.text()).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).to.include({ iss: 'korea', height: 7, sequence: 3 });
  });

  it('have no checkpoint of a block that is not indexed', async () => {
    expect((await fetch(`${node.url}/checkpoint/8`)).status).to.equal(404);
    expect((await fetch(`${node.url}/checkpoint/latest`)).status).to.equal(400);
  });

  it('count answers by route in metrics', async () => {
    await fetch(`${node.url}/nothing`);
    const text = await (await fetch(`${node.url}/metrics`)).text();
    expect(text).to.match(/tidemark_http_requests_total\{route="other",method="GET",status="404"\} \d+/);
    expect(text).to.match(/^tidemark_index_height 7$/m);
    expect(text).to.match(/^tidemark_http_seconds_count\{route="\/checkpoint"\} \d+$/m);
  });

  it('serve the page of an unknown product in its language, with status 404', async () => {
    const answer = await fetch(`${node.url}/01/09521001001021/10/NONE?lang=zh`, { headers: { accept: 'text/html' } });
    expect(answer.status).to.equal(404);
    expect(answer.headers.get('content-security-policy')).to.include("script-src 'self'");
    expect(await answer.text()).to.include('lang="zh-Hans"');
  });

  it('refuse a path whose check digit is wrong', async () => {
    expect((await fetch(`${node.url}/01/09521001001022`, { headers: { accept: 'text/html' } })).status).to.equal(400);
  });

  it('refuse media types that a product does not have', async () => {
    expect((await fetch(`${node.url}/01/09521001001021`, { headers: { accept: 'image/png' } })).status).to.equal(406);
  });

  it('give pages the trust of this node', async () => {
    const answer = await fetch(`${node.url}/assets/trust.json`);
    expect(await answer.json()).to.deep.equal({ chainId: 31337, contract: `0x${'c0'.repeat(20)}`, witnesses: [], maxAge: 60 });
  });

  it('give no file outside the assets', async () => {
    for (const path of ['/assets/../key.json', '/assets/%2e%2e/key.json', '/assets/..%2fkey.json'])
      expect(await rawStatus(node.url, path)).to.equal(404);
  });
});

describe('health', () => {
  for (const [status, ready] of [
    [{ complete: true, lagBlocks: 0 }, 200],
    [{ complete: false, lagBlocks: 0 }, 503],
    [{ complete: true, lagBlocks: 50 }, 503],
    [{ complete: true, lagBlocks: 0, problem: { code: 'UNKNOWN_EVENT' } }, 503],
  ] as const) {
    it(`is ${ready} for ${JSON.stringify(status)}`, async () => {
      const node = await startTestNode({ status });
      try {
        expect((await fetch(`${node.url}/health/live`)).status).to.equal(200);
        expect((await fetch(`${node.url}/health/ready`)).status).to.equal(ready);
      } finally {
        await node.close();
      }
    });
  }
});

/** Sends a path as it is: `fetch` would tidy it. */
function rawStatus(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
