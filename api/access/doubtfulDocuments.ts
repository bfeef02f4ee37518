import type { Hex } from '../../protocol/encoding/hex.ts';
import { SHORE } from '../../protocol/ledger/codes.ts';
import type { Catalogue, CatalogueDocument } from '../catalogue/catalogue.ts';
import type { View } from '../catalogue/view.ts';
import type { ApiNode } from '../node.ts';
import { type Reader, viewOf } from './reader.ts';

const DOCUMENTS_A_PAGE = 1_000;

/** Documents of a kind that stay in their country and are in a reader's view, but not his own: of each it is still to be judged whether he may see it. */
export function* doubtfulDocuments(node: ApiNode, reader: Reader, kind: number): Iterable<CatalogueDocument[]> {
  yield* doubtfulPages(node.catalogue, kind, { view: viewOf(reader), own: !seesAllOwn(node, reader) });
}

/** Documents of a kind that stay in their country, as the catalogue has them in a view, a page at a time. */
export function* doubtfulPages(catalogue: Catalogue, kind: number, asked: { view: View; own: boolean }): Iterable<CatalogueDocument[]> {
  for (let after: Hex | undefined; ; ) {
    const part = catalogue.doubtful(kind, { ...asked, first: DOCUMENTS_A_PAGE, ...(after !== undefined && { after }) });
    yield part;
    after = part.at(-1)?.leaf;
    if (part.length < DOCUMENTS_A_PAGE) return;
  }
}

/** What a node was given by its shore's members, that shore's agencies see all. */
export function seesAllOwn({ config }: ApiNode, reader: Reader): boolean {
  return reader.agencyOf === SHORE[config.shore];
}
