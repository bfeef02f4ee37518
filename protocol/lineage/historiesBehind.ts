import { unitsAt } from './besideUnits.ts';
import type { LineageGraph } from './graph/lineageGraph.ts';
import { NONE } from './graph/none.ts';
import { LineageView, type ViewOptions } from './lineageView.ts';
import { type Direction, Walk } from './walk.ts';
import type { Window } from './windows.ts';

/**
 * Ids of all goods whose histories a trace rests on, as far as a graph tells: those that it reaches, one step beyond where it is cut, and those that it only looks
 * at. Who fetches them, adds them to the graph and asks again, until nothing is new, answers as somebody who has all events
 * (docs/spec/lineage.md section 7).
 *
 * @param ids canonical (`canonicalId`)
 */
export function historiesBehind(
  graph: LineageGraph,
  ids: readonly string[],
  direction: Direction,
  options: ViewOptions & { maxDepth?: number } = {},
): Set<string> {
  const view = new LineageView(graph, options);
  const { maxDepth = Number.POSITIVE_INFINITY } = options;
  // Whether something lies beyond the last step, the histories of what lies there tell.
  const walk = new Walk(view, direction, maxDepth + 1);
  walk.start(ids);
  while (walk.advance());
  const behind = new Behind(view, direction);
  for (const node of walk.nodes) {
    if (graph.isClass(node)) behind.addClass(node);
    else behind.addThing(node, walk.windowsOf(node));
  }
  return new Set([...ids, ...[...walk.nodes, ...behind.nodes].map((node) => graph.idOf(node))]);
}

/** What answers look at without following it. */
class Behind {
  readonly nodes = new Set<number>();
  readonly #view: LineageView;
  readonly #direction: Direction;

  constructor(view: LineageView, direction: Direction) {
    this.#view = view;
    this.#direction = direction;
  }

  /** Upwards a serial number leads to where its lot was made (L22). */
  addThing(node: number, windows: readonly Window[]): void {
    const { graph } = this.#view;
    for (const window of windows) this.#addAbove(node, window);
    if (this.#direction === 'destination') return;
    const lots = this.#view.mentions(node).map((mention) => graph.mentionLot(mention));
    for (const lot of lots) if (lot !== NONE) this.nodes.add(lot);
  }

  /** Where goods of a class are, the units tell in which they were or beside which they are told (L21, L26, L28); which of its serial numbers there are later, these tell (L22). */
  addClass(node: number): void {
    const view = this.#view;
    for (const mention of view.mentions(node)) for (const unit of unitsAt(view, view.graph.mentionEvent(mention))) this.nodes.add(unit);
    for (const stay of view.intervalsIn(node)) this.#addAbove(stay.parent, stay);
    if (this.#direction === 'destination') for (const serial of view.graph.membersOf(node)) this.nodes.add(serial);
  }

  /** The units that a thing is in meanwhile, and those that these are in. */
  #addAbove(node: number, window: Window, path: ReadonlySet<number> = new Set()): void {
    const view = this.#view;
    // A unit that is said to be in itself, by way of others, is a mistake that must not go round for ever.
    if (path.has(node)) return;
    for (const { parent, from, to } of view.intervalsIn(node)) {
      const overlap = { from: view.later(from, window.from), to: view.earlier(to, window.to) };
      if (view.compare(overlap.from, overlap.to) > 0) continue;
      this.nodes.add(parent);
      this.#addAbove(parent, overlap, new Set([...path, node]));
    }
  }
}
