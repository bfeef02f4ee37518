import type { Party } from '../epcis/members.ts';
import { FIRST, LAST } from './bounds.ts';
import type { LineageGraph } from './graph/lineageGraph.ts';
import { eventsOf } from './lastSeen.ts';
import { LineageView, type ViewOptions } from './lineageView.ts';

/** Who had to do with goods at one step, and who says so. */
export interface AccountableStep {
  /** Key of the event that says so. */
  readonly event: string;
  readonly time: number;
  readonly bizStep?: string;
  /** Business location, else read point. */
  readonly place?: string;
  /** Number of the member that captured the event. */
  readonly issuer: number;
  /** Owning and possessing parties and places, from where to where, as the event names them. */
  readonly parties: readonly Party[];
}

/**
 * Who was source, destination, owner or possessor of goods at which step, in the order of events: by the events that name the goods, and by those of the units
 * that they were in at the time.
 *
 * @param id canonical (`canonicalId`)
 * @param step one business step, such as `shipping`; all by default
 */
export function accountableParties(graph: LineageGraph, id: string, step?: string, options: ViewOptions = {}): AccountableStep[] {
  const view = new LineageView(graph, options);
  const events = new Set(graph.nodesOf(id).flatMap((node) => eventsOf(view, node, [{ from: FIRST, to: LAST }])));
  return [...events]
    .filter((event) => step === undefined || graph.text('bizStep', event) === step)
    .sort((a, b) => view.compare(a, b))
    .map((event) => {
      const bizStep = graph.text('bizStep', event);
      const place = graph.whereOf(event);
      return {
        event: view.keyOf(event),
        time: graph.eventTimeOf(event),
        ...(bizStep === undefined ? {} : { bizStep }),
        ...(place === undefined ? {} : { place }),
        issuer: graph.issuerOf(event),
        parties: graph.partiesOf(event),
      };
    });
}
