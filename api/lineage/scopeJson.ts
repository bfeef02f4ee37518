import type { RecallScope } from '../../protocol/lineage/recallScope.ts';
import { MOST_TRACED } from './answerTrace.ts';

/**
 * A recall's scope as `/trace/scope` gives it (docs/spec/api.md): sums are of everything, lists hold their first 1,000 with the number of all. The identifiers of
 * all goods are streamed by `/trace/destination`.
 */
export function scopeJson({ goods, units, shipments, gaps, lots, findings, truncated }: RecallScope) {
  return {
    lots,
    findings,
    counts: { goods: goods.length, units: units.length, shipments: shipments.length, gaps: gaps.length },
    goods: goods.slice(0, MOST_TRACED),
    units: units.slice(0, MOST_TRACED),
    shipments: shipments.slice(0, MOST_TRACED),
    gaps: gaps.slice(0, MOST_TRACED),
    truncated: truncated || [goods, units, shipments, gaps].some(({ length }) => length > MOST_TRACED),
  };
}
