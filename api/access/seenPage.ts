import type { CatalogueDocument } from '../catalogue/catalogue.ts';
import type { ApiNode } from '../node.ts';
import { seen } from './maySee.ts';
import type { Reader } from './reader.ts';

/**
 * The first documents of a list that a reader may see. What the catalogue cannot tell apart, as releases that were withdrawn, is left out and made up for, so that a
 * short page is always the last one.
 *
 * @param read documents after one of them, in the list's order, at most `first`
 */
export async function seenPage(
  node: ApiNode,
  reader: Reader,
  first: number,
  read: (first: number, after: CatalogueDocument | undefined) => readonly CatalogueDocument[],
): Promise<CatalogueDocument[]> {
  const found: CatalogueDocument[] = [];
  for (let after: CatalogueDocument | undefined; found.length < first; ) {
    const part = read(first, after);
    found.push(...(await seen(node, reader, part)));
    after = part.at(-1);
    if (part.length < first) break;
  }
  return found.slice(0, first);
}
