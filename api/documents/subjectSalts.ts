import { randomBytes } from 'node:crypto';
import { toHex } from '../../protocol/encoding/hex.ts';
import type { CatalogueSubject } from '../catalogue/catalogue.ts';
import { inParallel } from '../inParallel.ts';
import type { ApiNode } from '../node.ts';

const SALT_LENGTH = 16;
const ASKED_AT_ONCE = 16;

/**
 * The subjects under which new documents of these identifiers are recorded. Both shores write into one history: the salt is the one that is known here, else the
 * one that the peer has, else a new one. (While the peer is away both may make one; then there are two histories, and answers tell of the longer.)
 */
export async function subjectsFor(
  node: Pick<ApiNode, 'catalogue' | 'peer'>,
  ids: Iterable<string>,
): Promise<Map<string, CatalogueSubject>> {
  const asked = [...new Set(ids)];
  const unknown = asked.filter((id) => node.catalogue.subjects(id).length === 0);
  const salts = await inParallel(ASKED_AT_ONCE, unknown, async (id) => ({ id, salt: await node.peer?.salt(id) }));
  // Looked up again: another request may have answered meanwhile.
  const missing = salts.filter(({ id }) => node.catalogue.subjects(id).length === 0);
  node.catalogue.keepSubjects(missing.map(({ id, salt }) => ({ id, salt: salt ?? toHex(randomBytes(SALT_LENGTH)) })));
  return new Map(asked.map((id) => [id, node.catalogue.subjects(id)[0] as CatalogueSubject]));
}
