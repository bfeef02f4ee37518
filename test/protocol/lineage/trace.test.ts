import { expect } from 'chai';
import { openLineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import { reach, traceDestination } from '../../../protocol/lineage/trace.ts';
import { lot, made, some } from './events.ts';

describe('trace', () => {
  describe('reach', () => {
    it('gives the goods of a trace, the nearest first', () => {
      const graph = openLineageGraph();
      for (const layer of [0, 1, 2]) {
        for (const index of [0, 1, 2]) {
          graph.add(made(layer, [some(lot(`${layer}.${index}`))], [some(lot(`${layer + 1}.0`)), some(lot(`${layer + 1}.1`))]));
        }
      }
      const trace = traceDestination(graph, [lot('0.2')]);
      const reached = Array.from(reach(graph, [lot('0.2')], 'destination'), (goods) => graph.idOf(goods));
      expect(reached.toSorted()).to.deep.equal([...new Set(trace.goods.map(({ id }) => id))].sort());
      expect(reached[0]).to.equal(lot('0.2'));
      expect(reached).to.have.length(7);
    });
  });
});
