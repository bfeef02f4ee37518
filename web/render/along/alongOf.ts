import { eventsOf } from '../../../protocol/epcis/eventsOf.ts';
import { parseStrict } from '../../../protocol/json/parseStrict.ts';
import { openLineageGraph } from '../../../protocol/lineage/graph/lineageGraph.ts';
import { type LineageEvent, lineageEventOf } from '../../../protocol/lineage/lineageEvent.ts';
import { LineageView } from '../../../protocol/lineage/lineageView.ts';
import { type Companion, type Travels, travelsOf } from '../../../protocol/lineage/travels.ts';
import type { Bundle } from '../../../protocol/verdict/bundle.ts';
import type { Verdict } from '../../../protocol/verdict/verdict.ts';
import { findingsOf, isReadable } from '../standing.ts';
import { bearsOn } from './bearsOn.ts';

/** A bundle, and the verdict on it of whoever makes the page. */
export interface JudgedBundle {
  readonly bundle: Bundle;
  readonly verdict: Verdict;
}

/** Bundles of what goods travelled in and were made of, by identifier; undefined: asked for and not had. */
export type Along = ReadonlyMap<string, JudgedBundle | undefined>;

/** Most of them on one page: each is a history that the phone fetches and checks. */
const MOST_ALONG = 6;

/** The travels of a subject by its own bundle and those that were had beside it. Only documents that may be repeated are read. */
export function travelsIn(own: JudgedBundle, along: Along, id: string): Travels {
  const graph = openLineageGraph();
  for (const judged of [own, ...along.values()]) for (const event of judged === undefined ? [] : lineageOf(judged)) graph.add(event);
  return travelsOf(new LineageView(graph), id);
}

/** What a page tells of: first what a recall reaches them from, then units from the nearest; so many, and how many more there are. */
export function companionsShown({ companions }: Travels): { shown: Companion[]; left: number } {
  const order = [...companions].sort((a, b) => Number(bearsOn(b)) - Number(bearsOn(a)));
  return { shown: order.slice(0, MOST_ALONG), left: Math.max(0, order.length - MOST_ALONG) };
}

/**
 * Gathers the bundles that the page of a subject stands on beside its own: who reads of a pallet asks for the pallet, and then for what the pallet was in.
 *
 * @param fetch gives a bundle with the verdict on it, or undefined where it cannot be had
 */
export async function gatherAlong(own: JudgedBundle, id: string, fetch: (id: string) => Promise<JudgedBundle | undefined>): Promise<Along> {
  const along = new Map<string, JudgedBundle | undefined>();
  for (;;) {
    const { shown } = companionsShown(travelsIn(own, along, id));
    const wanted = shown.filter((companion) => !along.has(companion.id)).slice(0, MOST_ALONG - along.size);
    if (wanted.length === 0) return along;
    const found = await Promise.all(wanted.map((companion) => fetch(companion.id)));
    for (const [at, { id: asked }] of wanted.entries()) along.set(asked, found[at]);
  }
}

/** By the verdict, of which each bundle has one of its own: a page reads a history several times, and reading one of hundreds of events takes as long as the rest. */
const read = new WeakMap<Verdict, LineageEvent[]>();

function lineageOf(judged: JudgedBundle): LineageEvent[] {
  const known = read.get(judged.verdict) ?? readLineage(judged);
  read.set(judged.verdict, known);
  return known;
}

/** Within one history documents stand in the order in which the ledger counts them: that is all that lineage needs of when they were recorded. */
function readLineage({ bundle, verdict }: JudgedBundle): LineageEvent[] {
  const findings = findingsOf(verdict);
  return bundle.documents.flatMap((document, index) => {
    if (document.type !== 'event' || !isReadable(findings(index))) return [];
    try {
      const about = { key: document.anchor.leaf, issuer: document.issuer, recordTime: index };
      return eventsOf(parseStrict(document.event)).map(({ event, context }) => lineageEventOf(event, context, about));
    } catch {
      // What cannot be read as an event tells of no way; the verdict on the document says so.
      return [];
    }
  });
}
