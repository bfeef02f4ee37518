import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { isPublic, openCallOut } from '../../api/http/callOut.ts';

describe('openCallOut', () => {
  let server: Server;
  let host: string;
  let answer: (path: string) => { status: number; body?: string; location?: string };
  const asked: string[] = [];
  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const { status, body = '', location } = answer(request.url ?? '');
      request.resume();
      response.writeHead(status, location === undefined ? {} : { location }).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  beforeEach(() => {
    asked.length = 0;
    answer = () => ({ status: 200 });
  });
  const open = (hosts: string[] = [host]) => openCallOut({ hosts, allowPrivate: true });
  const failing = async (post: Promise<number>) =>
    post.then(
      () => expect.fail('answered'),
      () => 'failed',
    );

  it('calls whom its rules name', async () => {
    expect(await open().post(`http://${host}/hook`, '{}', {})).to.equal(200);
    expect(asked).to.deep.equal(['/hook']);
  });

  it('calls nobody else, and nobody at all without rules', async () => {
    for (const out of [open(['example.com']), openCallOut()]) {
      expect(out.allows(`http://${host}/hook`)).to.equal(false);
      expect(await failing(out.post(`http://${host}/hook`, '{}', {}))).to.equal('failed');
    }
    expect(asked).to.deep.equal([]);
  });

  it('takes the port as part of whom its rules name, and no user, other scheme, or text', () => {
    const out = openCallOut({ hosts: ['example.com', 'example.com:8443'] });
    const allowed = ['https://example.com/x', 'https://EXAMPLE.com:443/x', 'https://example.com:8443/x'];
    const refused = [
      'http://example.com/',
      'https://example.com:22/',
      'https://user@example.com/',
      'https://example.com.evil.test/',
      'ftp://example.com/',
      'example.com',
      'https://evil.test#example.com',
    ];
    expect([allowed.map(out.allows), refused.map(out.allows)].map((list) => [...new Set(list)])).to.deep.equal([[true], [false]]);
  });

  it('does not follow a redirect', async () => {
    answer = (path) => (path === '/hook' ? { status: 307, location: '/other' } : { status: 200 });
    expect(await open().post(`http://${host}/hook`, '{}', {})).to.equal(307);
    expect(asked).to.deep.equal(['/hook']);
  });

  it('reads no answer of more than a megabyte', async () => {
    answer = () => ({ status: 200, body: 'x'.repeat(1_500_000) });
    expect(await failing(open().post(`http://${host}/hook`, '{}', {}))).to.equal('failed');
  });

  it('refuses private addresses as numbers, in every spelling', () => {
    const literals = ['127.0.0.1', '2130706433', '0x7f.1', '10.1.2.3', '169.254.169.254', '[::1]', '[::ffff:127.0.0.1]', '[fd00::1]'];
    for (const literal of literals) {
      const url = new URL(`https://${literal}/`);
      expect(openCallOut({ hosts: [url.host] }).allows(url.href), literal).to.equal(false);
    }
  });

  it('refuses a name that resolves to a private address', async () => {
    const out = openCallOut({ hosts: ['localhost'] });
    expect(out.allows('https://localhost/')).to.equal(true);
    const code = await out.post('https://localhost/', '{}', {}).then(
      () => 'answered',
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(code).to.equal('ENOTPUBLIC');
  });

  it('knows which addresses are public', () => {
    const v4 = {
      '8.8.8.8': true,
      '100.64.0.1': false,
      '172.31.255.255': false,
      '172.32.0.1': true,
      '192.168.0.1': false,
      '224.0.0.1': false,
      '0.0.0.0': false,
    };
    const v6 = {
      '2606:4700::1': true,
      'fe80::1': false,
      '2001:db8::1': false,
      '64:ff9b::808:808': false,
      '2002:7f00:1::': false,
      'ff02::1': false,
    };
    for (const [address, expected] of Object.entries(v4)) expect(isPublic(address, 4), address).to.equal(expected);
    for (const [address, expected] of Object.entries(v6)) expect(isPublic(address, 6), address).to.equal(expected);
  });
});
