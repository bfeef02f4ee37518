import { expect } from 'chai';
import { lot, pack, pallet, place, seen, some, unpack } from './events.ts';
import { ASKED, randomEvents } from './randomEvents.ts';
import { misread } from './readFromHistories.ts';

/** What CI reads; `npm run campaign:lineage` reads more. */
const GRAPHS = 300;
/** What reading by reached goods alone got wrong: a unit beside a lot that was emptied, a serial number of a lot, units above the last step, what lies beyond it. */
const KNOWN = [109, 120, 264, 373, 517];

describe('historiesBehind', () => {
  it('names all histories that answers rest on', () => {
    for (const seed of new Set([...KNOWN, ...Array.from({ length: GRAPHS }, (_, index) => index + 1)]))
      expect(misread(randomEvents(seed), ASKED), `seed ${seed}`).to.deep.equal([]);
  }).timeout(120_000);

  it('needs none of what a pallet was in before the goods were on it', () => {
    const [load, lorry] = [pallet(1), pallet(2)];
    const taken = seen(5, [some(lot('L'), '1')], { bizStep: 'sampling', bizLocation: place(1) });
    const before = [pack(1, lorry, [load]), seen(2, [lorry], { bizLocation: place(1) }), unpack(3, lorry, [load])];
    expect(misread([...before, pack(4, load, [some(lot('L'), '9')]), taken], [lot('L')])).to.deep.equal([]);
  });
});
