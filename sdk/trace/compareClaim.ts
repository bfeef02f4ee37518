import { headCount } from '../../protocol/ledger/ids.ts';
import type { Difference } from '../../protocol/lineage/compareTrace.ts';
import type { ProvenHistory } from '../../protocol/lineage/provenHistory.ts';
import type { TraceClaim, TraceRequest } from './checkTrace.ts';
import type { AskedGoods } from './goodsAsked.ts';
import type { Doubt, ProvenLineage } from './proveLineage.ts';

/** Where a node's answer differs from what was asked or from what is proven. */
export interface ClaimDifference {
  code: Difference['code'];
  part: Difference['part'] | 'direction' | 'ids' | 'asOf' | 'histories';
  about: string;
}

interface Comparison {
  request: Pick<TraceRequest, 'direction' | 'asOf'>;
  claim: TraceClaim;
  lineage: ProvenLineage;
  asked: AskedGoods;
}

/**
 * Compares what a node's answer says beside the trace itself: that it answers the question that was asked, about the goods that were asked about, as of now, and
 * that it counts as many entries of each of the goods as the ledger does.
 */
export function compareClaim(comparison: Comparison): { differences: ClaimDifference[]; doubts: Doubt[] } {
  const { request, claim, asked } = comparison;
  const differences: ClaimDifference[] = [
    ...asked.missing.map((about): ClaimDifference => ({ code: 'MISSING', part: 'ids', about })),
    ...asked.added.map((about): ClaimDifference => ({ code: 'ADDED', part: 'ids', about })),
    ...historiesDiffer(comparison),
  ];
  if (claim.direction !== request.direction) differences.push({ code: 'CHANGED', part: 'direction', about: String(claim.direction) });
  const asOf = Date.parse(claim.asOf);
  const wanted = request.asOf === undefined ? Number.POSITIVE_INFINITY : Date.parse(request.asOf);
  if (asOf > wanted) differences.push({ code: 'CHANGED', part: 'asOf', about: claim.asOf });
  const isOld = asOf < Math.min(wanted, presentOf(comparison));
  return { differences, doubts: isOld ? [{ code: 'STALE', id: claim.ids[0] ?? '', question: 'block' }] : [] };
}

/** Time of a block that the node could have answered from: of the newest that any node showed, and of those from which the histories came. */
function presentOf({ lineage: { newest, histories } }: Comparison): number {
  const blocks = [...histories.values()].map(({ verdict }) => Date.parse(verdict.asOf));
  return Math.max(newest.time, blocks.length === 0 ? 0 : Math.min(...blocks));
}

/** Each of the goods has its count, and under the salt that was proven it is the proven one. */
function historiesDiffer({ claim, lineage: { histories } }: Comparison): ClaimDifference[] {
  const counted = new Map(claim.histories.map((history) => [history.id, history]));
  const ids = new Set([...claim.ids, ...claim.goods.map(({ id }) => id)]);
  return [...ids].flatMap((about): ClaimDifference[] => {
    const proven = histories.get(about);
    if (proven === undefined) return [];
    const told = counted.get(about);
    if (told === undefined) return [{ code: 'MISSING', part: 'histories', about }];
    return isCountedRight(told, proven) ? [] : [{ code: 'CHANGED', part: 'histories', about }];
  });
}

function isCountedRight({ heads, entries }: TraceClaim['histories'][number], { subject, head }: ProvenHistory): boolean {
  return heads.some((each) => each.subject === subject && each.head === head) && entries >= headCount(head);
}
