import type { EventQuery, TermFact } from '../../protocol/epcis/query/eventQuery.ts';
import { BUDGET } from '../catalogue/eventIndex.ts';
import type { EventPage, IndexedEvent, PageKey } from '../catalogue/eventSearch.ts';
import type { ApiNode } from '../node.ts';
import { seen } from './maySee.ts';
import { type Reader, viewOf } from './reader.ts';

const ENTRIES_AT_ONCE = 200;

/**
 * Events of a query that a reader may see. What is not in his view the index leaves out; what only the ledger tells apart, as releases that were withdrawn, is left
 * out here and made up for, within the same budget of entries looked at.
 */
export async function seenEvents(
  node: ApiNode,
  reader: Reader,
  query: EventQuery,
  { first, after, budget = BUDGET }: { first: number; after?: PageKey; budget?: number },
): Promise<EventPage> {
  const events: IndexedEvent[] = [];
  for (let place = after, left = budget; ; ) {
    const page = node.catalogue.searchEvents(query, {
      ...{ first: first - events.length, budget: left, view: viewOf(reader) },
      ...(place !== undefined && { after: place }),
    });
    events.push(...(await seenOf(node, reader, page.events)));
    left = page.left;
    if (page.next === undefined) return { events, left };
    if (events.length >= first || left <= 0) return { events, next: page.next, left };
    place = page.next;
  }
}

/** Those of some events that a reader may see, in their order. */
export async function seenOf(node: ApiNode, reader: Reader, events: readonly IndexedEvent[]): Promise<IndexedEvent[]> {
  const documents = events.flatMap((event) => {
    const document = node.catalogue.document(event.leaf);
    return document === undefined ? [] : [{ ...document, event }];
  });
  return (await seen(node, reader, documents)).map(({ event }) => event);
}

/**
 * Whether an event that a reader may see says any of some terms, and what is left of a budget of entries looked at. Once nothing is left, what was not found is
 * taken for not said.
 */
export async function isSaidTo(
  node: ApiNode,
  reader: Reader,
  facts: readonly TermFact[],
  budget: number,
): Promise<{ isSaid: boolean; left: number }> {
  let left = budget;
  for (const fact of facts) {
    for (let after: PageKey | undefined; left > 0; ) {
      const part = node.catalogue.eventsSaying(fact, {
        first: ENTRIES_AT_ONCE,
        view: viewOf(reader),
        ...(after !== undefined && { after }),
      });
      left -= Math.max(part.length, 1);
      for (const event of part) if (event.isInView && (await seenOf(node, reader, [event])).length > 0) return { isSaid: true, left };
      const last = part.at(-1);
      if (last === undefined || part.length < ENTRIES_AT_ONCE) break;
      after = { time: last.eventTime, seq: last.seq };
    }
  }
  return { isSaid: false, left };
}
