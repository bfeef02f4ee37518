import type { Hex } from '../../protocol/encoding/hex.ts';
import type { BodySubject } from '../documents/body.ts';
import type { BodyVault } from '../documents/bodyVault.ts';
import { describeBody } from '../documents/describeBody.ts';
import type { Catalogue } from './catalogue.ts';

/** Makes the catalogue again from everything in the document store; resolves with the number of bodies found. What is already catalogued stays. */
export async function rebuildCatalogue(catalogue: Catalogue, vault: BodyVault): Promise<number> {
  let found = 0;
  for await (const { cid, body } of vault.all()) {
    found += 1;
    if (body.type === 'batch') {
      const { root, leaves, captured } = body;
      catalogue.add([], new Map(), {
        root,
        cid,
        size: leaves.length,
        leaves,
        settled: false,
        ...(captured !== undefined && { slug: captured.slug }),
      });
    } else {
      const description = describeBody(body);
      catalogue.add([{ ...description, cid }], new Map<Hex, readonly BodySubject[]>([[description.leaf, body.subjects]]));
    }
  }
  return found;
}
