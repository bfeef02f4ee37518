import { expect } from 'chai';
import { rememberedInBulk } from '../../api/bundles/remembered.ts';

describe('rememberedInBulk', () => {
  it('reads at once what is asked for in one turn, each key once', async () => {
    const asked: number[][] = [];
    const read = rememberedInBulk(async (keys: readonly number[]) => {
      asked.push([...keys]);
      return keys.map((key) => key * 2);
    });
    expect(await Promise.all([read(1), read(2), read(1)])).to.deep.equal([2, 4, 2]);
    expect(await Promise.all([read(2), read(3)])).to.deep.equal([4, 6]);
    expect(asked).to.deep.equal([[1, 2], [3]]);
  });

  it('reads a thousand at once at most', async () => {
    const sizes: number[] = [];
    const read = rememberedInBulk(async (keys: readonly number[]) => {
      sizes.push(keys.length);
      return keys;
    });
    const keys = Array.from({ length: 2_001 }, (_, key) => key);
    expect(await Promise.all(keys.map(read))).to.deep.equal(keys);
    expect(sizes).to.deep.equal([1_000, 1_000, 1]);
  });

  it('fails for each that asked', async () => {
    const read = rememberedInBulk<number, number>(async () => {
      throw new Error('away');
    });
    const outcomes = await Promise.allSettled([read(1), read(2)]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
  });
});
