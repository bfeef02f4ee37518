import { expect } from 'chai';
import fc from 'fast-check';
import { fromHex, type Hex, isHex, toHex } from '../../../protocol/encoding/hex.ts';
import { codeOf } from '../codeOf.ts';

describe('hex', () => {
  it('returns the bytes it wrote', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void expect(fromHex(toHex(bytes))).to.deep.equal(bytes)));
  });

  for (const text of ['', '0x0', 'ab', '0xAB', '0xg0', '0x00 ', ' 0x00', '0X00', '0x00\n']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(isHex(text)).to.equal(false);
      expect(codeOf(() => fromHex(text as Hex))).to.equal('NOT_HEX');
    });
  }

  it('refuses another length than asked', () => {
    expect(codeOf(() => fromHex('0x0011', 3))).to.equal('WRONG_LENGTH');
    expect(isHex('0x0011', 3)).to.equal(false);
    expect(isHex('0x0011', 2)).to.equal(true);
  });
});
