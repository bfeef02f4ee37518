import type { Interval } from './containment.ts';
import { ACTION, KIND, ROLE } from './graph/lineageGraph.ts';
import type { LineageView } from './lineageView.ts';
import { add, type Decimal, isMore, subtract, ZERO } from './quantity.ts';
import { isWithin } from './windows.ts';

/** What a quantity of a class tells that stands beside units which hold the class. */
export interface BesideUnits {
  /** What of it is in which unit, in the base unit of its dimension; undefined: unknown how much. */
  readonly inside: readonly { readonly unit: number; readonly amount: Decimal | undefined }[];
  /** What is more than the units hold: goods of their own. Undefined: nothing is. */
  readonly loose: Decimal | undefined;
}

/**
 * Reads a class of an ObjectEvent or TransactionEvent beside the units that the event names: what they hold of it at that moment is told again, not moved
 * (docs/spec/lineage.md, L26). Undefined: no unit of the event holds any of it.
 */
export function besideUnits(view: LineageView, mention: number): BesideUnits | undefined {
  const { graph } = view;
  const stays = staysNamed(view, graph.mentionEvent(mention), graph.mentionNode(mention));
  if (stays.length === 0) return undefined;
  const told = view.amount(mention);
  if (told === undefined) return { inside: stays.map(({ parent }) => ({ unit: parent, amount: undefined })), loose: undefined };
  const held = stays.map((stay) => ({ unit: stay.parent, amount: heldOf(view, stay, graph.mentionEvent(mention), told.dimension) }));
  if (held.some(({ amount }) => amount === undefined))
    return { inside: held.map(({ unit }) => ({ unit, amount: undefined })), loose: undefined };
  // Of several quantities of one class the first is the contents; each takes what those before it left.
  let before = toldBefore(view, mention, told.dimension);
  let rest = told.value;
  const inside = held.map(({ unit, amount = ZERO }) => {
    const taken = least(amount, before);
    before = subtract(before, taken);
    const part = least(subtract(amount, taken), rest);
    rest = subtract(rest, part);
    return { unit, amount: part };
  });
  return { inside, loose: isMore(rest, ZERO) ? rest : undefined };
}

/** When goods of a class are in units that an event names, or in what is in these, at the moment of the event. */
function staysNamed(view: LineageView, event: number, node: number): Interval[] {
  return [...unitsAt(view, event)].flatMap((unit) =>
    (view.containment(unit).byChild.get(node) ?? []).filter((stay) => isWithin(view, event, stay)),
  );
}

/** The things that an event names, and what is in these at its moment. */
export function unitsAt(view: LineageView, event: number): ReadonlySet<number> {
  const { graph } = view;
  const [first, end] = graph.mentionsOf(event);
  const units = new Set<number>();
  for (let mention = first; mention < end; mention++) {
    const unit = graph.mentionNode(mention);
    if (!graph.isClass(unit)) units.add(unit);
  }
  for (const goods of addContents(view, units, event)) if (graph.isClass(goods)) units.delete(goods);
  return units;
}

/** Adds to units what is in them at a moment, and what is in that; answers the same set. */
export function addContents(view: LineageView, units: Set<number>, moment: number): Set<number> {
  // A set is walked to its end while it grows: a unit that is in itself, by a mistake, is seen once.
  for (const unit of units) for (const stay of view.containment(unit).intervals) if (isWithin(view, moment, stay)) units.add(stay.child);
  return units;
}

/** What a unit holds of a class at a moment; undefined where not all that went in is known in this dimension. */
function heldOf(view: LineageView, { child, parent, from, sure }: Interval, moment: number, dimension: string): Decimal | undefined {
  if (from !== sure) return undefined;
  const { graph } = view;
  let held = ZERO;
  for (const mention of view.mentions(child)) {
    const event = graph.mentionEvent(mention);
    if (graph.mentionRole(mention) !== ROLE.child || view.unitOf(event) !== parent) continue;
    if (!isWithin(view, event, { from, to: moment })) continue;
    const action = graph.actionOf(event);
    const amount = view.amount(mention);
    if (action === ACTION.add) {
      if (amount?.dimension !== dimension) return undefined;
      held = add(held, amount.value);
    } else if (action === ACTION.delete && amount?.dimension === dimension) held = subtract(held, amount.value);
  }
  return held;
}

/** What the event says of the class before this, in one dimension. */
function toldBefore(view: LineageView, mention: number, dimension: string): Decimal {
  const { graph } = view;
  let told = ZERO;
  for (let [other] = graph.mentionsOf(graph.mentionEvent(mention)); other < mention; other++) {
    if (graph.mentionRole(other) !== ROLE.object || graph.mentionNode(other) !== graph.mentionNode(mention)) continue;
    const amount = view.amount(other);
    if (amount?.dimension === dimension) told = add(told, amount.value);
  }
  return told;
}

function least(a: Decimal, b: Decimal): Decimal {
  return isMore(a, b) ? b : a;
}

/** Whether the goods of a mention may be what is in units beside it: what an event makes is new, and children say of themselves in which unit they are. */
export function mayBeInside({ graph }: LineageView, mention: number): boolean {
  const event = graph.mentionEvent(mention);
  if (graph.mentionRole(mention) !== ROLE.object) return false;
  return graph.kindOf(event) !== KIND.object || graph.actionOf(event) !== ACTION.add;
}
