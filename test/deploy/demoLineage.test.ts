import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { KIMCHI_LOT } from '../../deploy/demo/recall/kimchiEvents.ts';
import { LAVER_LOT } from '../../deploy/demo/recall/laverEvents.ts';
import { recallFiles } from '../../deploy/demo/recall/recallFiles.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { LineageGraph } from '../../protocol/lineage/graph/lineageGraph.ts';
import { recallScope } from '../../protocol/lineage/recallScope.ts';
import { type Trace, traceDestination, traceSource } from '../../protocol/lineage/trace.ts';
import { lineageOf } from './support/lineageOf.ts';

const DEMO = join(import.meta.dirname, '../../deploy/demo');

function documentsOf(folder: string): JsonObject[] {
  const files = readdirSync(join(DEMO, folder)).filter((name) => name.startsWith('events-'));
  return files.map((name) => parseStrict(readFileSync(join(DEMO, folder, name), 'utf8')) as JsonObject);
}

const codes = ({ gaps, findings }: Pick<Trace, 'gaps' | 'findings'>): string[] => [...gaps, ...findings].map(({ code }) => code);
const nothing = { received: '0', returned: '0', open: '0', consumed: '0', destroyed: '0', unknown: 0 };

/** The demo's own events, followed: sums add up, and nothing is missing or wrong that is not. */
describe('lineage of the demo', () => {
  const stories = [
    { name: 'laver', lot: 'https://id.gs1.org/01/09521001001021/10/HB260914A', made: 4_800, pallets: 2 },
    { name: 'kimchi', lot: 'https://id.gs1.org/01/09521003003023/10/LW261026K', made: 1_800, pallets: 20 },
  ];
  for (const { name, lot, made, pallets } of stories) {
    describe(name, () => {
      let graph: LineageGraph;
      before('read the events', () => {
        graph = lineageOf(documentsOf(name));
      });

      it('is all on its pallets, counted once', () => {
        const { lots, units, shipments } = recallScope(graph, [lot]);
        expect(lots).to.have.lengthOf(1);
        expect(lots[0]).to.deep.include({ ...nothing, produced: `${made}`, shipped: '0', shippedInUnits: `${made}`, held: `${made}` });
        expect(lots[0]?.where.map(({ quantity }) => quantity)).to.deep.equal(Array.from({ length: pallets }, () => `${made / pallets}`));
        expect([units.length, shipments.length]).to.deep.equal([pallets, 0]);
      });

      it('has no gap and no finding, either way', () => {
        expect(codes(recallScope(graph, [lot]))).to.deep.equal([]);
        for (const trace of [traceSource, traceDestination]) expect(codes(trace(graph, [lot])), trace.name).to.deep.equal([]);
      });

      it('is told by every event', () => {
        expect(traceDestination(graph, [lot]).events).to.have.lengthOf(graph.size);
      });
    });
  }

  describe('recall', () => {
    const graph = lineageOf(recallFiles().map(({ document }) => document));

    it('adds up: 310 = 264 + 46, 2,400 = 2,354 + 46', () => {
      const { lots, shipments, findings } = recallScope(graph, [LAVER_LOT]);
      const sums = { produced: '2400', shipped: '310', shippedInUnits: '2090', returned: '264', open: '46', destroyed: '2354', held: '0' };
      expect(lots[0]).to.deep.include({ ...nothing, ...sums, where: [] });
      expect(shipments).to.have.lengthOf(287);
      expect(findings).to.deep.equal([]);
    });

    it('lacks the receipts of those orders alone of which nothing came back', () => {
      const { gaps, shipments } = recallScope(graph, [LAVER_LOT]);
      const open = shipments.filter(({ state }) => state === 'open').map(({ event }) => event);
      expect(gaps.map(({ code, event }) => [code, event])).to.have.deep.members(open.map((event) => ['NOT_RECEIVED', event]));
    });

    it('has all of the mirror on its pallets', () => {
      const scope = recallScope(graph, [KIMCHI_LOT]);
      expect(scope.lots[0]).to.deep.include({ ...nothing, produced: '180', shipped: '0', shippedInUnits: '180', held: '180' });
      expect(codes(scope)).to.deep.equal([]);
      expect(codes(traceSource(graph, [KIMCHI_LOT]))).to.deep.equal([]);
    });
  });
});
