import type { MemberRow } from '../../../indexer/store/rows.ts';
import { badInput } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';

/** A member that an indexed event names. @throws GraphQLError `INDEX_BEHIND` */
export async function memberOf({ members }: GraphqlContext, member: number): Promise<MemberRow> {
  const row = await members.load(member);
  if (row === undefined) throw badInput('INDEX_BEHIND', `member ${member} is not indexed yet`);
  return row;
}
