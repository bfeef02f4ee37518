import { expect } from 'chai';
import { accountableParties } from '../../../protocol/lineage/accountableParties.ts';
import { compareTrace } from '../../../protocol/lineage/compareTrace.ts';
import type { LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';
import { recallScope } from '../../../protocol/lineage/recallScope.ts';
import { traceDestination } from '../../../protocol/lineage/trace.ts';
import { born, gone, graphOf, lot, made, pack, pallet, place, seen, some, unit, unpack } from './events.ts';

const LAVER = lot('HB260921B');
const SSCC = 'https://id.gs1.org/00/095210010000004015';
const [PLANT, ZONE] = [place(9521001000017), place(9521005000013)];
const ZONE_PARTY = 'https://id.gs1.org/417/9521005000006';

/** A failed inspection: 310 packs sent in 287 orders, 264 of them back; 2,090 in bond; all that is there destroyed. */
function failedInspection(): LineageEvent[] {
  const orders = Array.from({ length: 287 }, (_, index) => ({
    number: index,
    packs: index < 23 ? 2 : 1,
    documents: [{ type: 'po', id: `urn:order:${index}` }],
    parties: [{ role: 'destination' as const, type: 'owning_party', id: `urn:buyer:${index}` }],
  }));
  // Orders that come back: 264 packs, 46 stay open.
  const back = orders.filter(({ number }) => number < 23 || (number >= 23 && number < 241));
  return [
    born(1, [some(LAVER, '2400')], { bizLocation: PLANT }),
    ...orders.map(({ number, packs, documents, parties }) =>
      seen(10 + number, [some(LAVER, String(packs))], { bizStep: 'shipping', bizLocation: PLANT, documents, parties }),
    ),
    pack(5, SSCC, [some(LAVER, '2090')], { bizLocation: PLANT }),
    seen(6, [SSCC], {
      bizStep: 'shipping',
      bizLocation: PLANT,
      parties: [{ role: 'destination', type: 'possessing_party', id: ZONE_PARTY }],
    }),
    seen(7, [SSCC], {
      bizStep: 'receiving',
      bizLocation: ZONE,
      parties: [{ role: 'destination', type: 'possessing_party', id: ZONE_PARTY }],
    }),
    unpack(8, SSCC, [some(LAVER, '2090')], { bizLocation: ZONE }),
    ...back.map(({ number, packs, documents }) =>
      seen(1000 + number, [some(LAVER, String(packs))], { bizStep: 'receiving', disposition: 'returned', bizLocation: ZONE, documents }),
    ),
    gone(2000, [some(LAVER, '2090')], { bizLocation: ZONE }),
    gone(2001, [some(LAVER, '264')], { bizLocation: ZONE }),
  ];
}

describe('recall', () => {
  describe('recallScope', () => {
    it('adds up what was sent, came back, was destroyed and is open', () => {
      const scope = recallScope(graphOf(failedInspection()), [LAVER]);
      expect(scope.lots).to.deep.equal([
        {
          id: LAVER,
          unit: '',
          produced: '2400',
          shipped: '310',
          shippedInUnits: '2090',
          received: '0',
          returned: '264',
          open: '46',
          consumed: '0',
          destroyed: '2354',
          held: '0',
          where: [],
          unknown: 0,
        },
      ]);
      expect(scope.shipments).to.have.length(287);
      expect(scope.shipments.filter(({ state }) => state === 'open').reduce((packs, { quantity }) => packs + Number(quantity), 0)).to.equal(
        46,
      );
      expect(scope.findings).to.deep.equal([]);
    });

    it('says before the destruction where the goods are', () => {
      const scope = recallScope(graphOf(failedInspection()), [LAVER], { at: 7 * 60_000 });
      expect(scope.lots[0]?.where).to.deep.equal([
        { where: '9521001000017', quantity: '310' },
        { where: SSCC, quantity: '2090' },
      ]);
      const onPallet = scope.goods.find(({ where }) => where === SSCC);
      expect(onPallet?.lastSeen).to.include({ place: ZONE, holder: ZONE_PARTY });
    });

    it('says where single things stand', () => {
      const [A, B, C, D] = ['A', 'B', 'C', 'D'].map(unit) as [string, string, string, string];
      const events = [
        made(1, [some(lot('L'), '1')], [A, B, C, D]),
        gone(2, [A]),
        seen(2, [B], { bizStep: 'shipping' }),
        seen(3, [C], { disposition: 'returned' }),
      ];
      const units = recallScope(graphOf(events), [lot('L')]).units;
      expect(Object.fromEntries(units.map(({ id, state }) => [id, state]))).to.deep.equal({
        [A]: 'destroyed',
        [B]: 'in transit',
        [C]: 'returned',
        [D]: 'held',
      });
    });

    it('says of a pallet what became of it with the goods, not after them', () => {
      const events = [
        born(1, [some(LAVER, '5')], { bizLocation: PLANT }),
        pack(2, SSCC, [some(LAVER, '5')]),
        seen(3, [SSCC], { bizStep: 'shipping' }),
        unpack(4, SSCC, [], { bizLocation: ZONE }),
        seen(5, [SSCC], { bizStep: 'shipping', bizLocation: ZONE }),
      ];
      expect(recallScope(graphOf(events), [LAVER]).units).to.deep.equal([{ id: SSCC, state: 'held' }]);
      expect(recallScope(graphOf(events.slice(0, 3)), [LAVER]).units).to.deep.equal([{ id: SSCC, state: 'in transit' }]);
    });

    it('counts what nobody says how much of', () => {
      expect(recallScope(graphOf([born(1, [some(LAVER, '5')]), gone(2, [some(LAVER)])]), [LAVER]).lots[0]).to.include({
        unknown: 1,
        held: '5',
      });
    });
  });

  describe('accountableParties', () => {
    it('names who had goods at which step, also in a unit, and who says so', () => {
      const graph = graphOf(failedInspection());
      const steps = accountableParties(graph, LAVER, 'receiving').filter(({ parties }) => parties.length > 0);
      expect(steps).to.deep.equal([
        {
          event: graph.key(graph.eventOf(steps[0]?.event ?? '') ?? 0),
          time: 7 * 60_000,
          bizStep: 'receiving',
          place: ZONE,
          issuer: 1,
          parties: [{ role: 'destination', type: 'possessing_party', id: ZONE_PARTY }],
        },
      ]);
      expect(accountableParties(graph, pallet(9))).to.deep.equal([]);
    });
  });

  describe('compareTrace', () => {
    const trace = traceDestination(graphOf(failedInspection()), [LAVER]);

    it('finds no difference to what was sent as JSON', () => {
      expect(compareTrace(trace, JSON.parse(JSON.stringify(trace)))).to.deep.equal([]);
    });

    it('finds what is left out, added and changed', () => {
      const goods = trace.goods.map((one) => ({ ...one, certainty: 'possible' as const })).slice(1);
      const claimed = { ...trace, goods, events: [...trace.events, 'invented'], truncated: true };
      const codes = compareTrace(trace, claimed).map(({ code, part }) => `${code} ${part}`);
      expect([...new Set(codes)]).to.have.members(['MISSING goods', 'CHANGED goods', 'ADDED events', 'CHANGED truncated']);
    });
  });
});
