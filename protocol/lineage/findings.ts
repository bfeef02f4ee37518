import type { Amount } from './amount.ts';
import { ACTION, KIND, ROLE } from './lineageGraph.ts';
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
      id: graph.text('eventId', event) ?? '',
      event: graph.key(event),
      declaration: graph.key(declaration),
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
  return [{ code: 'REAPPEARED', id: graph.idOf(node), event: graph.key(next), deletion: graph.key(deletion) }];
}

/** By place: what is known to have left against what is known to have come, where all that came is known. */
function balanceOfLot(view: LineageView, node: number): Finding[] {
  const findings: Finding[] = [];
  for (const { place, entries } of view.lot(node).pools) {
    const last = entries.findLast(({ leaves }) => leaves);
    if (last === undefined || !isAllKnown(entries) || isCovered(view, entries)) continue;
    const [input, output] = [new Amounts(view), new Amounts(view)];
    for (const { comes, leaves, main, mention, loose } of entries) {
      if (comes && main === undefined) input.add(mention, loose);
      if (leaves) output.add(mention, loose);
    }
    for (const excess of exceeding(input, output))
      findings.push({ code: 'OUTPUT_EXCEEDS_INPUT', id: view.graph.idOf(node), place, ...excess, event: view.graph.key(last.event) });
  }
  return findings;
}

/** Whether it is known of all that came to a place whence, and how much of it stayed there: not where goods only pass. A step moves nothing of its own. */
function isAllKnown(entries: readonly LotEntry[]): boolean {
  return entries.every(({ unexplained, main, pool }) => !unexplained && (main === undefined || main.pool === pool));
}

/** Whether of a lot at a place certainly no more left than came: nearly always, and told without a table of sums. */
function isCovered(view: LineageView, entries: readonly LotEntry[]): boolean {
  const rest = new Rest(view);
  for (const { comes, leaves, main, mention, loose } of entries) {
    if (comes && main === undefined) rest.add(mention, loose);
    if (leaves) rest.subtract(mention, loose);
  }
  return rest.isEnough;
}

/** Of a transformation whose inputs and outputs all have known masses: mass does not grow. */
export function balanceOfTransformation(view: LineageView, events: readonly number[]): Finding[] {
  const { graph } = view;
  const counted = events.filter((event) => view.counts(event));
  if (isCoveredBy(view, counted)) return [];
  const [input, output] = [new Amounts(view), new Amounts(view)];
  for (const event of counted) {
    const [first, end] = graph.mentionsOf(event);
    for (let mention = first; mention < end; mention++) {
      const role = graph.mentionRole(mention);
      if (role === ROLE.input) input.add(mention);
      else if (role === ROLE.output) output.add(mention);
    }
  }
  const last = counted.reduce<number | undefined>((a, b) => (a === undefined ? b : view.later(a, b)), undefined);
  if (last === undefined || input.totals.length !== 1 || input.totals[0]?.dimension !== 'mass') return [];
  const id = graph.text('transformation', last) ?? graph.key(last);
  const event = graph.key(last);
  return exceeding(input, output).map((excess) => ({ code: 'OUTPUT_EXCEEDS_INPUT', id, ...excess, event }));
}

/** Whether certainly no more came out of a transformation than went in. */
function isCoveredBy(view: LineageView, events: readonly number[]): boolean {
  const { graph } = view;
  const rest = new Rest(view);
  for (const event of events) {
    const [first, end] = graph.mentionsOf(event);
    for (let mention = first; mention < end; mention++) {
      const role = graph.mentionRole(mention);
      if (role === ROLE.input) rest.add(mention);
      else if (role === ROLE.output) rest.subtract(mention);
    }
  }
  return rest.isEnough;
}

/** What came less what left, while all of it is known and of one dimension. */
class Rest {
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

  add(mention: number, loose?: Decimal): void {
    const value = this.#read(mention, loose);
    if (value !== undefined) this.#sum.add(value);
  }

  subtract(mention: number, loose?: Decimal): void {
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

/** What some mentions add up to in one dimension. */
interface Total extends Pick<Amount, 'dimension' | 'unit'> {
  readonly value: Sum;
}

/** What some mentions add up to, dimension by dimension. */
class Amounts {
  totals: readonly Total[] = [];
  /** Whether of some of it nobody says how much. */
  isUnknown = false;
  readonly #view: LineageView;

  constructor(view: LineageView) {
    this.#view = view;
  }

  /**
   * @param mention -1: one that does not name the goods
   * @param loose what of it counts, where the rest is told twice
   */
  add(mention: number, loose?: Decimal): void {
    const amount = this.#view.amount(mention);
    if (amount === undefined) this.isUnknown = true;
    else this.#totalOf(amount).value.add(loose ?? amount.value);
  }

  #totalOf({ dimension, unit }: Amount): Total {
    for (const total of this.totals) if (total.dimension === dimension) return total;
    const total = { dimension, unit, value: new Sum() };
    // There is nearly always one: no room for more is taken.
    this.totals = [...this.totals, total];
    return total;
  }
}

function exceeding(input: Amounts, output: Amounts): { unit: string; input: string; output: string }[] {
  if (input.isUnknown) return [];
  return output.totals.flatMap(({ dimension, unit, value }) => {
    const came = input.totals.find((one) => one.dimension === dimension);
    return came === undefined || !isMore(value, came.value) ? [] : [{ unit, input: write(came.value), output: write(value) }];
  });
}
