import type { MemberRow } from '../../../indexer/store/rows.ts';
import { roleNames, shoreName } from '../../../protocol/ledger/codes.ts';
import { memberProof } from '../../bundles/assemble.ts';
import { pageSize } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { instantOf } from './scalars.ts';

/** Fields of a member. */
export const Member = {
  id: ({ member }: MemberRow) => member,
  shore: ({ standing }: MemberRow) => shoreName(standing.shore),
  roles: ({ standing }: MemberRow) => roleNames(standing.roles),
  profile: async ({ profile }: MemberRow, _: unknown, { node }: GraphqlContext) => {
    const text = await node.profiles.find(profile);
    return text === undefined ? null : JSON.parse(text);
  },
  profileDigest: ({ profile }: MemberRow) => profile,
  validFrom: ({ standing }: MemberRow) => instantOf(standing.validFrom),
  validUntil: ({ standing }: MemberRow) => instantOf(standing.validUntil),
  suspendedAt: ({ standing: { suspendedAt, reinstatedAt } }: MemberRow) => instantOf(reinstatedAt >= suspendedAt ? 0 : suspendedAt),
  bodies: ({ member }: MemberRow, _: unknown, { node }: GraphqlContext) => node.index.origin.bodiesOf(member),
  accreditations: async ({ member }: MemberRow, { first }: { first: number }, { node }: GraphqlContext) =>
    (await node.index.laboratories.periods(member)).slice(0, pageSize(first)),
  designations: async ({ member }: MemberRow, { first }: { first: number }, { node }: GraphqlContext) =>
    (await node.index.laboratories.designations(member)).slice(0, pageSize(first)),
  proof: ({ member }: MemberRow, _: unknown, { node }: GraphqlContext) => memberProof(node, member),
};
