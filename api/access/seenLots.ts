import type { Hex } from '../../protocol/encoding/hex.ts';
import type { CatalogueDocument, CatalogueLot } from '../catalogue/catalogue.ts';
import type { ApiNode } from '../node.ts';
import { type Reader, viewOf } from './reader.ts';
import { seenPage } from './seenPage.ts';

/**
 * Lots of a product that a document names which the reader may see: what a lot is called is on no ledger.
 *
 * @param gtin 14 digits
 */
export async function seenLots(node: ApiNode, reader: Reader, gtin: string, wanted: number, from?: string): Promise<CatalogueLot[]> {
  const view = viewOf(reader);
  const found: CatalogueLot[] = [];
  for (let after = from; found.length < wanted; ) {
    const part = node.catalogue.lots(gtin, { first: wanted, view, ...(after !== undefined && { after }) });
    for (const lot of part) {
      const isNamed = () =>
        seenPage(node, reader, 1, (first, last) => node.catalogue.documentsOfSubject(lot.id, { first, view, ...afterLeaf(last) }));
      if (lot.isPublic || (await isNamed()).length > 0) found.push(lot);
    }
    after = part.at(-1)?.lot;
    if (part.length < wanted) break;
  }
  return found.slice(0, wanted);
}

/** Where a list by leaf goes on. */
export function afterLeaf(last: CatalogueDocument | undefined): { after?: Hex } {
  return last === undefined ? {} : { after: last.leaf };
}
