import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { KIMCHI_LOT } from '../../deploy/demo/recall/kimchiEvents.ts';
import { LAVER_LOT } from '../../deploy/demo/recall/laverEvents.ts';
import { type RecallFile, recallFiles } from '../../deploy/demo/recall/recallFiles.ts';
import { demoMembers } from '../../deploy/local/demo.ts';
import { eventHash } from '../../protocol/epcis/eventHash.ts';
import { eventsOf } from '../../protocol/epcis/eventsOf.ts';
import { validateDocument } from '../../protocol/epcis/validateDocument.ts';
import { hasCheckDigit } from '../../protocol/gs1/checkDigit.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { lotBalance } from './support/lotBalance.ts';

const eventsIn = (files: readonly RecallFile[]) => files.flatMap(({ document }) => eventsOf(document).map(({ event }) => event));

describe('recallFiles', () => {
  const files = recallFiles();
  const laver = files.filter(({ name }) => name.startsWith('laver'));
  const seed = fc.integer({ min: 0, max: 0xffffffff });

  it('is EPCIS that a node captures', () => {
    for (const { name, document } of files) expect(validateDocument(parseStrict(JSON.stringify(document))), name).to.deep.equal([]);
  });

  it('has GS1 keys of the prefix for examples, with their check digits', () => {
    const links = new Set(JSON.stringify(files.map(({ document }) => document)).match(/https:\/\/id\.gs1\.org\/[^"]+/g));
    expect(links.size).to.be.greaterThan(10);
    for (const link of links) {
      const [, key = ''] = /^https:\/\/id\.gs1\.org\/(?:00|01|414|417)\/(\d+)/.exec(link) ?? [];
      expect(key, link).to.match(/^0?952/);
      expect(hasCheckDigit(key), link).to.equal(true);
    }
  });

  it('is filed by members of the demo', () => {
    const slugs = demoMembers(join(import.meta.dirname, '../../deploy/demo')).map(({ slug }) => slug);
    expect(slugs).to.include.members(files.map(({ member }) => member));
  });

  it('tells every event once', () => {
    const hashes = eventsIn(files).map((event) => eventHash(event));
    expect(new Set(hashes).size).to.equal(hashes.length);
  });

  it('adds up, whatever the seed', () => {
    fc.assert(
      fc.property(seed, (chosen) => {
        const { open, ...sums } = lotBalance(eventsIn(recallFiles(chosen).filter(({ name }) => name.startsWith('laver'))), LAVER_LOT);
        expect(sums).to.deep.equal({ made: 2_400, household: 310, orders: 287, traded: 2_090, returned: 264, destroyed: 2_354 });
        expect([...open.values()].every((left) => left > 0)).to.equal(true);
        expect([...open.values()].reduce((sum, left) => sum + left, 0)).to.equal(46);
      }),
      { numRuns: 5 },
    );
  });

  it('ships between 2026-10-20 and 2026-11-05, and takes back by 2026-11-20', () => {
    const days = (of: (event: { bizStep?: unknown; disposition?: unknown }) => boolean) =>
      eventsIn(laver)
        .filter((event) => of(event) && JSON.stringify(event).includes('urn:uuid:'))
        .map(({ eventTime }) => String(eventTime).slice(0, 10))
        .sort();
    const shipped = days(({ bizStep }) => bizStep === 'shipping');
    const returned = days(({ disposition }) => disposition === 'returned');
    expect([shipped[0], shipped.at(-1)]).to.deep.equal(['2026-10-20', '2026-11-05']);
    expect([returned[0], returned.at(-1)]).to.deep.equal(['2026-11-13', '2026-11-20']);
  });

  it('takes back a part of one order', () => {
    const { open } = lotBalance(eventsIn(laver), LAVER_LOT);
    const shipped = eventsIn(laver).filter(({ bizStep }) => bizStep === 'shipping');
    const partial = shipped.filter((event) => {
      const [, left] = [...open].find(([order]) => JSON.stringify(event).includes(order)) ?? [];
      return left !== undefined && left < Number((event.quantityList as { quantity: number }[])[0]?.quantity);
    });
    expect(partial).to.have.lengthOf(1);
  });

  it('is the same for the same seed, with other orders for another', () => {
    expect(recallFiles()).to.deep.equal(files);
    fc.assert(
      fc.property(seed, seed, (one, other) => {
        fc.pre(one !== other);
        const tokens = new Set(JSON.stringify(recallFiles(one)).match(/urn:uuid:[^"]+/g));
        expect(
          JSON.stringify(recallFiles(other))
            .match(/urn:uuid:[^"]+/g)
            ?.some((token) => tokens.has(token)),
        ).to.equal(false);
      }),
      { numRuns: 5 },
    );
  });

  it('holds all of the mirror back in Busan', () => {
    const { made, household, traded, destroyed } = lotBalance(eventsIn(files), KIMCHI_LOT);
    expect({ made, household, traded, destroyed }).to.deep.equal({ made: 180, household: 0, traded: 180, destroyed: 0 });
  });
});
