import { expect } from 'chai';
import type { LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';
import { LineageView } from '../../../protocol/lineage/lineageView.ts';
import { type Travels, travelsOf } from '../../../protocol/lineage/travels.ts';
import { born, graphOf, inError, lot, made, pack, pallet, peek, seen, some, unit, unpack } from './events.ts';

const [A, B, C] = [unit('A'), unit('B'), unit('C')];
const [P, Q] = [pallet(1), pallet(2)];
const [L, M, RAW] = [lot('L'), lot('M'), lot('RAW')];

function travels(events: LineageEvent[], id: string): Travels {
  return travelsOf(new LineageView(graphOf(events)), id);
}

describe('travels', () => {
  describe('travelsOf', () => {
    it('follows a unit while the goods are in it and no longer', () => {
      const [before, during, after] = [1, 4, 6].map((minute) => seen(minute, [P], { bizStep: 'arriving' })) as [
        LineageEvent,
        LineageEvent,
        LineageEvent,
      ];
      const { meanwhile } = travels([before, pack(2, P, [A]), during, unpack(5, P, [A]), after, pack(7, P, [B])], A);
      expect(meanwhile).to.deep.equal([{ event: during.key, unit: P, certain: true }]);
    });

    it('follows what the unit is in, for the time that both last', () => {
      const [early, sailing, late] = [3, 6, 9].map((minute) => seen(minute, [Q], { bizStep: 'transporting' })) as [
        LineageEvent,
        LineageEvent,
        LineageEvent,
      ];
      const loaded = pack(5, Q, [P]);
      const { meanwhile, companions } = travels([pack(1, P, [A]), early, loaded, sailing, unpack(8, P, [A]), late], A);
      expect(meanwhile.map(({ event }) => event)).to.deep.equal([loaded.key, sailing.key]);
      expect(companions).to.deep.equal([
        { id: P, role: 'unit', certain: true },
        { id: Q, role: 'unit', certain: true },
      ]);
    });

    it('follows a lot into each of its units', () => {
      const [one, other] = [seen(3, [P]), seen(3, [Q])];
      const { meanwhile } = travels([born(1, [some(L, '4')]), pack(2, P, [some(L, '2')]), pack(2, Q, [some(L, '2')]), one, other], L);
      expect(meanwhile.map(({ unit }) => unit)).to.have.members([P, Q]);
    });

    it('tells events that name the goods themselves as their own', () => {
      expect(travels([pack(1, P, [A]), seen(2, [P, A])], A).meanwhile).to.deep.equal([]);
    });

    it('goes round no circle of units', () => {
      expect(travels([pack(1, P, [A]), pack(2, Q, [P]), pack(3, P, [Q])], A).companions.map(({ id }) => id)).to.deep.equal([P, Q]);
    });

    it('names what a unit holds and what is in that, of an empty one what it held last', () => {
      const roles = (events: LineageEvent[], id: string) => travels(events, id).companions.map((one) => `${one.role} ${one.id}`);
      const laden = [pack(1, P, [A, B, some(L, '4')]), pack(2, Q, [P])];
      expect(roles(laden, Q)).to.have.members([P, A, B, L].map((id) => `content ${id}`));
      expect(roles([...laden, unpack(3, P, [A]), unpack(4, P, [some(L, '3')])], Q)).to.have.members([P, B, L].map((id) => `content ${id}`));
      expect(roles([...laden, unpack(3, P, [A]), unpack(4, Q, [P]), pack(5, P, [C])], Q)).to.have.members(
        [P, B, L].map((id) => `carried ${id}`),
      );
      expect(roles([pack(1, P, [A]), unpack(2, P, [A]), pack(3, P, [B]), unpack(4, P, [B])], P)).to.deep.equal([`carried ${B}`]);
      expect(roles(laden, A)).to.deep.equal([`unit ${P}`, `unit ${Q}`]);
    });

    it('names what goods were made of, certain only where there is one origin', () => {
      const inputs = (events: LineageEvent[], id: string) => travels(events, id).companions;
      expect(inputs([made(1, [some(RAW)], [some(L)])], L)).to.deep.equal([{ id: RAW, role: 'input', certain: true }]);
      const twice = inputs([made(1, [some(RAW)], [some(L)]), made(2, [some(M)], [some(L)])], L);
      expect(twice).to.deep.equal([
        { id: RAW, role: 'input', certain: false },
        { id: M, role: 'input', certain: false },
      ]);
    });

    it('joins the events of one transformation', () => {
      const part = { transformationID: 'urn:t:1' };
      const events = [made(1, [some(RAW)], [], part), made(2, [some(M)], [], part), made(3, [], [A], part)];
      expect(travels(events, A).companions.map(({ id, certain }) => [id, certain])).to.deep.equal([
        [RAW, true],
        [M, true],
      ]);
    });

    it('names the lot of one thing', () => {
      expect(travels([seen(1, [{ id: A, lot: L }])], A).companions).to.deep.equal([{ id: L, role: 'lot', certain: true }]);
    });

    it('leaves out what was declared in error, and says so', () => {
      const wrong = pack(2, P, [A]);
      const { companions, declared, declarations, gaps } = travels([born(1, [A]), wrong, seen(3, [P]), inError(wrong, 4, ['urn:new'])], A);
      expect(companions).to.deep.equal([]);
      expect([...declared]).to.deep.equal([wrong.key]);
      expect(declarations.size).to.equal(1);
      expect(gaps).to.deep.equal(['CORRECTIVE_MISSING']);
    });

    it('names what the records leave open', () => {
      expect(travels([born(1, [C]), seen(2, [C], { bizStep: 'shipping' })], C).gaps).to.deep.equal(['NOT_RECEIVED']);
      expect(travels([born(1, [C]), seen(2, [C], { bizStep: 'shipping' }), seen(3, [C], { bizStep: 'receiving' })], C).gaps).to.deep.equal(
        [],
      );
      expect(travels([peek(2, P, [A])], A).gaps).to.deep.equal(['UNKNOWN_START']);
      expect(travels([seen(1, [P])], P).gaps).to.deep.equal(['UNKNOWN_CONTENTS']);
    });

    it('takes what the unit was seen to do for the goods in it', () => {
      const arrived = seen(4, [P], { bizStep: 'receiving' });
      expect(travels([pack(1, P, [A]), seen(2, [A], { bizStep: 'shipping' }), arrived], A).gaps).to.deep.equal([]);
    });
  });
});
