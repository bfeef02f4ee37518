import type { TermWord } from '../../../../protocol/law/words.ts';
import { reasonName } from '../../../../protocol/ledger/codes.ts';
import type { GraphqlContext } from '../../context.ts';
import { memberOf } from '../memberOf.ts';
import { instantOf } from '../scalars.ts';

/** Fields of a term. */
export const Term = {
  from: ({ from }: TermWord) => instantOf(from),
  until: ({ until }: TermWord) => instantOf(until),
  endedAt: ({ endedAt }: TermWord) => instantOf(endedAt),
  reason: ({ reason }: TermWord) => reasonName(reason) ?? 'NONE',
  compromisedSince: ({ compromisedSince }: TermWord) => instantOf(compromisedSince),
  by: ({ by }: TermWord, _: unknown, context: GraphqlContext) => (by === 0 ? null : memberOf(context, by)),
};
