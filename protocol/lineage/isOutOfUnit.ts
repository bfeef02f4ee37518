import { FIRST } from './bounds.ts';
import { eventsOf } from './lastSeen.ts';
import type { LineageView } from './lineageView.ts';
import type { LotEntry, LotHistory } from './lotHistory.ts';
import type { Window } from './windows.ts';

/**
 * Whether goods of which nothing tells how they came to a place may be out of a unit that stands there with such goods in it: a sample of what was received on a
 * pallet (docs/spec/lineage.md, L28).
 */
export function isOutOfUnit(view: LineageView, { contents }: LotHistory, { event, movement, pool }: LotEntry): boolean {
  if (movement === 'receive' || movement === 'arrive' || pool.place === '') return false;
  const there = contents.filter(({ from, to }) => view.compare(from, event) < 0 && view.compare(event, to) <= 0);
  return there.some(({ parent, from }) => placeOf(view, parent, { from, to: event }) === pool.place);
}

/** Where a unit was said to be last: itself, at any time, or with what it is in, since it holds the goods. */
function placeOf(view: LineageView, unit: number, window: Window): string | undefined {
  const { graph } = view;
  const itself = view.mentionsWithin(unit, { from: FIRST, to: window.to }).map((mention) => graph.mentionEvent(mention));
  const said = [...itself, ...eventsOf(view, unit, [window])].filter((event) => graph.whereNumber(event) !== 0);
  if (said.length === 0) return undefined;
  return view.placeName(graph.whereNumber(said.reduce((a, b) => view.later(a, b))));
}
