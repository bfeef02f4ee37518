import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUtf8 } from '../../protocol/encoding/utf8.ts';
import { sha256 } from '../../protocol/hash/sha256.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { keepRelease } from '../access/keepRelease.ts';
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
    } else if (body.type === 'filing') {
      const { id, salt, text } = body;
      catalogue.keepSubjects([{ id, salt }]);
      catalogue.keepFiling(subjectKey(id, salt), toHex(sha256(toUtf8(text))), cid);
    } else if (body.type === 'release') {
      keepRelease(catalogue, body.text, cid);
    } else {
      const description = describeBody(body);
      catalogue.add([{ ...description, cid }], new Map<Hex, readonly BodySubject[]>([[description.leaf, body.subjects]]));
    }
  }
  return found;
}
