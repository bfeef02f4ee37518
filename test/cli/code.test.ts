import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { tidemark } from './support.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const NODE = ['--node', 'http://127.0.0.1:4010'];

describe('code command', function () {
  this.timeout(60_000);
  let home: string;
  before(() => {
    home = mkdtempSync(join(tmpdir(), 'tidemark-code-'));
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  const run = (...args: string[]) => tidemark(['code', ...args], home);

  it('writes the picture that its file is named after', async () => {
    const [svg, png] = [join(home, 'laver.svg'), join(home, 'laver.png')];
    const { exit, out } = await run(LOT, ...NODE, '--out', svg, '--json');
    expect({ exit, ...JSON.parse(out) }).to.deep.equal({
      ...{ exit: 0, link: 'http://127.0.0.1:4010/01/09521001001021/10/HB260914A', carrier: 'qr', file: svg },
    });
    await run(LOT, ...NODE, '--carrier', 'datamatrix', '--out', png);
    expect(readFileSync(svg, 'utf8')).to.match(/^<svg /);
    expect(readFileSync(png).subarray(1, 4).toString()).to.equal('PNG');
  });

  it('draws into the terminal without a file', async () => {
    const { exit, out } = await run(LOT, ...NODE);
    expect(exit).to.equal(0);
    expect(out).to.include('█▀▀▀▀▀█').and.include('http://127.0.0.1:4010/01/09521001001021/10/HB260914A');
  });

  it('refuses a wrong identifier, and wrong usage', async () => {
    expect((await run(LOT.replace('1021/', '1022/'), ...NODE)).exit).to.equal(1);
    for (const wrong of [
      ['--out', 'code.gif'],
      ['--out', 'code.svg', '--scale', '99'],
      ['--carrier', 'aztec'],
    ])
      expect((await run(LOT, ...NODE, ...wrong)).exit, wrong.join(' ')).to.equal(64);
  });
});
