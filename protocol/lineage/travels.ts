import { addContents } from './besideUnits.ts';
import { FIRST, LAST } from './bounds.ts';
import { KIND, ROLE } from './graph/lineageGraph.ts';
import { NONE } from './graph/none.ts';
import type { LineageView } from './lineageView.ts';
import { isSending } from './lotHistory.ts';
import type { TraceGap } from './trace.ts';
import type { Window } from './windows.ts';

/** Goods that others travelled in, were made of, belong to or carry. */
export interface Companion {
  readonly id: string;
  /**
   * `unit`: they were in it; `input`: they were made of it; `lot`: they are one of it; `content`: it is in them; `carried`: they are empty now, and it was in them
   * last.
   */
  readonly role: 'unit' | 'input' | 'lot' | 'content' | 'carried';
  /** False where the records leave it open. */
  readonly certain: boolean;
}

/** The way of goods as their own records and those of the units that they were in tell it. */
export interface Travels {
  /** Each unit with what that was in after it, then what the goods were made of, then what is in them. */
  readonly companions: readonly Companion[];
  /** Keys of events of units while the goods were in them, that do not name the goods themselves; each with the unit, in the order of events. */
  readonly meanwhile: readonly { readonly event: string; readonly unit: string; readonly certain: boolean }[];
  /** Keys of events of the goods that were declared in error, and of the declarations: neither happened to the goods. */
  readonly declared: ReadonlySet<string>;
  readonly declarations: ReadonlySet<string>;
  readonly gaps: readonly TraceGap['code'][];
}

/**
 * What happened to goods, for people who hold them: the near part of a trace, without its walk. Units are followed while the goods were in them and no longer, so
 * that what a pallet carried before and after is no part of the story.
 *
 * @param id canonical identifier
 */
export function travelsOf(view: LineageView, id: string): Travels {
  const teller = new Teller(view);
  for (const node of view.graph.nodesOf(id)) teller.tell(node);
  return teller.result();
}

class Teller {
  readonly #view: LineageView;
  readonly #own = new Set<number>();
  readonly #companions = new Map<string, Companion>();
  readonly #meanwhile = new Map<number, { unit: number; certain: boolean }>();
  readonly #declared = new Set<number>();
  readonly #declarations = new Set<number>();
  readonly #gaps = new Set<TraceGap['code']>();

  constructor(view: LineageView) {
    this.#view = view;
  }

  tell(node: number): void {
    const view = this.#view;
    for (const mention of view.mentions(node)) this.#own.add(view.graph.mentionEvent(mention));
    this.#lookForErrors(node);
    this.#ride(node, undefined, true, new Set());
    this.#lookForOrigins(node);
    this.#unload(node);
    const isUnit = view.idOf(node).includes('/00/');
    if (isUnit && view.containment(node).intervals.length === 0) this.#gaps.add('UNKNOWN_CONTENTS');
  }

  result(): Travels {
    const view = this.#view;
    const meanwhile = [...this.#meanwhile].filter(([event]) => !this.#own.has(event)).sort(([a], [b]) => view.compare(a, b));
    const last = [...this.#own, ...meanwhile.map(([event]) => event)].sort((a, b) => view.compare(a, b)).at(-1);
    if (last !== undefined && isSending(view, last)) this.#gaps.add('NOT_RECEIVED');
    const keys = (events: ReadonlySet<number>) => new Set([...events].map((event) => view.keyOf(event)));
    return {
      companions: [...this.#companions.values()],
      meanwhile: meanwhile.map(([event, { unit, certain }]) => ({ event: view.keyOf(event), unit: view.idOf(unit), certain })),
      ...{ declared: keys(this.#declared), declarations: keys(this.#declarations), gaps: [...this.#gaps].sort() },
    };
  }

  /** Follows the units that goods are in, and those that these are in meanwhile. */
  #ride(node: number, window: Window | undefined, certain: boolean, path: ReadonlySet<number>): void {
    const view = this.#view;
    // A unit that is said to be in itself, by way of others, is a mistake that must not go round for ever.
    if (path.has(node)) return;
    for (const { parent, from, sure, to } of view.intervalsIn(node)) {
      const overlap = window === undefined ? { from, to } : { from: view.later(from, window.from), to: view.earlier(to, window.to) };
      if (view.compare(overlap.from, overlap.to) > 0) continue;
      if (from !== sure && path.size === 0) this.#gaps.add('UNKNOWN_START');
      const isSure = certain && from === sure;
      this.#join(parent, 'unit', isSure);
      for (const mention of view.mentionsWithin(parent, overlap)) {
        const event = view.graph.mentionEvent(mention);
        if (!this.#meanwhile.has(event)) this.#meanwhile.set(event, { unit: parent, certain: isSure });
      }
      this.#ride(parent, overlap, isSure, new Set([...path, node]));
    }
  }

  #join(node: number, role: Companion['role'], certain: boolean): void {
    const id = this.#view.idOf(node);
    const known = this.#companions.get(id);
    if (known === undefined || (certain && !known.certain)) this.#companions.set(id, { id, role, certain });
  }

  /** What transformations made the goods of, and the lot of one thing. Of several origins, each is possible. */
  #lookForOrigins(node: number): void {
    const { graph } = this.#view;
    const made = new Set<number>();
    for (const mention of this.#view.mentions(node)) {
      const event = graph.mentionEvent(mention);
      const lot = graph.mentionLot(mention);
      if (lot !== NONE) this.#join(lot, 'lot', true);
      if (graph.kindOf(event) !== KIND.transformation || graph.mentionRole(mention) !== ROLE.output) continue;
      made.add(graph.firstOfTransformation(event));
    }
    const isSure = made.size === 1 && (!graph.isClass(node) || this.#view.lot(node).origins.length === 1);
    const events = [...made].flatMap((first) => graph.transformationOf(first)).filter((event) => this.#view.counts(event));
    for (const event of events.sort((a, b) => this.#view.compare(a, b))) this.#inputs(event, isSure);
  }

  #inputs(event: number, certain: boolean): void {
    const { graph } = this.#view;
    const [first, end] = graph.mentionsOf(event);
    for (let mention = first; mention < end; mention++)
      if (graph.mentionRole(mention) === ROLE.input) this.#join(graph.mentionNode(mention), 'input', certain);
  }

  /** What is in a unit, and what is in that; of an empty one, as it was when the last of it was taken out. */
  #unload(unit: number): void {
    const view = this.#view;
    const moment = view.containment(unit).intervals.reduce((latest, { to }) => view.later(latest, to), FIRST);
    const inside = addContents(view, new Set([unit]), moment);
    inside.delete(unit);
    for (const child of inside) this.#join(child, moment === LAST ? 'content' : 'carried', true);
  }

  #lookForErrors(node: number): void {
    const view = this.#view;
    const { graph } = view;
    for (let at = graph.firstMention(node); at !== NONE; at = graph.nextMention(at)) {
      const event = graph.mentionEvent(at);
      if (!view.isKnown(event)) continue;
      if (graph.isDeclaration(event)) this.#declarations.add(event);
      else if (!graph.isAlone(event) && view.isDeclared(event)) this.#declared.add(event);
    }
    const correctives = [...this.#declarations].flatMap((event) => graph.declaration(event)?.correctiveEventIds ?? []);
    if (correctives.some((id) => !graph.recordsNamed(id).some((record) => view.counts(record)))) this.#gaps.add('CORRECTIVE_MISSING');
  }
}
