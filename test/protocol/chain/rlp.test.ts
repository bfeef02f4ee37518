import { expect } from 'chai';
import { encodeRlp as ethersEncode, hexlify, type RlpStructuredData } from 'ethers';
import fc from 'fast-check';
import { decodeRlp, encodeRlp, fromIntegerBytes, integerBytes, type RlpItem } from '../../../protocol/chain/rlp.ts';
import { fromHex, type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import { codeOf } from '../codeOf.ts';

const { item } = fc.letrec<{ item: RlpItem }>((tie) => ({
  item: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.uint8Array({ maxLength: 80 }), fc.array(tie('item'), { maxLength: 20 })),
}));

const forEthers = (value: RlpItem): RlpStructuredData => (value instanceof Uint8Array ? hexlify(value) : value.map(forEthers));

describe('rlp', () => {
  it('writes what ethers writes and reads it back', () => {
    fc.assert(
      fc.property(item, (value) => {
        const bytes = encodeRlp(value);
        expect(toHex(bytes)).to.equal(ethersEncode(forEthers(value)));
        expect(forEthers(decodeRlp(bytes))).to.deep.equal(forEthers(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('writes long items with long lengths', () => {
    for (const length of [55, 56, 255, 256, 65_536]) {
      const bytes = new Uint8Array(length).fill(1);
      expect(toHex(encodeRlp(bytes))).to.equal(ethersEncode(hexlify(bytes)));
      expect(decodeRlp(encodeRlp(bytes))).to.deep.equal(bytes);
    }
  });

  it('reads nothing but what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        let value: RlpItem;
        try {
          value = decodeRlp(bytes);
        } catch (error) {
          expect(error).to.have.property('code', 'RLP_MALFORMED');
          return;
        }
        expect(encodeRlp(value)).to.deep.equal(bytes);
      }),
      { numRuns: 5000 },
    );
  });

  const REFUSED: Record<string, Hex> = {
    'no bytes': '0x',
    'a single byte written long': '0x8100',
    'a short length written long': '0xb80180',
    'a length with leading zeros': '0xb9003800',
    'a cut-off text': '0x8301',
    'a cut-off list': '0xc301',
    'a list item that leaves its list': '0xc28301',
    'bytes after the item': '0x0000',
    'a length beyond all memory': '0xbfffffffffffffffff',
    'deep nesting': `0x${Array.from({ length: 20 }, (_, index) => (0xc0 + 19 - index).toString(16)).join('')}`,
  };

  for (const [what, hex] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, () => {
      expect(codeOf(() => decodeRlp(fromHex(hex)))).to.equal('RLP_MALFORMED');
    });
  }

  it('keeps integers minimal', () => {
    expect(integerBytes(0)).to.deep.equal(new Uint8Array(0));
    for (const value of [1n, 127n, 128n, 255n, 256n, 2n ** 255n]) expect(fromIntegerBytes(integerBytes(value))).to.equal(value);
    expect(integerBytes(256)).to.deep.equal(Uint8Array.of(1, 0));
    expect(codeOf(() => fromIntegerBytes(Uint8Array.of(0, 1)))).to.equal('RLP_MALFORMED');
  });
});
