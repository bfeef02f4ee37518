import { expect } from 'chai';
import { startTestNode, type TestNode } from './support/testNode.ts';

const ID = encodeURIComponent('https://example.com/01/09521001001021/10/HB260914A');

describe('GET /codes', () => {
  let node: TestNode;
  before(async () => {
    node = await startTestNode({ config: { publicUrl: 'https://node.example/' } });
  });
  after(() => node.close());

  const get = (path: string) => fetch(node.url + path);
  const problemOf = async (path: string) => {
    const answer = await get(path);
    return { status: answer.status, code: ((await answer.json()) as { code: string }).code };
  };

  for (const [name, type] of [
    ['qr.svg', 'image/svg+xml'],
    ['qr.png', 'image/png'],
    ['datamatrix.svg', 'image/svg+xml'],
    ['datamatrix.png', 'image/png'],
  ] as const)
    it(`draws ${name}, the same again`, async () => {
      const [first, again] = [await get(`/codes/${name}?id=${ID}`), await get(`/codes/${name}?id=${ID}`)];
      expect(first.status).to.equal(200);
      expect(first.headers.get('content-type')).to.include(type);
      expect(first.headers.get('cache-control')).to.equal('public, max-age=86400');
      expect(Buffer.from(await first.arrayBuffer()).equals(Buffer.from(await again.arrayBuffer()))).to.equal(true);
    });

  it('draws larger by scale, within bounds', async () => {
    const widthOf = async (scale: number) =>
      Buffer.from(await (await get(`/codes/qr.png?id=${ID}&scale=${scale}`)).arrayBuffer()).readUInt32BE(16);
    expect(await widthOf(8)).to.equal((await widthOf(4)) * 2);
    expect(await problemOf(`/codes/qr.png?id=${ID}&scale=17`)).to.deep.equal({ status: 400, code: 'BAD_REQUEST' });
  });

  it('refuses what it cannot draw, with the reason', async () => {
    expect(await problemOf(`/codes/aztec.svg?id=${ID}`)).to.deep.equal({ status: 404, code: 'NOT_FOUND' });
    expect(await problemOf('/codes/qr.svg')).to.deep.equal({ status: 400, code: 'BAD_REQUEST' });
    expect(await problemOf(`/codes/qr.svg?id=${ID.replace('1021%2F', '1022%2F')}`)).to.deep.equal({
      status: 400,
      code: 'CHECK_DIGIT_WRONG',
    });
    const long = ['91', '92', '93'].map((ai) => `${ai}=${'A'.repeat(90)}`).join('&');
    expect(await problemOf(`/codes/qr.svg?id=${ID}${encodeURIComponent(`?${long}`)}`)).to.deep.equal({
      status: 400,
      code: 'CODE_TOO_LONG',
    });
  });
});
