import { kindName } from '../../protocol/ledger/codes.ts';
import type { SealedEntry } from '../access/sealedEntries.ts';
import { instant } from '../instant.ts';
import type { TraceAnswer } from './answerTrace.ts';

/** An answer as `/trace/source` and `/trace/destination` give it (docs/spec/api.md): what a reader compares with what it recomputed. */
export function traceJson({ ids, direction, block, asOf, at, trace, histories }: TraceAnswer) {
  const { goods, ...rest } = trace;
  return {
    ids,
    direction,
    block: { height: block.height, hash: block.hash, time: instant(block.timestamp), indexDigest: block.digest },
    asOf: new Date(asOf).toISOString(),
    ...(at !== undefined && { at: new Date(at).toISOString() }),
    goods,
    ...rest,
    histories: [...histories.values()].map(({ id, entries, heads, sealed }) => ({
      id,
      entries,
      heads: heads.map(({ subject, head }) => ({ subject, head })),
      sealed: sealed.map(sealedJson),
    })),
  };
}

/** An entry that is not shown: what the ledger tells of it to everybody. */
export function sealedJson({ leaf, kind, issuer, reason }: SealedEntry) {
  return { leaf, kind: kindName(kind), issuer, reason };
}
