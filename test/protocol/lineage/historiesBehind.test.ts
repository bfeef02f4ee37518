import { expect } from 'chai';
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
});
