import type { Trace } from './trace.ts';

/** Where a claimed trace differs from one that was recomputed. */
export interface Difference {
  /** `MISSING`: the claim leaves it out; `ADDED`: nothing that was verified says so; `CHANGED`: said otherwise. */
  readonly code: 'MISSING' | 'ADDED' | 'CHANGED';
  readonly part: 'goods' | 'events' | 'edges' | 'gaps' | 'findings' | 'declared' | 'truncated';
  /** What it is about: id and place of goods, key of an event, ends and event of an edge. */
  readonly about: string;
}

/**
 * Compares an answer with one that a reader computed from histories that were verified: who holds the complete histories of all goods that an answer names puts
 * their events into a graph of his own, asks the same question, and compares. No difference means that the answer is what the histories say; a good that the
 * claim left out shows as `MISSING`, since the histories of the goods that it does name lead there.
 */
export function compareTrace(recomputed: Trace, claimed: Trace): Difference[] {
  const differences = (['goods', 'events', 'edges', 'gaps', 'findings', 'declared'] as const).flatMap((part) =>
    compareParts(part, named(recomputed[part]), named(claimed[part])),
  );
  const isSame = recomputed.truncated === claimed.truncated;
  return isSame ? differences : [...differences, { code: 'CHANGED', part: 'truncated', about: String(claimed.truncated) }];
}

function compareParts(part: Difference['part'], expected: Map<string, string>, claimed: Map<string, string>): Difference[] {
  const differences: Difference[] = [];
  for (const [about, text] of expected) {
    const said = claimed.get(about);
    if (said === undefined) differences.push({ code: 'MISSING', part, about });
    else if (said !== text) differences.push({ code: 'CHANGED', part, about });
  }
  for (const about of claimed.keys()) if (!expected.has(about)) differences.push({ code: 'ADDED', part, about });
  return differences;
}

type Item = string | Trace['goods'][number] | Trace['edges'][number] | Trace['gaps'][number] | Trace['findings'][number];

/** Items by what they are about. A trace has one order, so a list that differs in it alone differs nowhere. */
function named(items: readonly Item[]): Map<string, string> {
  return new Map(items.map((item) => [nameOf(item), JSON.stringify(sortedMembers(item))]));
}

function nameOf(item: Item): string {
  if (typeof item === 'string') return item;
  if ('kind' in item) return `${item.kind} ${item.from} ${item.to} ${item.event}`;
  if ('code' in item) return `${item.code} ${item.id} ${item.event ?? ''}`;
  return item.where === undefined ? item.id : `${item.id} @${item.where}`;
}

/** Members in one order, at every level, so that a claim that was sent as JSON compares as it was meant. */
function sortedMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedMembers);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([name, member]) => [name, sortedMembers(member)]);
}
