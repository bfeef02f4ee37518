import { ACTION, KIND, type LineageGraph, ROLE } from './graph/lineageGraph.ts';
import type { LineageView } from './lineageView.ts';
import type { LotEntry } from './lotHistory.ts';
import { type Decimal, isMore, Sum, write } from './quantity.ts';

/** What cannot be right, or needs a look. Codes are stable. */
export type Finding =
  /** More left than came: of a lot at a place, or of the mass that went into a transformation. */
  | {
      readonly code: 'OUTPUT_EXCEEDS_INPUT';
      readonly id: string;
      /** Place of the lot; absent for a transformation, which `id` names. */
      readonly place?: string;
      readonly unit: string;
      readonly input: string;
      readonly output: string;
      /** Last event that takes something out. */
      readonly event: string;
    }
  /** Goods that were decommissioned or destroyed turn up again. */
  | { readonly code: 'REAPPEARED'; readonly id: string; readonly event: string; readonly deletion: string }
  /** Somebody else than the capturer declared the event in error; it counts all the same. */
  | {
      readonly code: 'FOREIGN_DECLARATION';
      readonly id: string;
      readonly event: string;
      readonly declaration: string;
      readonly issuer: number;
    };

/** Findings about one thing or one class of goods. */
export function findingsAbout(view: LineageView, node: number): Finding[] {
  return view.graph.isClass(node) ? balanceOfLot(view, node) : reappearance(view, node);
}

/** Declarations by others than the capturer. */
export function foreignDeclarations(view: LineageView, event: number): Finding[] {
  const { graph } = view;
  if (graph.isAlone(event)) return [];
  return view.foreignDeclarations(event).map((declaration): Finding => {
    const issuer = graph.issuerOf(declaration);
    return {
      code: 'FOREIGN_DECLARATION',
      id: graph.eventIdOf(event),
      event: view.keyOf(event),
      declaration: view.keyOf(declaration),
      issuer,
    };
  });
}

function reappearance(view: LineageView, node: number): Finding[] {
  const { graph } = view;
  const events = view.mentions(node).map((mention) => graph.mentionEvent(mention));
  const at = events.findIndex((event) => graph.kindOf(event) === KIND.object && graph.actionOf(event) === ACTION.delete);
  const deletion = events[at];
  const next = events.slice(at + 1).find((event) => event !== deletion);
  if (deletion === undefined || next === undefined) return [];
  return [{ code: 'REAPPEARED', id: view.idOf(node), event: view.keyOf(next), deletion: view.keyOf(deletion) }];
}

/** By place: what is known to have left against what is known to have come, where all that came is known. */
function balanceOfLot(view: LineageView, node: number): Finding[] {
  const findings: Finding[] = [];
  for (const { place, entries } of view.lot(node).pools) {
    const last = entries.findLast(({ leaves }) => leaves);
    if (last === undefined || !isAllKnown(entries)) continue;
    for (const excess of excessOf(view, (tally) => tellOfPlace(entries, tally)))
      findings.push({ code: 'OUTPUT_EXCEEDS_INPUT', id: view.idOf(node), place, ...excess, event: view.keyOf(last.event) });
  }
  return findings;
}

/** Whether it is known of all that came to a place whence, and how much of it stayed there: not where goods only pass. */
function isAllKnown(entries: readonly LotEntry[]): boolean {
  return entries.every(({ unexplained, main, pool }) => !unexplained && (main === undefined || main.pool === pool));
}

/** A step moves nothing of its own. */
function tellOfPlace(entries: readonly LotEntry[], tally: Tally): void {
  for (const { comes, leaves, main, mention, loose } of entries) {
    if (comes && main === undefined) tally.came(mention, loose);
    if (leaves) tally.left(mention, loose);
  }
}

