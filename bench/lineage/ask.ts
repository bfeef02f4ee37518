import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { STANDARD_CONTEXT } from '../../protocol/epcis/eventContext.ts';
import { type LineageGraph, openLineageGraph } from '../../protocol/lineage/graph/lineageGraph.ts';
import { type LineageEvent, lineageEventOf } from '../../protocol/lineage/lineageEvent.ts';
import { reach, traceDestination, traceSource } from '../../protocol/lineage/trace.ts';
import { type Capture, familiesOf, HUB, lotOf, random } from './generate.ts';

/** Questions of each kind. */
const QUESTIONS = 300;
const BATCH = 10_000;

/** A graph, and what loading it cost. */
export interface Loaded {
  readonly graph: LineageGraph;
  readonly eventsPerSecond: number;
  readonly bytesPerEvent: number;
}

/** How long a kind of question took, in milliseconds, and medians of its answers. */
export interface Timing {
  readonly question: string;
  readonly p50: number;
  readonly p99: number;
  readonly lots: number;
  readonly depth: number;
}

/** Loads events into a graph. Reading them from EPCIS and hashing them is not counted (`bench:hash` does). */
export function load(captures: Iterable<Capture>): Loaded {
  const graph = openLineageGraph();
  const before = heap();
  let milliseconds = 0;
  let batch: LineageEvent[] = [];
  const addBatch = (): void => {
    const started = performance.now();
    for (const event of batch) graph.add(event);
    milliseconds += performance.now() - started;
    batch = [];
  };
  let number = 0;
  for (const { event, issuer, recordTime } of captures) {
    // As long as the name of a leaf on the ledger.
    const key = (number++).toString(16).padStart(64, '0');
    batch.push(lineageEventOf(event, STANDARD_CONTEXT, { key, issuer, recordTime }));
    if (batch.length === BATCH) addBatch();
  }
  addBatch();
  const bytesPerEvent = Math.round((heap() - before) / graph.size);
  return { graph, eventsPerSecond: Math.round((graph.size / milliseconds) * 1000), bytesPerEvent };
}

function heap(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Random lots up and down, and the deepest: raw material down 20 steps to about a thousand lots, products up as far. */
export function askFamilies(graph: LineageGraph, events: number, seed: number): Timing[] {
  const next = random(seed + 1);
  const families = familiesOf(events);
  const draw = (below: number): number => Math.floor(next() * below);
  const any = (): string => lotOf(draw(families), draw(21), draw(100));
  return [
    time('random lot, destination', any, (id) => traceDestination(graph, [id]).goods),
    time('random lot, source', any, (id) => traceSource(graph, [id]).goods),
    time(
      'raw material, destination',
      () => lotOf(draw(families), 0, draw(100)),
      (id) => traceDestination(graph, [id]).goods,
    ),
    time(
      'product, source',
      () => lotOf(draw(families), 20, draw(100)),
      (id) => traceSource(graph, [id]).goods,
    ),
    time(
      'raw material, reach',
      () => lotOf(draw(families), 0, draw(100)),
      (id) => Array.from(reach(graph, [id], 'destination'), (goods) => ({ id: graph.idOf(goods), depth: 0 })),
    ),
  ];
}

type Answer = readonly { readonly id: string; readonly depth: number }[];

function time(question: string, draw: () => string, ask: (id: string) => Answer): Timing {
  for (let warm = 0; warm < QUESTIONS / 3; warm++) ask(draw());
  const asked = Array.from({ length: QUESTIONS }, () => {
    const id = draw();
    const started = performance.now();
    const answer = ask(id);
    return {
      milliseconds: performance.now() - started,
      lots: answer.length,
      depth: answer.reduce((most, { depth }) => Math.max(most, depth), 0),
    };
  });
  const milliseconds = sorted(asked.map((one) => one.milliseconds));
  return {
    question,
    p50: rank(milliseconds, 0.5),
    p99: rank(milliseconds, 0.99),
    lots: rank(sorted(asked.map(({ lots }) => lots)), 0.5),
    depth: rank(sorted(asked.map(({ depth }) => depth)), 0.5),
  };
}

/** The best of some recalls of all lots that an ingredient went into. */
export function askHub(graph: LineageGraph): { lots: number; milliseconds: number } {
  let best = { lots: 0, milliseconds: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    const ids = Array.from(reach(graph, [HUB], 'destination'), (goods) => graph.idOf(goods));
    const milliseconds = performance.now() - started;
    if (milliseconds < best.milliseconds) best = { lots: ids.length, milliseconds };
  }
  return best;
}

function sorted(figures: number[]): number[] {
  return figures.sort((a, b) => a - b);
}

function rank(figures: readonly number[], share: number): number {
  return figures[Math.min(figures.length - 1, Math.floor(figures.length * share))] as number;
}
