import { expect } from 'chai';
import fc from 'fast-check';
import { NodeSet } from '../../../protocol/lineage/nodeSet.ts';

describe('NodeSet', () => {
  it('holds what was added, also beyond its first size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5_000 })), (nodes) => {
        const [set, expected] = [new NodeSet(40), new Set<number>()];
        for (const node of nodes) {
          expect(set.add(node)).to.equal(!expected.has(node));
          expected.add(node);
        }
        for (let node = 0; node <= 5_001; node++) if (set.has(node) !== expected.has(node)) expect.fail(String(node));
      }),
    );
  });
});
