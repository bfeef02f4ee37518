import { canonicalJson } from '../json/canonicalJson.ts';
import type { JsonValue } from '../json/jsonValue.ts';
import type { Trace } from './trace.ts';

const PARTS = ['goods', 'events', 'edges', 'gaps', 'findings', 'declared'] as const;

/** Something in which an answer differs from what its proven histories give. */
export interface Difference {
  /** `LEFT_OUT`: the answer lacks it. `INVENTED`: nothing proven gives it. A part that is told wrongly is both. */
  readonly code: 'LEFT_OUT' | 'INVENTED';
  readonly part: (typeof PARTS)[number];
  /** RFC 8785 text of the item. */
  readonly item: string;
}

/**
 * Compares an answer with the one that a reader worked out from proven histories. Order does not count: it follows from the items.
 *
 * @param recomputed by `traceSource` or `traceDestination`, with the `asOf`, `at` and depth of the answer
 * @param claimed as a node told it, of any shape; all its pages joined
 */
export function compareTrace(recomputed: Trace, claimed: Partial<Record<(typeof PARTS)[number], unknown>>): Difference[] {
  return PARTS.flatMap((part) => {
    const own = itemsOf(recomputed[part]);
    const told = itemsOf(claimed[part]);
    return [
      ...[...own].filter((item) => !told.has(item)).map((item): Difference => ({ code: 'LEFT_OUT', part, item })),
      ...[...told].filter((item) => !own.has(item)).map((item): Difference => ({ code: 'INVENTED', part, item })),
    ];
  });
}

function itemsOf(value: unknown): Set<string> {
  return new Set(Array.isArray(value) ? value.map((item) => canonicalJson(item as JsonValue)) : []);
}
