import { eventsOf } from '../../../protocol/epcis/eventsOf.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { type LineageGraph, openLineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import { lineageEventOf } from '../../../protocol/lineage/lineageEvent.ts';

/** The lineage of EPCIS documents, as if each event had been recorded when it happened. */
export function lineageOf(documents: readonly JsonObject[]): LineageGraph {
  const graph = openLineageGraph();
  for (const { event, context } of documents.flatMap((document) => eventsOf(document))) {
    const recordTime = Date.parse(String(event.eventTime));
    graph.add(lineageEventOf(event, context, { key: `event ${graph.size}`, issuer: 1, recordTime }));
  }
  return graph;
}
