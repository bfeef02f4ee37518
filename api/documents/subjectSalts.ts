import { randomBytes } from 'node:crypto';
import { toHex } from '../../protocol/encoding/hex.ts';
import type { CatalogueSubject } from '../catalogue/catalogue.ts';
import type { ApiNode } from '../node.ts';

const SALT_LENGTH = 16;

/**
 * The subject under which new documents of an identifier are recorded. Both shores write into one history: the salt is the one that is known here, else the
 * one that the peer has, else a new one. (While the peer is away both may make one; then there are two histories, and answers tell of the longer.)
 */
export async function subjectFor(node: Pick<ApiNode, 'catalogue' | 'peer'>, id: string): Promise<CatalogueSubject> {
  const [known] = node.catalogue.subjects(id);
  if (known !== undefined) return known;
  const salt = await node.peer?.salt(id);
  // Asked again: another request may have answered meanwhile.
  return node.catalogue.subjects(id)[0] ?? node.catalogue.keepSubject({ id, salt: salt ?? toHex(randomBytes(SALT_LENGTH)) });
}
