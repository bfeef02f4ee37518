import { expect } from 'chai';
import fc from 'fast-check';
import { add, type Decimal, inBaseUnit, isMore, subtract, sum, write } from '../../../protocol/lineage/quantity.ts';

const WIDE = 60;

/** The same decimal at one scale, in whole numbers without bound. */
function whole({ digits, scale }: Decimal): bigint {
  return BigInt(digits) * 10n ** BigInt(WIDE - scale);
}

const aDecimal = fc
  .record({ digits: fc.bigInt({ min: 0n, max: 10n ** 30n }), cut: fc.integer({ min: 0, max: 1 }), scale: fc.integer({ min: 0, max: 20 }) })
  .map(({ digits, cut, scale }) => {
    const text = (cut === 0 ? digits : digits % 1_000_000n).toString().padStart(scale + 1, '0');
    return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
  });

describe('quantity', () => {
  it('adds and compares exactly, however large', () => {
    fc.assert(
      fc.property(aDecimal, aDecimal, (a, b) => {
        const [one, other] = [inBaseUnit(a, 'KGM'), inBaseUnit(b, 'LBR')];
        expect(whole(add(one, other))).to.equal(whole(one) + whole(other));
        expect(whole(subtract(one, other))).to.equal(whole(one) - whole(other));
        expect(isMore(one, other)).to.equal(whole(one) > whole(other));
      }),
    );
  });

  it('stays exact where doubles end', () => {
    const terms = ['9007199254740991', '0.1', '0.2', '2', '-9007199254740993.3'].map((text) => inBaseUnit(text, ''));
    expect(write(sum(terms))).to.equal('0');
  });
});
