import type { PageWords } from '../pageWords.ts';
import { placeName } from '../pageWords.ts';
import type { CertificateFacts, JourneyStep, ReportFacts, UnitStep } from '../view.ts';

/** One entry of the journey: a step of the goods, a step of a unit that they were in, or a paper at the day on which it was issued. */
export type TimelineEntry =
  | { readonly kind: 'step'; readonly key: string; readonly time: string; readonly entry: JourneyStep }
  | { readonly kind: 'unit'; readonly key: string; readonly time: string; readonly entry: UnitStep }
  | { readonly kind: 'certificate'; readonly key: string; readonly time: string; readonly entry: CertificateFacts }
  | { readonly kind: 'report'; readonly key: string; readonly time: string; readonly entry: ReportFacts };

/** Entries that follow each other at one place, by one party, of one unit. */
export interface Stop {
  readonly place: string;
  readonly issuer: number;
  readonly unit: string | undefined;
  readonly entries: TimelineEntry[];
}

/** The journey in the order in which it happened. Papers about other goods are no part of it. */
export function timelineOf({ view }: Pick<PageWords, 'view'>): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...view.journey.map((entry) => ({ kind: 'step' as const, key: `${entry.document}`, time: entry.time, entry })),
    ...view.meanwhile.map((entry, index) => ({ kind: 'unit' as const, key: `unit.${index}`, time: entry.time, entry })),
    ...view.certificates
      .filter(({ concerns }) => concerns)
      .map((entry) => ({ kind: 'certificate' as const, key: `${entry.document}`, time: entry.issuedOn, entry })),
    ...view.reports
      .filter(({ concerns }) => concerns)
      .map((entry) => ({ kind: 'report' as const, key: `${entry.document}`, time: entry.issuedOn, entry })),
  ];
  return entries
    .map((entry) => ({ entry, at: momentOf(entry) }))
    .sort((a, b) => order(a.at, b.at))
    .map(({ entry }) => entry);
}

/** Groups what happened in one stay, so that a place is named once. */
export function stopsOf(words: PageWords): Stop[] {
  const stops: Stop[] = [];
  for (const entry of timelineOf(words)) {
    const next = stopOf(words, entry);
    const last = stops.at(-1);
    const isPaper = entry.kind === 'certificate' || entry.kind === 'report';
    if (!isPaper && last?.place === next.place && last.issuer === next.issuer && last.unit === next.unit) last.entries.push(entry);
    else stops.push(next);
  }
  return stops;
}

function stopOf(words: PageWords, item: TimelineEntry): Stop {
  const { issuer } = item.entry;
  const unit = item.kind === 'unit' ? item.entry.unit : undefined;
  const place = item.kind === 'step' || item.kind === 'unit' ? item.entry.place : undefined;
  return { place: place === undefined ? '' : placeName(words, place), issuer, unit, entries: [item] };
}

/** A paper has a day only: it goes after what happened on that day, by the clocks of either shore. */
function momentOf({ kind, time }: TimelineEntry): number {
  return Date.parse(kind === 'certificate' || kind === 'report' ? `${time.slice(0, 10)}T15:00:00Z` : time);
}

/** What has no readable time goes last. */
function order(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}
