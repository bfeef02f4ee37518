import { expect } from 'chai';
import type { LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';
import { type Trace, type TraceOptions, traceDestination, traceSource } from '../../../protocol/lineage/trace.ts';
import { born, event, gone, graphOf, inError, lot, made, pack, pallet, peek, place, seen, some, unit, unpack } from './events.ts';

const [A, B, C] = [unit('A'), unit('B'), unit('C')];
const [P, Q] = [pallet(1), pallet(2)];
const [HERE, THERE] = [place(1), place(2)];

function destination(events: LineageEvent[], id: string, options: TraceOptions = {}): Trace {
  return traceDestination(graphOf(events), [id], options);
}

function source(events: LineageEvent[], id: string, options: TraceOptions = {}): Trace {
  return traceSource(graphOf(events), [id], options);
}

const ids = ({ goods }: Trace): string[] => [...new Set(goods.map(({ id }) => id))].sort();
const at = ({ goods }: Trace, id: string, where?: string): string | undefined =>
  goods.find((one) => one.id === id && (where === undefined || one.where === where))?.certainty;
const gaps = (trace: Trace): string[] => trace.gaps.map(({ code }) => code);
const findings = (trace: Trace): string[] => trace.findings.map(({ code }) => code);

describe('lineage pitfalls', () => {
  describe('1 shared pallet', () => {
    it('1 follows a pallet only while the goods are on it', () => {
      const ship = seen(4, [P], { bizStep: 'shipping' });
      const events = [pack(1, P, [A]), seen(2, [P], { bizStep: 'shipping' }), unpack(3, P, [A]), pack(3, P, [B]), ship, made(5, [P], [C])];
      const trace = destination(events, A);
      expect(ids(trace)).to.deep.equal([A, P].sort());
      expect(trace.events).to.not.include(ship.key);
      expect(ids(destination(events, B))).to.include(C);
    });

    it('1 intersects the intervals of nested units', () => {
      const early = seen(2, [Q]);
      const late = seen(6, [Q]);
      const between = seen(4, [Q]);
      const events = [pack(1, Q, [P]), early, pack(3, P, [A]), between, unpack(5, P), late];
      const { events: keys } = destination(events, A);
      expect(keys).to.include(between.key).and.to.not.include.members([early.key, late.key]);
    });

    it('1 closes all that is open without a list of children', () => {
      const events = [pack(1, P, [A, B]), unpack(2, P), made(3, [P], [C])];
      expect(ids(destination(events, A))).to.deep.equal([A, P].sort());
    });

    it('1 does not spread from goods to others on one pallet', () => {
      expect(ids(destination([pack(1, P, [A, B]), seen(2, [P])], A))).to.deep.equal([A, P].sort());
    });

    it('1 finds all that was on a pallet', () => {
      expect(ids(destination([pack(1, P, [A]), unpack(2, P), pack(3, P, [B])], P))).to.deep.equal([A, B, P].sort());
    });

    it('1 infers from an observation that something was there, not that the rest left', () => {
      const ship = seen(3, [P], { bizStep: 'shipping' });
      const events = [pack(1, P, [A]), peek(2, P, [B]), ship];
      expect(destination(events, A).events).to.include(ship.key);
      expect(gaps(destination(events, B))).to.include('UNKNOWN_START');
      expect(at(source([made(0, [C], [P]), ...events], B), C)).to.equal('possible');
    });
  });

  describe('2 lots at places', () => {
    const L = lot('L');
    const X = lot('X');
    const Y = lot('Y');
    const advice = { documents: [{ type: 'desadv', id: 'urn:da:1' }] };

    it('2 keeps the goods of one lot at two places apart', () => {
      const events = [
        born(1, [some(L, '10')], { bizLocation: HERE }),
        born(1, [some(L, '10')], { bizLocation: THERE }),
        made(2, [some(L, '5')], [some(X, '5')], { bizLocation: HERE }),
        made(2, [some(L, '5')], [some(Y, '5')], { bizLocation: THERE }),
      ];
      expect(source(events, X).goods.filter(({ id }) => id === L)).to.have.length(1);
      expect(ids(destination(events, L))).to.include.members([X, Y]);
    });

    it('2 follows a shipment to its receipt by its documents for certain', () => {
      const events = [
        made(0, [some(X, '9')], [some(L, '10')], { bizLocation: HERE }),
        seen(1, [some(L, '10')], { bizStep: 'shipping', bizLocation: HERE, ...advice }),
        seen(2, [some(L, '10')], { bizStep: 'receiving', bizLocation: THERE, ...advice }),
        made(3, [some(L, '10')], [some(Y, '10')], { bizLocation: THERE }),
      ];
      expect(at(destination(events, X), Y)).to.equal('certain');
      expect(at(source(events, Y), X)).to.equal('certain');
    });

    it('2 follows a shipment to its receipt by its parties possibly', () => {
      const to = { parties: [{ role: 'destination' as const, type: 'location', id: THERE }] };
      const events = [
        made(0, [some(X, '9')], [some(L, '10')], { bizLocation: HERE }),
        seen(1, [some(L, '10')], { bizStep: 'shipping', bizLocation: HERE, ...to }),
        seen(2, [some(L, '10')], { bizStep: 'receiving', bizLocation: THERE }),
        made(3, [some(L, '10')], [some(Y, '10')], { bizLocation: THERE }),
      ];
      expect(at(destination(events, X), Y)).to.equal('possible');
      expect(gaps(destination(events, X))).to.not.include('NOT_RECEIVED');
    });

    it('2 is not certain which goods leave once others have come', () => {
      const events = [
        made(1, [some(X, '9')], [some(L, '10')], { bizLocation: HERE }),
        born(2, [some(L, '10')], { bizLocation: HERE }),
        made(3, [some(L, '5')], [some(Y, '5')], { bizLocation: HERE }),
      ];
      expect(at(destination(events, X), Y)).to.equal('possible');
    });

    it('2 shows goods that turned up nobody says whence as possible', () => {
      const events = [
        made(1, [some(X, '9')], [some(L, '10')], { bizLocation: HERE }),
        made(3, [some(L, '5')], [some(Y, '5')], { bizLocation: THERE }),
      ];
      expect(at(destination(events, X), Y)).to.equal('possible');
      expect(gaps(source(events, Y))).to.include('UNKNOWN_ORIGIN');
    });

    it('2 tells one lot number of two products apart', () => {
      const other = `https://id.gs1.org/01/09521001009999/10/L`;
      const events = [made(1, [some(L, '1')], [some(X, '1')]), made(2, [some(other, '1')], [some(Y, '1')])];
      expect(ids(destination(events, L))).to.not.include(Y);
    });

    it('2 follows goods of a lot through the pallet that they are on', () => {
      const events = [
        made(0, [some(X, '9')], [some(L, '10')], { bizLocation: HERE }),
        pack(1, P, [some(L, '10')], { bizLocation: HERE }),
        unpack(2, P, [], { bizLocation: THERE }),
        made(3, [some(L, '10')], [some(Y, '10')], { bizLocation: THERE }),
      ];
      expect(at(destination(events, X), Y)).to.equal('certain');
      expect(at(source(events, Y), X)).to.equal('certain');
      expect(at(destination(events, P), Y)).to.equal('certain');
    });
  });

  it('3 joins a lot with its serial numbers, both ways', () => {
    const events = [
      made(1, [some(lot('M'), '1')], [some(lot('L'), '2')]),
      born(2, [
        { id: A, lot: lot('L') },
        { id: B, lot: lot('L') },
      ]),
    ];
    expect(ids(destination(events, lot('M')))).to.include.members([A, B]);
    expect(ids(source(events, A)))
      .to.include(lot('M'))
      .and.to.not.include(B);
  });

  describe('4 quantities', () => {
    const L = lot('L');

    it('4 finds that more left than had come', () => {
      const events = [born(1, [some(L, '10', 'KGM')]), made(2, [some(L, '10500', 'GRM')], [some(lot('X'), '1')])];
      expect(destination(events, L).findings).to.deep.include({
        code: 'OUTPUT_EXCEEDS_INPUT',
        id: L,
        place: '',
        unit: 'KGM',
        input: '10',
        output: '10.5',
        event: events[1]?.key,
      });
    });

    it('4 does not judge across dimensions, or what is unknown', () => {
      expect(findings(destination([born(1, [some(L, '10', 'KGM')]), gone(2, [some(L, '500')])], L))).to.deep.equal([]);
      expect(findings(destination([born(1, [some(L)]), gone(2, [some(L, '500')])], L))).to.deep.equal([]);
    });

    it('4 keeps the rest of a lot that was partly taken out of a unit', () => {
      const ship = seen(3, [P], { bizStep: 'shipping' });
      const events = [pack(1, P, [some(L, '10')]), unpack(2, P, [some(L, '4')]), ship];
      expect(destination(events, L).events).to.include(ship.key);
      expect(destination([...events, unpack(4, P, [some(L, '6')]), seen(5, [P])], L).events).to.have.length(4);
    });

    it('4 finds a transformation that makes mass', () => {
      expect(findings(source([made(1, [some(L, '10', 'KGM')], [some(lot('X'), '11', 'KGM')])], lot('X')))).to.deep.equal([
        'OUTPUT_EXCEEDS_INPUT',
      ]);
    });
  });

  it('5 reads a pattern as a class, not as a thing', () => {
    const pattern = 'https://id.gs1.org/01/09521001001021';
    const events = [made(1, [some(pattern, '5')], [some(lot('X'), '5')], { bizLocation: HERE }), seen(2, [A])];
    expect(ids(source(events, lot('X')))).to.deep.equal([pattern, lot('X')].sort());
  });

  describe('6 error declarations', () => {
    const wrong = made(1, [A], [B], { issuer: 7 });

    it('6 drops what its latest record declares in error, and shows it', () => {
      const trace = destination([wrong, inError(wrong, 5)], A);
      expect(ids(trace)).to.deep.equal([A]);
      expect([trace.events, trace.declared]).to.deep.equal([[], [wrong.key]]);
    });

    it('6 takes back what was captured again after the declaration', () => {
      const again = { ...wrong, key: 'again', recordTime: 9 * 60_000 };
      expect(ids(destination([wrong, inError(wrong, 5), again], A))).to.deep.equal([A, B].sort());
    });

    it('6 applies correctives, and says when they have not come', () => {
      const right = made(1, [A], [C], { eventId: 'urn:uuid:right', known: 9 });
      const events = [seen(0, [A]), wrong, inError(wrong, 5, ['urn:uuid:right'])];
      expect(gaps(destination(events, A))).to.deep.equal(['CORRECTIVE_MISSING']);
      expect(ids(destination([...events, right], A))).to.deep.equal([A, C].sort());
      expect(gaps(destination([...events, right], A))).to.deep.equal([]);
    });

    it('6 shows a declaration by somebody else, which does not count', () => {
      const trace = destination([wrong, inError(wrong, 5, [], 8)], A);
      expect(ids(trace)).to.deep.equal([A, B].sort());
      expect(findings(trace)).to.deep.equal(['FOREIGN_DECLARATION']);
    });
  });

  describe('7 late and out of order', () => {
    const events = [pack(1, P, [A]), seen(2, [P]), unpack(3, P, [A], { known: 30 }), made(4, [P], [C])];

    it('7 answers alike in whatever order events come', () => {
      expect(destination(events.toReversed(), A)).to.deep.equal(destination(events, A));
    });

    it('7 answers as of what was known then', () => {
      expect(ids(destination(events, A, { asOf: 10 * 60_000 }))).to.include(C);
      expect(ids(destination(events, A))).to.not.include(C);
    });

    it('7 answers as of what had happened', () => {
      expect(ids(destination([made(1, [A], [B]), made(2, [B], [C])], A, { at: 60_000 }))).to.deep.equal([A, B].sort());
    });
  });

  it('8 orders what happens in one instant: begins, is seen, ends', () => {
    const ship = seen(1, [P], { bizStep: 'shipping' });
    const trace = destination([unpack(1, P, [A]), ship, pack(1, P, [A])], A);
    expect(trace.events).to.have.length(3).and.to.include(ship.key);
    expect(gaps(trace)).to.not.include('UNKNOWN_START');
  });

  describe('9 cycles and fan-out', () => {
    it('9 ends on a loop of rework', () => {
      const events = [made(1, [A], [B]), made(2, [B], [A]), made(3, [A], [C])];
      expect(ids(destination(events, A))).to.deep.equal([A, B, C].sort());
    });

    it('9 ends where a unit is said to be in itself', () => {
      const events = [pack(1, P, [Q]), pack(2, Q, [P]), seen(3, [P])];
      expect(ids(destination(events, P))).to.deep.equal([P, Q].sort());
    });

    it('9 says that it went no deeper', () => {
      const events = [made(1, [A], [B]), made(2, [B], [C])];
      expect(ids(destination(events, A, { maxDepth: 1 }))).to.deep.equal([A, B].sort());
      expect(destination(events, A, { maxDepth: 1 }).truncated).to.equal(true);
      expect(destination(events, A, { maxDepth: 2 }).truncated).to.equal(false);
    });

    it('9 says so, too, of a place that it reached from elsewhere', () => {
      const N = lot('N');
      const events = [
        pack(0, P, [some(N, '1')], { bizLocation: THERE }),
        made(0, [], [some(N, '2')], { bizLocation: HERE }),
        seen(1, [some(N, '1')], { bizStep: 'accepting', bizLocation: HERE }),
        made(8, [{ id: A, lot: N }, some(N, '2')], [some(N, '1')], { bizLocation: HERE }),
      ];
      expect(source(events, A).goods.some(({ depth }) => depth > 1)).to.equal(true);
      expect(source(events, A, { maxDepth: 1 }).truncated).to.equal(true);
    });

    it('9 continues where it ended', () => {
      const events = [made(1, [A], [B, C])];
      const whole = destination(events, A);
      const first = destination(events, A, { limit: 2 });
      const second = destination(events, A, { limit: 2, cursor: first.cursor as string });
      expect([...first.goods, ...second.goods]).to.deep.equal(whole.goods);
      expect(first.edges.length + second.edges.length).to.equal(whole.edges.length);
      expect([first.truncated, second.truncated]).to.deep.equal([true, false]);
    });

    it('9 names a transformation once, not each input with each output', () => {
      const things = Array.from({ length: 50 }, (_, index) => unit(String(index)));
      expect(source([made(1, things, [A])], A).edges).to.have.length(51);
    });
  });

  describe('10 partial visibility', () => {
    it('10 says that goods were shipped and never received', () => {
      expect(gaps(destination([pack(1, P, [A]), seen(2, [P], { bizStep: 'shipping' })], A))).to.deep.equal([
        'NOT_RECEIVED',
        'NOT_RECEIVED',
      ]);
      expect(gaps(destination([seen(2, [some(lot('L'), '1')], { bizStep: 'shipping' })], lot('L')))).to.deep.equal(['NOT_RECEIVED']);
    });

    it('10 says to whom goods went that were not received', () => {
      const parties = [
        { role: 'source' as const, type: 'owning_party', id: HERE },
        { role: 'destination' as const, type: 'owning_party', id: 'urn:buyer:1' },
      ];
      const ship = seen(2, [some(lot('L'), '1')], { bizStep: 'shipping', parties });
      const gap = { code: 'NOT_RECEIVED', id: lot('L'), event: ship.key, to: ['urn:buyer:1'] };
      expect(destination([ship], lot('L')).gaps).to.deep.equal([gap]);
    });

    it('10 says that nobody told what is in a unit', () => {
      expect(gaps(destination([seen(1, [P])], P))).to.deep.equal(['UNKNOWN_CONTENTS']);
    });
  });

  it('11 replaces dispositions and keeps persistent ones until unset', () => {
    const events = [
      seen(1, [A], { disposition: 'in_transit', persistentDisposition: { set: ['recalled', 'damaged'], unset: [] } }),
      seen(2, [A], { disposition: 'returned', persistentDisposition: { set: [], unset: ['damaged'] } }),
    ];
    const [found] = destination(events, A).goods;
    expect(found?.lastSeen?.disposition).to.equal('returned');
    expect(found?.lastSeen?.persistentDispositions).to.deep.equal(['recalled']);
  });

  it('12 counts an event that is captured twice once', () => {
    const first = born(1, [some(lot('L'), '10')]);
    const events = [first, { ...first, key: 'again', recordTime: 99 * 60_000 }, gone(2, [some(lot('L'), '15')])];
    expect(findings(destination(events, lot('L')))).to.deep.equal(['OUTPUT_EXCEEDS_INPUT']);
    expect(destination(events, lot('L')).events).to.deep.equal([first.key, events[2]?.key]);
  });

  describe('13 deleted goods', () => {
    it('13 finds goods that reappear after their deletion', () => {
      expect(findings(destination([gone(1, [A]), seen(2, [A])], A))).to.deep.equal(['REAPPEARED']);
    });
  });

  it('keeps association apart from the flow of goods', () => {
    const logger = 'https://id.gs1.org/8004/9521001LOGGER';
    const paired = event({ type: 'AssociationEvent', minute: 1, parent: P, children: [logger], action: 'ADD' });
    const trace = destination([paired, made(2, [P], [C])], logger);
    expect(ids(trace)).to.deep.equal([logger]);
    expect(trace.edges.map(({ kind }) => kind)).to.deep.equal(['association']);
  });

  it('joins the events of one transformation in whatever order', () => {
    const id = { transformationID: 'urn:t:1' };
    const events = [made(5, [A], [], id), made(3, [], [B], id), made(9, [C], [], id)];
    expect(ids(destination(events, A))).to.deep.equal([A, B].sort());
    expect(ids(source(events, B))).to.deep.equal([A, B, C].sort());
  });
});