/** Of a transformation whose inputs and outputs all have known masses: mass does not grow. */
export function balanceOfTransformation(view: LineageView, events: readonly number[]): Finding[] {
  const { graph } = view;
  const counted = events.filter((event) => view.counts(event));
  const excess = excessOf(view, (tally) => tellOfTransformation(graph, counted, tally), 'mass');
  if (excess.length === 0) return [];
  const last = counted.reduce((a, b) => view.later(a, b));
  const id = graph.transformationIdOf(last) ?? view.keyOf(last);
  return excess.map((one) => ({ code: 'OUTPUT_EXCEEDS_INPUT', id, ...one, event: view.keyOf(last) }));
}

function tellOfTransformation(graph: LineageGraph, events: readonly number[], tally: Tally): void {
  for (const event of events) {
    const [first, end] = graph.mentionsOf(event);
    for (let mention = first; mention < end; mention++) {
      const role = graph.mentionRole(mention);
      if (role === ROLE.input) tally.came(mention);
      else if (role === ROLE.output) tally.left(mention);
    }
  }
}

/**
 * What is told of goods that came, or went into something, and that left, or came out.
 *
 * - `mention`: -1 for one that does not name the goods
 * - `loose`: what of it counts, where the rest is told twice
 */
interface Tally {
  came(mention: number, loose?: Decimal): void;
  left(mention: number, loose?: Decimal): void;
}

type Excess = { unit: string; input: string; output: string };

/** Where more left than came. Nearly never, and that needs no table of sums. @param alone the only dimension that may have come; any, by default */
function excessOf(view: LineageView, tell: (tally: Tally) => void, alone?: string): Excess[] {
  const rest = new Rest(view);
  tell(rest);
  if (rest.isEnough) return [];
  const balance = new Balance(view);
  tell(balance);
  return balance.excess(alone);
}

/** What came less what left, while all of it is known and of one dimension. */
class Rest implements Tally {
  readonly #view: LineageView;
  readonly #sum = new Sum();
  #dimension: string | undefined;
  #isOpen = false;

  constructor(view: LineageView) {
    this.#view = view;
  }

  /** Whether it is certain that what came is enough. */
  get isEnough(): boolean {
    return !this.#isOpen && this.#sum.digits >= 0;
  }

  came(mention: number, loose?: Decimal): void {
    const value = this.#read(mention, loose);
    if (value !== undefined) this.#sum.add(value);
  }

  left(mention: number, loose?: Decimal): void {
    const value = this.#read(mention, loose);
    if (value !== undefined) this.#sum.subtract(value);
  }

  #read(mention: number, loose: Decimal | undefined): Decimal | undefined {
    const amount = this.#view.amount(mention);
    this.#dimension ??= amount?.dimension;
    if (amount === undefined || amount.dimension !== this.#dimension) this.#isOpen = true;
    return loose ?? amount?.value;
  }
}

/** What came and what left, dimension by dimension. */
class Balance implements Tally {
  readonly #view: LineageView;
  readonly #input = new Map<string, Sum>();
  readonly #output = new Map<string, { unit: string; value: Sum }>();
  /** Whether of some of what came nobody says how much. */
  #isUnknown = false;

  constructor(view: LineageView) {
    this.#view = view;
  }

  came(mention: number, loose?: Decimal): void {
    const amount = this.#view.amount(mention);
    if (amount === undefined) {
      this.#isUnknown = true;
      return;
    }
    const sum = this.#input.get(amount.dimension) ?? new Sum();
    this.#input.set(amount.dimension, sum);
    sum.add(loose ?? amount.value);
  }

  left(mention: number, loose?: Decimal): void {
    const amount = this.#view.amount(mention);
    if (amount === undefined) return;
    const { dimension, unit } = amount;
    const output = this.#output.get(dimension) ?? { unit, value: new Sum() };
    this.#output.set(dimension, output);
    output.value.add(loose ?? amount.value);
  }

  excess(alone?: string): Excess[] {
    if (this.#isUnknown) return [];
    if (alone !== undefined && (this.#input.size !== 1 || !this.#input.has(alone))) return [];
    return [...this.#output].flatMap(([dimension, { unit, value }]) => {
      const came = this.#input.get(dimension);
      return came === undefined || !isMore(value, came) ? [] : [{ unit, input: write(came), output: write(value) }];
    });
  }
}
