import { SHORE } from '../../protocol/ledger/codes.ts';
import { ApiError } from '../errors.ts';
import type { ApiNode } from '../node.ts';
import type { Visibility } from './body.ts';

/** Reads who may see a body, in any letter case. @throws ApiError `BAD_REQUEST` */
export function visibilityOf(asked: unknown, pointer: string): Visibility {
  const name = typeof asked === 'string' ? asked.toUpperCase() : undefined;
  if (name === 'PUBLIC' || name === 'DOMESTIC') return name;
  throw new ApiError('BAD_REQUEST', 'a visibility is PUBLIC or DOMESTIC', { pointer });
}

/** A body stays with the node of its issuer's shore: no other may be given it. @throws ApiError `FORBIDDEN`, `INDEX_BEHIND` */
export async function requireHome({ config, index }: ApiNode, member: number): Promise<void> {
  const row = await index.member(member);
  if (row === undefined) throw new ApiError('INDEX_BEHIND', 'the member is not indexed yet');
  if (row.standing.shore !== SHORE[config.shore])
    throw new ApiError('FORBIDDEN', "what stays in its country is given to the node of the member's own shore");
}
