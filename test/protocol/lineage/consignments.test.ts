import { expect } from 'chai';
import type { Goods, LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';
import { type LotScope, type RecallScope, recallScope } from '../../../protocol/lineage/recallScope.ts';
import { traceDestination, traceSource } from '../../../protocol/lineage/trace.ts';
import { born, event, gone, graphOf, lot, made, pack, pallet, place, seen, some, unit, unpack } from './events.ts';

const LOT = lot('L');
const [P, Q] = [pallet(1), pallet(2)];
const [PLANT, PORT, STORE] = [place(1), place(2), place(3)];
const BUYER = 'https://id.gs1.org/417/0000000000003';

const scopeOf = (...events: LineageEvent[]): RecallScope => recallScope(graphOf(events), [LOT]);
const sumsOf = (...events: LineageEvent[]): LotScope => scopeOf(...events).lots[0] as LotScope;
const gapsOf = (...events: LineageEvent[]): string[] =>
  [traceSource, traceDestination].flatMap((trace) => trace(graphOf(events), [LOT]).gaps.map(({ code }) => code));

/** A step of a consignment, of a lot or of units beside it. */
const step = (minute: number, bizStep: string, bizLocation: string | undefined, goods: (string | Goods)[], more = {}): LineageEvent =>
  seen(minute, goods, { bizStep, ...(bizLocation === undefined ? {} : { bizLocation }), ...more });
const made10 = born(0, [some(LOT, '10')], { bizLocation: PLANT });

describe('goods named beside the unit that holds them', () => {
  const packed = [made10, pack(1, P, [some(LOT, '6')], { bizLocation: PLANT })];

  it('are its contents, and move with it alone', () => {
    const way = [
      step(2, 'shipping', PLANT, [P, some(LOT, '6')]),
      step(3, 'departing', PORT, [P, some(LOT, '6')]),
      step(4, 'arriving', STORE, [P, some(LOT, '6')]),
      step(5, 'receiving', STORE, [P, some(LOT, '6')]),
    ];
    const scope = scopeOf(...packed, ...way);
    expect(scope.lots[0]).to.include({ shipped: '0', shippedInUnits: '6', received: '0', open: '0', held: '10' });
    expect(scope.lots[0]?.where).to.deep.equal([
      { where: '0000000000001', quantity: '4' },
      { where: P, quantity: '6' },
    ]);
    expect(scope.findings).to.deep.equal([]);
    expect(gapsOf(...packed, ...way)).to.deep.equal([]);
    expect(traceDestination(graphOf([...packed, ...way]), [LOT]).events).to.include.members(way.map(({ key }) => key));
  });

  it('are loose as far as the unit does not hold them', () => {
    expect(sumsOf(...packed, step(2, 'shipping', PLANT, [P, some(LOT, '9')]))).to.include({ shipped: '3', open: '3', shippedInUnits: '6' });
  });

  it('are counted over all units that the event names', () => {
    const both = [...packed, pack(1, Q, [some(LOT, '3')], { bizLocation: PLANT })];
    expect(sumsOf(...both, step(2, 'shipping', PLANT, [P, Q, some(LOT, '9')]))).to.include({ shipped: '0', shippedInUnits: '9' });
    expect(sumsOf(...both, step(2, 'shipping', PLANT, [P, Q, some(LOT, '9'), some(LOT, '1')]))).to.include({ shipped: '1' });
  });

  it('are contents of a unit in the unit, too', () => {
    const nested = [...packed, pack(2, Q, [P], { bizLocation: PLANT })];
    expect(sumsOf(...nested, step(3, 'shipping', PLANT, [Q, some(LOT, '6')]))).to.include({ shipped: '0' });
  });

  it('are all contents where nobody says how much the unit holds', () => {
    const unknown = [made10, pack(1, P, [some(LOT)], { bizLocation: PLANT })];
    expect(sumsOf(...unknown, step(2, 'shipping', PLANT, [P, some(LOT, '900')]))).to.include({ shipped: '0', open: '0' });
  });

  it('are loose before they are put in, and beside a unit of other goods', () => {
    const later = pack(5, P, [some(LOT, '6')], { bizLocation: PLANT });
    expect(sumsOf(made10, later, step(2, 'shipping', PLANT, [P, some(LOT, '4')]))).to.include({ shipped: '4' });
    expect(sumsOf(...packed, step(2, 'shipping', PLANT, [Q, some(LOT, '4')]))).to.include({ shipped: '4' });
  });

  it('end in the unit when they are destroyed with it', () => {
    const scope = scopeOf(...packed, gone(2, [P, some(LOT, '6')], { bizLocation: PLANT }));
    expect(scope.lots[0]).to.include({ destroyed: '6', held: '4', unknown: 0 });
    expect(scope.lots[0]?.where).to.deep.equal([{ where: '0000000000001', quantity: '4' }]);
    expect(scope.findings).to.deep.equal([]);
  });

  it('are contents of the parent of a transaction', () => {
    const sale = event({ type: 'TransactionEvent', minute: 2, parent: P, objects: [some(LOT, '6')], action: 'ADD', bizStep: 'shipping' });
    expect(sumsOf(...packed, sale)).to.include({ shipped: '0', shippedInUnits: '6' });
  });

  it('are no gap where a sample is taken of what stands there', () => {
    const there = step(2, 'receiving', STORE, [P]);
    const sample = step(3, 'sampling', STORE, [some(LOT, '1')]);
    expect(gapsOf(...packed, there, sample)).to.deep.equal([]);
    expect(gapsOf(...packed, there, step(3, 'sampling', PORT, [some(LOT, '1')]))).to.include('UNKNOWN_ORIGIN');
  });

  it('are no gap where the unit stood before it was laden, but for what it came in', () => {
    const sample = step(3, 'sampling', STORE, [some(LOT, '1')]);
    const unexplained = (...events: LineageEvent[]) =>
      traceSource(graphOf([...events, sample]), [LOT]).gaps.some(({ event }) => event === sample.key);
    const laden = pack(2, P, [some(LOT, '6')]);
    expect(unexplained(step(1, 'receiving', STORE, [P]), laden)).to.equal(false);
    expect(unexplained(laden, pack(2, Q, [P]), step(2, 'arriving', STORE, [Q]))).to.equal(false);
    expect(unexplained(pack(0, Q, [P]), step(1, 'arriving', STORE, [Q]), unpack(1, Q, [P]), laden)).to.equal(true);
  });
});

describe('steps of one consignment', () => {
  const goods = [some(LOT, '10')];
  const to = { parties: [{ role: 'destination' as const, type: 'owning_party', id: BUYER }] };
  const papers = (...names: string[]) => ({ documents: names.map((id) => ({ type: 'bol', id })) });

  it('are one movement, by their quantity where nothing else is said', () => {
    const way = [
      step(1, 'shipping', PLANT, goods, to),
      step(2, 'departing', PORT, goods),
      step(3, 'arriving', place(4), goods),
      step(4, 'receiving', STORE, goods, to),
    ];
    expect(sumsOf(made10, ...way)).to.include({ shipped: '10', received: '10', open: '0', held: '10', returned: '0' });
    expect(sumsOf(made10, ...way).where).to.deep.equal([{ where: '0000000000003', quantity: '10' }]);
    expect(gapsOf(made10, ...way)).to.deep.equal([]);
    expect(scopeOf(made10, ...way).findings).to.deep.equal([]);
  });

  it('are one movement by their documents, whatever their quantity', () => {
    const way = [
      step(1, 'shipping', PLANT, goods, papers('A')),
      step(2, 'departing', PORT, [some(LOT, '9')], papers('A', 'B')),
      step(3, 'arriving', STORE, [some(LOT, '8')], papers('B')),
      step(4, 'receiving', STORE, [some(LOT, '8')], papers('B')),
    ];
    expect(sumsOf(made10, ...way)).to.include({ shipped: '10', received: '8', open: '2' });
    const { edges } = traceDestination(graphOf([made10, ...way]), [LOT]);
    expect(edges.map(({ event: key, certainty }) => [key, certainty])).to.deep.equal(way.slice(1).map(({ key }) => [key, 'certain']));
  });

  it('are a receipt themselves where no fuller one follows', () => {
    expect(sumsOf(made10, step(1, 'shipping', PLANT, goods, to), step(3, 'arriving', STORE, goods, to))).to.include({
      received: '10',
      open: '0',
    });
    expect(sumsOf(made10, step(1, 'departing', PLANT, goods))).to.include({ shipped: '10', open: '10' });
  });

  it('are taken over once: arriving, accepting, receiving', () => {
    const way = ['arriving', 'accepting', 'receiving'].map((name, at) => step(2 + at, name, STORE, goods, to));
    expect(sumsOf(made10, step(1, 'shipping', PLANT, goods, to), ...way)).to.include({ received: '10' });
  });

  it('are two movements where they say otherwise', () => {
    const other = { parties: [{ role: 'destination' as const, type: 'owning_party', id: 'https://id.gs1.org/417/0000000000009' }] };
    const ship = step(1, 'shipping', PLANT, [some(LOT, '5')], { ...to, ...papers('A') });
    expect(sumsOf(made10, ship, step(2, 'departing', PORT, [some(LOT, '5')], papers('B')))).to.include({ shipped: '10' });
    expect(sumsOf(made10, ship, step(2, 'departing', PORT, [some(LOT, '5')], other))).to.include({ shipped: '10' });
    expect(sumsOf(made10, ship, step(2, 'departing', PORT, [some(LOT, '4')]))).to.include({ shipped: '9' });
  });

  it('are two movements where goods were received on the way', () => {
    const way = [
      step(1, 'shipping', PLANT, goods, to),
      step(2, 'receiving', STORE, goods, to),
      step(3, 'departing', STORE, goods),
      step(4, 'receiving', place(4), goods, { parties: [{ role: 'source', type: 'location', id: STORE }] }),
    ];
    expect(sumsOf(made10, ...way)).to.include({ shipped: '20', received: '20', open: '0' });
  });

  it('lead on from where the goods passed', () => {
    const way = [
      step(1, 'shipping', PLANT, goods, to),
      step(2, 'departing', PORT, goods),
      gone(3, [some(LOT, '1')], { bizLocation: PORT }),
    ];
    const trace = traceDestination(graphOf([made(0, [unit('A')], goods, { bizLocation: PLANT }), ...way]), [unit('A')]);
    expect(trace.events).to.include(way[2]?.key);
    expect(trace.findings).to.deep.equal([]);
    expect(trace.gaps.map(({ code }) => code)).to.deep.equal(['NOT_RECEIVED']);
  });

  it('come back from where they were sent to', () => {
    const ship = step(1, 'shipping', PLANT, goods, { ...to, ...papers('A') });
    const parties = [{ role: 'source', type: 'owning_party', id: BUYER }];
    const back = step(2, 'receiving', STORE, [some(LOT, '4')], { disposition: 'returned', parties, ...papers('R') });
    expect(sumsOf(made10, ship, back)).to.include({ shipped: '10', returned: '4', open: '6' });
    expect(gapsOf(made10, ship, back)).to.deep.equal([]);
  });
});
