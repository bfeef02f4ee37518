import { expect } from 'chai';
import jsQR from 'jsqr';
import { terminalQr } from '../../deploy/local/terminalQr.ts';

const SCALE = 4;

/** Reads the text as a camera would: each character is two modules, one above the other. */
function pixelsOf(text: string): { data: Uint8ClampedArray; width: number; height: number } {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the terminal's colour sequences are taken out
  const lines = text.split('\n').map((line) => [...line.replace(/\x1b\[[\d;]*m/g, '')]);
  const width = (lines[0]?.length ?? 0) * SCALE;
  const height = lines.length * 2 * SCALE;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const character = lines[Math.floor(y / SCALE / 2)]?.[Math.floor(x / SCALE)] ?? ' ';
      const dark = character === '█' || character === (Math.floor(y / SCALE) % 2 === 0 ? '▀' : '▄');
      if (dark) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { data, width, height };
}

describe('terminalQr', () => {
  it('is read back by a QR reader', () => {
    const url = 'http://127.0.0.1:4010/01/09521001001021/10/HB260914A';
    const { data, width, height } = pixelsOf(terminalQr(url));
    const read = (jsQR as unknown as (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null)(
      data,
      width,
      height,
    );
    expect(read?.data).to.equal(url);
  });
});
