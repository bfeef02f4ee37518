import { FIRST } from './bounds.ts';
import { eventsOf } from './lastSeen.ts';
import type { LineageView } from './lineageView.ts';
import type { LotEntry, LotHistory } from './lotHistory.ts';

/**
 * Whether goods of which nothing tells how they came to a place may be out of a unit that stands there with such goods in it: a sample of what was received on a
 * pallet (docs/spec/lineage.md, L28).
 */
export function isOutOfUnit(view: LineageView, { contents }: LotHistory, { event, movement, pool }: LotEntry): boolean {
  if (movement === 'receive' || movement === 'arrive' || pool.place === '') return false;
  const there = contents.filter(({ from, to }) => view.compare(from, event) < 0 && view.compare(event, to) <= 0);
  return there.some(({ parent }) => placeOf(view, parent, event) === pool.place);
}

/** Where a unit was said to be last, itself or with what it is in. */
function placeOf(view: LineageView, unit: number, until: number): string | undefined {
  const { graph } = view;
  const said = eventsOf(view, unit, [{ from: FIRST, to: until }]).map((event) => graph.whereNumber(event));
  const last = said.findLast((place) => place !== 0);
  return last === undefined ? undefined : view.placeName(last);
}
