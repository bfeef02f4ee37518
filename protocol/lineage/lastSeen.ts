import { LAST } from './bounds.ts';
import type { LineageView } from './lineageView.ts';
import { isReceiving } from './lotHistory.ts';
import type { Window } from './windows.ts';

/** Where goods were seen last, and by what. */
export interface LastSeen {
  /** Key of the event. */
  readonly event: string;
  readonly time: number;
  readonly bizStep?: string;
  /** Business location, else read point: of the last event that says one. */
  readonly place?: string;
  /** Who had them: the receiving party of a receipt, else the sending party, as the last event that names one says. */
  readonly holder?: string;
  /** Number of the member that captured the event. */
  readonly issuer: number;
  /** What the last event that says one says. */
  readonly disposition?: string;
  /** Persistent dispositions that were set and not unset since, in the order of the alphabet. */
  readonly persistentDispositions: readonly string[];
}

/** The last of several events, each in the order of events. */
export function lastSeenOf(view: LineageView, events: readonly number[]): LastSeen | undefined {
  const { graph } = view;
  const last = events.at(-1);
  if (last === undefined) return undefined;
  // In one order, and without spreading: an answer has a thousand of these.
  const seen: Partial<{ -readonly [Key in keyof LastSeen]: LastSeen[Key] }> = { event: view.keyOf(last), time: graph.eventTimeOf(last) };
  const bizStep = graph.text('bizStep', last);
  if (bizStep !== undefined) seen.bizStep = bizStep;
  const place = latest(events, (event) => graph.whereOf(event));
  if (place !== undefined) seen.place = place;
  const holder = latest(events, (event) => holderOf(view, event));
  if (holder !== undefined) seen.holder = holder;
  seen.issuer = graph.issuerOf(last);
  const disposition = latest(events, (event) => graph.text('disposition', event));
  if (disposition !== undefined) seen.disposition = disposition;
  seen.persistentDispositions = persistentOf(view, events);
  return seen as LastSeen;
}

function latest<Value>(events: readonly number[], read: (event: number) => Value | undefined): Value | undefined {
  for (let at = events.length - 1; at >= 0; at--) {
    const value = read(events[at] as number);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The events of one thing in a stretch of time: its own, and those of the units that it is in meanwhile; in their order. */
export function eventsOf(view: LineageView, node: number, windows: readonly Window[]): number[] {
  const [window] = windows;
  const events = new Set<number>();
  if (windows.length === 1 && window !== undefined && view.intervalsIn(node).length === 0) {
    for (const mention of view.mentionsWithin(node, window)) events.add(view.graph.mentionEvent(mention));
    return [...events];
  }
  for (const one of windows) collect(view, node, one, events, new Set());
  return [...events].sort((a, b) => view.compare(a, b));
}

function collect(view: LineageView, node: number, window: Window, events: Set<number>, path: ReadonlySet<number>): void {
  for (const mention of view.mentionsWithin(node, window)) events.add(view.graph.mentionEvent(mention));
  // A unit that is said to be in itself, by way of others, is a mistake that must not go round for ever.
  if (path.has(node)) return;
  const deeper = new Set([...path, node]);
  for (const { parent, from, to } of view.intervalsIn(node)) {
    const overlap = { from: view.later(from, window.from), to: view.earlier(to, window.to) };
    if (view.compare(overlap.from, overlap.to) > 0) continue;
    if (to !== LAST && view.compare(to, window.to) <= 0) events.add(to);
    collect(view, parent, overlap, events, deeper);
  }
}

function holderOf(view: LineageView, event: number): string | undefined {
  const all = view.graph.partiesOf(event);
  if (all.length === 0) return undefined;
  const role = isReceiving(view, event) ? 'destination' : 'source';
  const parties = all.filter((party) => party.role === role);
  return (parties.find(({ type }) => type === 'possessing_party') ?? parties.find(({ type }) => type === 'owning_party'))?.id;
}

function persistentOf(view: LineageView, events: readonly number[]): string[] {
  let words: Set<string> | undefined;
  for (const event of events) {
    const change = view.graph.persistent(event);
    if (change === undefined) continue;
    words ??= new Set();
    for (const word of change.unset ?? []) words.delete(word);
    for (const word of change.set ?? []) words.add(word);
  }
  return words === undefined ? [] : [...words].sort();
}
