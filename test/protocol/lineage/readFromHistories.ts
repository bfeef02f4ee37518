import { isDeepStrictEqual } from 'node:util';
import { accountableParties } from '../../../protocol/lineage/accountableParties.ts';
import { type LineageGraph, openLineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import { historiesBehind } from '../../../protocol/lineage/historiesBehind.ts';
import type { LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';
import { recallScope } from '../../../protocol/lineage/recallScope.ts';
import { type TraceOptions, traceDestination, traceSource } from '../../../protocol/lineage/trace.ts';
import type { Direction } from '../../../protocol/lineage/walk.ts';
import { VIEWS } from './compareWithOracle.ts';
import { graphOf } from './events.ts';

const QUESTIONS = [
  { of: 'source', direction: 'source', answer: (graph, id, options) => traceSource(graph, [id], options) },
  { of: 'destination', direction: 'destination', answer: (graph, id, options) => traceDestination(graph, [id], options) },
  { of: 'scope', direction: 'destination', answer: (graph, id, options) => recallScope(graph, [id], options) },
  { of: 'parties', direction: 'destination', answer: (graph, id, options) => accountableParties(graph, id, undefined, options) },
] as const satisfies { of: string; direction: Direction; answer: (graph: LineageGraph, id: string, options: TraceOptions) => unknown }[];

/** What is asked of goods: as `VIEWS`, and to a depth. */
const DEPTHS: readonly TraceOptions[] = [...VIEWS, { maxDepth: 1 }, { maxDepth: 2 }];

/** Questions that a reader, who fetches only histories that he knows of, answers otherwise than who has all events. */
export function misread(events: readonly LineageEvent[], asked: readonly string[]): string[] {
  const histories = historiesOf(events);
  // What names no goods is in nobody's history.
  const whole = graphOf(new Set([...histories.values()].flat()));
  return asked.flatMap((id) =>
    DEPTHS.flatMap((options) => {
      const read = { source: readerOf(histories, id, 'source', options), destination: readerOf(histories, id, 'destination', options) };
      const wrong = QUESTIONS.filter(
        ({ direction, answer }) => !isDeepStrictEqual(answer(read[direction], id, options), answer(whole, id, options)),
      );
      return wrong.map(({ of }) => `${of} of ${id}, ${JSON.stringify(options)}`);
    }),
  );
}

/** What a reader has in the end: he begins with nothing, and fetches histories until those that he has name no others. */
function readerOf(histories: ReadonlyMap<string, readonly LineageEvent[]>, id: string, direction: Direction, options: TraceOptions) {
  const graph = openLineageGraph();
  const fetched = new Set<string>();
  const events = new Set<LineageEvent>();
  for (;;) {
    const next = [...historiesBehind(graph, [id], direction, options), ...linked(histories, events)].filter((one) => !fetched.has(one));
    if (next.length === 0) return graph;
    for (const one of next) {
      fetched.add(one);
      for (const event of histories.get(one) ?? []) if (graph.add(event)) events.add(event);
    }
  }
}

/** Transformations that events are parts of, and goods of what corrects them. */
function linked(histories: ReadonlyMap<string, readonly LineageEvent[]>, events: ReadonlySet<LineageEvent>): string[] {
  const correctives = new Set([...events].flatMap(({ declaration }) => declaration?.correctiveEventIds ?? []));
  const corrected = [...histories].filter(([, history]) => history.some(({ eventId }) => correctives.has(eventId)));
  return [...[...events].flatMap(({ transformationID }) => transformationID ?? []), ...corrected.map(([id]) => id)];
}

/** Events by what they are recorded under. */
function historiesOf(events: readonly LineageEvent[]): Map<string, LineageEvent[]> {
  const histories = new Map<string, LineageEvent[]>();
  for (const event of events) {
    const { parent, objects, children, inputs, outputs, transformationID } = event;
    const goods = [...(parent === undefined ? [] : [parent]), ...objects, ...children, ...inputs, ...outputs];
    const named = new Set([...goods.flatMap(({ id, lot }) => [id, lot]), transformationID].filter((id) => id !== undefined));
    for (const id of named) histories.set(id, [...(histories.get(id) ?? []), event]);
  }
  return histories;
}
