import type { LineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import type { LineageEvent } from '../../../protocol/lineage/lineageEvent.ts';
import { recallScope } from '../../../protocol/lineage/recallScope.ts';
import { type Trace, traceDestination, traceSource } from '../../../protocol/lineage/trace.ts';
import { graphOf } from './events.ts';
import { type OracleAnswer, oracle } from './oracle.ts';

type View = { readonly asOf?: number; readonly at?: number };

/** All that there is, what was known at a time, what had happened by a time: minutes as random events have them. */
export const VIEWS: readonly View[] = [{}, { asOf: 6 * 60_000 }, { at: 4 * 60_000 }];

/** The questions on which graph and oracle answer differently; none is expected. */
export function differences(events: readonly LineageEvent[], ids: readonly string[], views: readonly View[]): string[] {
  const graph = graphOf(events);
  return ids.flatMap((id) =>
    views.flatMap((view) =>
      (['source', 'destination'] as const).flatMap((direction) => {
        const trace = (direction === 'source' ? traceSource : traceDestination)(graph, [id], view);
        const expectation = oracle(events, id, direction, view);
        const sums = direction === 'source' ? expectation.sums : sumsOf(graph, id, view);
        const [found, expected] = [comparable(trace, sums), comparableOracle(expectation)];
        return found === expected ? [] : [`${direction} of ${id} ${JSON.stringify(view)}\n graph  ${found}\n oracle ${expected}`];
      }),
    ),
  );
}

/** What a recall's scope says of the lot itself, in the oracle's words: grams for masses, no sum that is nothing. */
function sumsOf(graph: LineageGraph, id: string, view: View): OracleAnswer['sums'] {
  const lots = recallScope(graph, [id], view).lots.filter((lot) => lot.id === id);
  return Object.fromEntries(
    lots.flatMap(({ unit, produced, shipped, received, returned, consumed, destroyed }) => {
      const [dimension, factor] = unit === 'KGM' ? ['mass', 1000] : ['unit undefined', 1];
      const sums = { produced, shipped, received: Number(received) + Number(returned), consumed, destroyed };
      return Object.entries(sums).map(([name, value]) => [`${name} ${dimension}`, Math.round(Number(value) * factor)]);
    }),
  );
}

function comparable({ goods, events, edges, gaps }: Trace, sums: OracleAnswer['sums']): string {
  const shown = ['UNKNOWN_START', 'UNKNOWN_CONTENTS', 'UNKNOWN_ORIGIN'];
  return JSON.stringify({
    goods: goods.map(({ id, where, certainty, depth }) => `${id}${where === undefined ? '' : ` @${where}`} ${certainty} ${depth}`).sort(),
    events,
    edges: edges.map(({ from, to, event, kind, certainty }) => `${from} ${to} ${event} ${kind} ${certainty}`).sort(),
    gaps: [...new Set(gaps.filter(({ code }) => shown.includes(code)).map(({ code, id }) => `${code} ${id}`))].sort(),
    sums: written(sums),
  });
}

function written(sums: OracleAnswer['sums']): string[] {
  return Object.entries(sums)
    .flatMap(([name, value]) => (value === 0 ? [] : [`${name} ${value}`]))
    .sort();
}

function comparableOracle({ goods, events, edges, gaps, sums }: OracleAnswer): string {
  return JSON.stringify({
    goods: Object.entries(goods)
      .map(([name, [certain, depth]]) => `${name.replace('*', '')} ${certain ? 'certain' : 'possible'} ${depth}`)
      .sort(),
    events,
    edges: Object.entries(edges)
      .map(([name, certain]) => `${name} ${certain ? 'certain' : 'possible'}`)
      .sort(),
    gaps,
    sums: written(sums),
  });
}
