import { expect } from 'chai';
import fc from 'fast-check';
import { fromUint, toUint } from '../../../protocol/encoding/uint.ts';
import { codeOf } from '../codeOf.ts';

describe('uint', () => {
  it('returns the integer it wrote', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (value) => void expect(fromUint(toUint(value, 32))).to.equal(value)),
    );
  });

  it('refuses what does not fit', () => {
    for (const value of [256, -1, 1.5, Number.NaN, 2 ** 53, 256n, -1n]) expect(codeOf(() => toUint(value, 1))).to.equal('OUT_OF_RANGE');
  });
});
