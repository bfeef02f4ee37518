import { FILING_KIND } from '../../../../protocol/law/codes.ts';
import { shoreName } from '../../../../protocol/ledger/codes.ts';
import { type FoundFiling, textHere } from '../../../filings/findFiling.ts';
import type { GraphqlContext } from '../../context.ts';
import { codeName } from '../codeName.ts';
import { memberOf } from '../memberOf.ts';
import { instantOf } from '../scalars.ts';

type Context = GraphqlContext;

/** Fields of a filing. */
export const Filing = {
  subject: ({ row }: FoundFiling) => row.subject,
  kind: ({ row }: FoundFiling) => codeName(FILING_KIND, row.word.kind),
  shore: ({ row }: FoundFiling) => shoreName(row.word.shore),
  version: ({ row }: FoundFiling) => row.word.version,
  member: ({ row }: FoundFiling, _: unknown, context: Context) => memberOf(context, row.word.member),
  filedAt: ({ row }: FoundFiling) => instantOf(row.word.filedAt),
  updatedAt: ({ row }: FoundFiling) => instantOf(row.word.updatedAt),
  digest: ({ row }: FoundFiling) => row.digest,
  content: async (filing: FoundFiling, _: unknown, { node }: Context) => {
    const text = await textHere(node, filing);
    return text === undefined ? null : JSON.parse(text);
  },
};
