import { expect } from 'chai';
import fc from 'fast-check';
import { type HashKey, keyedHash, PLAIN_KEY } from '../../../../protocol/lineage/graph/keyedHash.ts';
import { NamePool } from '../../../../protocol/lineage/graph/namePool.ts';

const lotOf = (number: number): string => `https://id.gs1.org/01/09521000000000/10/${number}`;

describe('NamePool', () => {
  it('gives names back as they came, whatever they are written in', () => {
    const names = fc.array(
      fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '\ufeff', '\ud83d', '\udc1f\ud83d', '\u0000', '\u0080')),
    );
    fc.assert(
      fc.property(names, (some) => {
        const pool = new NamePool();
        const known = new Map<string, number>();
        for (const name of some) {
          expect(pool.find(name)).to.equal(known.get(name));
          if (!known.has(name)) known.set(name, known.size);
          expect(pool.intern(name)).to.equal(known.get(name));
        }
        expect(pool.size).to.equal(known.size);
        for (const [name, number] of known) expect([pool.text(number), pool.find(name)]).to.deep.equal([name, number]);
      }),
    );
  });

  it('keeps names that fill many pages, and names longer than a page', () => {
    const pool = new NamePool();
    const names = Array.from({ length: 20_000 }, (_, number) => (number % 5_000 === 0 ? '韩'.repeat(700_000 + number) : lotOf(number)));
    for (const name of names) pool.intern(name);
    for (const [number, name] of names.entries()) if (pool.text(number) !== name) throw new Error(`another name for ${number}`);
    expect(names.map((name) => pool.find(name))).to.deep.equal(names.map((_, number) => number));
    expect(pool.find(lotOf(20_000))).to.equal(undefined);
  });

  it('keeps a name of nothing after a page that is full', () => {
    const names = ['a'.repeat(2 ** 20), '', '韩'.repeat(2 ** 20)];
    for (const order of [names, names.toReversed()]) {
      const pool = new NamePool();
      for (const name of order) pool.intern(name);
      expect(order.map((_, number) => pool.text(number)).map((name, number) => name === order[number])).to.deep.equal([true, true, true]);
    }
  });

  it('writes names on lines', () => {
    const pool = new NamePool();
    const names = ['a', lotOf(1), '', '海苔', '\ud83d', lotOf(2)];
    for (const name of names) pool.intern(name);
    for (const numbers of [[], [0], [5, 1, 2, 0, 0], [0, 1, 2, 3, 4, 5]])
      expect(pool.lines(numbers)).to.equal(numbers.map((number) => `${names[number]}\n`).join(''));
  });

  it('tells names of one hash apart', () => {
    const byHash = new Map<number, string>();
    let pair: [string, string] | undefined;
    for (let number = 0; pair === undefined; number++) {
      const other = byHash.get(keyedHash(lotOf(number), PLAIN_KEY));
      if (other !== undefined) pair = [other, lotOf(number)];
      byHash.set(keyedHash(lotOf(number), PLAIN_KEY), lotOf(number));
    }
    const pool = new NamePool();
    expect(pair.map((name) => pool.intern(name))).to.deep.equal([0, 1]);
    expect(pair.map((name) => pool.find(name))).to.deep.equal([0, 1]);
  });
});

describe('keyedHash', () => {
  it('spreads names that differ little as chance would', () => {
    for (const key of [PLAIN_KEY, [1, 0], [0, 1]] satisfies HashKey[]) {
      const bins = new Set(Array.from({ length: 65_536 }, (_, number) => keyedHash(lotOf(number), key) & 0xffff)).size;
      // Of 65,536 balls in as many bins 63.2 % of the bins get one, give or take 0.1 %.
      expect(bins / 65_536).to.be.within(0.626, 0.638);
    }
  });

  it('parts under one key what falls together under another', () => {
    const bin = (number: number, key: HashKey) => keyedHash(lotOf(number), key) & 0xff;
    const together = Array.from({ length: 200_000 }, (_, number) => number).filter((number) => bin(number, PLAIN_KEY) === 0);
    for (const key of [
      [1, 0],
      [0, 1],
      [0x80000000, 0],
    ] satisfies HashKey[]) {
      // Some 780 names in 256 bins: as chance has it, three each.
      const counts = [...Map.groupBy(together, (number) => bin(number, key)).values()].map(({ length }) => length);
      expect(Math.max(...counts)).to.be.at.most(15);
      expect(counts.length).to.be.at.least(230);
    }
  });
});
