import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Catalogue, type CatalogueDocument, openCatalogue } from '../../api/catalogue/catalogue.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { KIND } from '../../protocol/ledger/codes.ts';

const IDS = ['A', 'B', 'C'].map((lot) => `https://id.gs1.org/01/09521001001021/10/${lot}`);
const SALT: Hex = `0x${'5a'.repeat(16)}`;

/** What happens to a catalogue: an event of some number comes, with what it names, or is recorded. */
type Act = { readonly event: number } & (
  | { readonly visibility: 'PUBLIC' | 'DOMESTIC'; readonly names: readonly number[] }
  | { readonly recorded: true }
);

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({
      event: fc.nat(4),
      visibility: fc.constantFrom('PUBLIC' as const, 'DOMESTIC' as const),
      names: fc.uniqueArray(fc.nat(IDS.length - 1), { maxLength: IDS.length }),
    }),
    fc.record({ event: fc.nat(4), recorded: fc.constant(true as const) }),
  ),
  { maxLength: 25 },
);

describe('events recorded of subjects', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-counts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are counted while they are public, in whatever order document, names and record come', () => {
    let run = 0;
    fc.assert(
      fc.property(acts, (some) => {
        const catalogue = openCatalogue(join(folder, `${run++}.sqlite`));
        for (const act of some) perform(catalogue, act);
        expect(countsOf(catalogue)).to.deep.equal(expected(some));
        catalogue.close();
      }),
      { numRuns: 60 },
    );
  });

  it('are counted once for a catalogue of a former version', () => {
    const path = join(folder, 'former.sqlite');
    const some: Act[] = [
      { event: 0, visibility: 'PUBLIC', names: [0, 1] },
      { event: 1, visibility: 'DOMESTIC', names: [1] },
      { event: 0, recorded: true },
      { event: 1, recorded: true },
    ];
    const catalogue = openCatalogue(path);
    for (const act of some) perform(catalogue, act);
    catalogue.close();
    const former = new DatabaseSync(path);
    for (const trigger of ['recorded', 'named', 'document', 'visibility']) former.exec(`DROP TRIGGER count_${trigger}`);
    former.exec('ALTER TABLE subjects DROP COLUMN recorded');
    former.close();
    for (let start = 0; start < 2; start++) {
      const reopened = openCatalogue(path);
      expect(countsOf(reopened)).to.deep.equal([1, 1, 0]);
      reopened.close();
    }
  });
});

function perform(catalogue: Catalogue, act: Act): void {
  const leaf = leafOf(act.event);
  if ('recorded' in act) catalogue.record([{ leaf, recordedAt: 1 }]);
  else
    catalogue.add(
      [documentOf(leaf, act.visibility)],
      new Map([[leaf, act.names.map((name) => ({ id: IDS[name] as string, salt: SALT }))]]),
    );
}

/** By the acts themselves: a document stays in its country once it was said to. */
function expected(some: readonly Act[]): number[] {
  const recorded = new Set(some.flatMap((act) => ('recorded' in act ? [act.event] : [])));
  const documents = some.filter((act) => 'visibility' in act);
  const atHome = new Set(documents.flatMap(({ event, visibility }) => (visibility === 'DOMESTIC' ? [event] : [])));
  return IDS.map((_, name) => {
    const naming = new Set(documents.filter(({ names }) => names.includes(name)).map(({ event }) => event));
    return [...naming].filter((event) => recorded.has(event) && !atHome.has(event)).length;
  });
}

function countsOf(catalogue: Catalogue): number[] {
  const counts = new Map(catalogue.subjectsOfAll(IDS).map(({ id, recorded }) => [id, recorded]));
  return IDS.map((id) => counts.get(id) ?? 0);
}

function leafOf(event: number): Hex {
  return `0x${String(event).padStart(64, '0')}`;
}

function documentOf(leaf: Hex, visibility: 'PUBLIC' | 'DOMESTIC'): CatalogueDocument {
  return { leaf, cid: 'c', type: 'event', kind: KIND.EPCIS_EVENTS, issuer: 1, own: true, visibility, sha256: leaf, sm3: leaf };
}
