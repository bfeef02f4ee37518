import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { CSET82 } from '../../protocol/gs1/charsets.ts';
import { checkDigit } from '../../protocol/gs1/checkDigit.ts';
import { formatDigitalLink } from '../../protocol/gs1/formatDigitalLink.ts';
import { type CodeWish, codeText, drawCode } from '../../sdk/codes/drawCode.ts';
import { rejection } from '../api/support/outcomes.ts';

const ROOT = 'http://127.0.0.1:4010';
const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const GS = '\u001d';
const wasm = join(createRequire(import.meta.url).resolve('zxing-wasm/reader'), '..', '..', '..', 'reader', 'zxing_reader.wasm');

type Pixels = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number; colorSpace: 'srgb' };

/** What a reader finds in a picture. */
async function readBack(picture: Blob | Pixels): Promise<{ text: string; symbology: string; level: string } | undefined> {
  const [code] = await readBarcodes(picture as Blob, { formats: ['QRCode', 'DataMatrix'], textMode: 'Plain' });
  return code === undefined
    ? undefined
    : { text: new TextDecoder().decode(code.bytes), symbology: code.symbologyIdentifier, level: code.ecLevel };
}

const draw = (wish: Partial<CodeWish>) => drawCode({ carrier: 'qr', picture: 'png', id: LOT, root: ROOT, scale: 4, ...wish });
const blob = (bytes: Buffer) => new Blob([new Uint8Array(bytes)]);

/** Paints an SVG whose dark parts are polygons with upright edges, as a browser does (even-odd). */
function paint(svg: string): Pixels {
  const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
  const edges = [...svg.matchAll(/M[^Z"]+Z/g)].flatMap(([polygon]) => {
    const points = [...polygon.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
    return points
      .map(([x, y], at) => ({ x, from: y, to: points[(at + 1) % points.length]?.[1] ?? y }))
      .filter(({ from, to }) => from !== to);
  });
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    const crossed = edges.filter(({ from, to }) => Math.min(from, to) <= y && y < Math.max(from, to));
    for (let x = 0; x < width; x++)
      if (crossed.filter((edge) => edge.x <= x).length % 2 === 1) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  }
  return { data, width, height, colorSpace: 'srgb' };
}

describe('drawCode', function () {
  this.timeout(30_000);
  before(() => {
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
  });

  it("draws a QR code that a reader reads as the node's link", async () => {
    expect(await readBack(blob(await draw({})))).to.include({ text: `${ROOT}/01/09521001001021/10/HB260914A`, level: 'M' });
  });

  it('draws the same as an SVG', async () => {
    const svg = (await draw({ picture: 'svg' })).toString();
    expect((await readBack(paint(svg)))?.text).to.equal(`${ROOT}/01/09521001001021/10/HB260914A`);
  });

  it('draws a DataMatrix that a reader reads as GS1 element strings', async () => {
    const id = `${LOT}/21/S1?17=271231`;
    for (const picture of ['png', 'svg'] as const) {
      const drawn = await draw({ carrier: 'datamatrix', id, picture });
      const read = await readBack(picture === 'png' ? blob(drawn) : paint(drawn.toString()));
      expect(read).to.include({ text: `01095210010010211727123110HB260914A${GS}21S1`, symbology: ']d2' });
    }
  });

  it('draws any lot so that it is read back', async () => {
    const lot = fc.string({ unit: fc.constantFrom(...CSET82), minLength: 1, maxLength: 20 });
    const gtin = fc.stringMatching(/^\d{13}$/).map((body) => body + checkDigit(body));
    await fc.assert(
      fc.asyncProperty(gtin, lot, async (key, value) => {
        const id = formatDigitalLink([
          { ai: '01', value: key },
          { ai: '10', value },
        ]);
        expect((await readBack(blob(await draw({ id }))))?.text).to.equal(id.replace('https://id.gs1.org', ROOT));
        expect((await readBack(blob(await draw({ id, carrier: 'datamatrix' }))))?.text).to.equal(`01${key}10${value}`);
      }),
      { numRuns: 25 },
    );
  });

  it('reads an EPC URN as the link that it stands for', () => {
    expect(codeText({ carrier: 'qr', id: 'urn:epc:class:lgtin:9521001.000102.HB260914A', root: ROOT })).to.equal(
      `${ROOT}/01/09521001001021/10/HB260914A`,
    );
  });

  it('refuses what is no identifier, and what is too long for a label', async () => {
    expect(await rejection(draw({ id: LOT.replace('1021/', '1022/') }))).to.equal('CHECK_DIGIT_WRONG');
    expect(await rejection(draw({ id: 'urn:uuid:1' }))).to.equal('NOT_A_DIGITAL_LINK');
    const long = ['91', '92', '93'].map((ai) => `${ai}=${'A'.repeat(90)}`).join('&');
    expect(await rejection(draw({ id: `${LOT}?${long}` }))).to.equal('CODE_TOO_LONG');
  });
});
