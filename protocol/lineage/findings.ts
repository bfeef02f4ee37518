import { ACTION, KIND, ROLE } from './lineageGraph.ts';
import type { LineageView } from './lineageView.ts';
import type { LotEntry } from './lotHistory.ts';
import { baseUnitOf, type Decimal, dimensionOf, inBaseUnit, isMore, sum, write } from './quantity.ts';

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
    const issuer = graph.column('issuer', declaration);
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
  const at = events.findIndex((event) => graph.column('kind', event) === KIND.object && graph.column('action', event) === ACTION.delete);
  const deletion = events[at];
  const next = events.slice(at + 1).find((event) => event !== deletion);
  if (deletion === undefined || next === undefined) return [];
  return [{ code: 'REAPPEARED', id: graph.idOf(node), event: graph.key(next), deletion: graph.key(deletion) }];
}

/** By place: what is known to have left against what is known to have come, where all that came is known. */
function balanceOfLot(view: LineageView, node: number): Finding[] {
  return view.lot(node).pools.flatMap(({ place, entries }) => {
    const left = entries.filter(({ leaves }) => leaves);
    const last = left.at(-1);
    const came = entries.filter(({ comes }) => comes);
    if (last === undefined || entries.some(({ unexplained }) => unexplained)) return [];
    const input = amountsOf(view, came);
    if (input.isUnknown) return [];
    return exceeding(input.sums, amountsOf(view, left).sums).map(
      (excess): Finding => ({
        code: 'OUTPUT_EXCEEDS_INPUT',
        id: view.graph.idOf(node),
        place,
        ...excess,
        event: view.graph.key(last.event),
      }),
    );
  });
}

/** Of a transformation whose inputs and outputs all have known masses: mass does not grow. */
export function balanceOfTransformation(view: LineageView, events: readonly number[]): Finding[] {
  const { graph } = view;
  const counted = events.filter((event) => view.counts(event)).sort((a, b) => view.compare(a, b));
  const mentions = counted.flatMap((event) => {
    const [first, end] = graph.mentionsOf(event);
    return Array.from({ length: end - first }, (_, index) => first + index);
  });
  const input = amounts(
    view,
    mentions.filter((mention) => graph.mentionRole(mention) === ROLE.input),
  );
  const output = amounts(
    view,
    mentions.filter((mention) => graph.mentionRole(mention) === ROLE.output),
  );
  const last = counted.at(-1);
  if (last === undefined || input.isUnknown || input.sums.size !== 1 || !input.sums.has('mass')) return [];
  const id = graph.text('transformation', last) ?? graph.key(last);
  return exceeding(input.sums, output.sums).map((excess) => ({ code: 'OUTPUT_EXCEEDS_INPUT', id, ...excess, event: graph.key(last) }));
}

interface Amounts {
  readonly sums: ReadonlyMap<string, { readonly unit: string; readonly value: Decimal }>;
  readonly isUnknown: boolean;
}

function amountsOf(view: LineageView, entries: readonly LotEntry[]): Amounts {
  return amounts(
    view,
    entries.map(({ mention }) => mention),
  );
}

function amounts({ graph }: LineageView, mentions: readonly number[]): Amounts {
  const sums = new Map<string, { unit: string; value: Decimal }>();
  let isUnknown = false;
  for (const mention of mentions) {
    const quantity = mention < 0 ? undefined : graph.mentionQuantity(mention);
    if (quantity === undefined) {
      isUnknown = true;
      continue;
    }
    const unit = graph.mentionUnit(mention);
    const known = sums.get(dimensionOf(unit));
    const value = inBaseUnit(quantity, unit);
    sums.set(dimensionOf(unit), { unit: baseUnitOf(unit), value: known === undefined ? value : sum([known.value, value]) });
  }
  return { sums, isUnknown };
}

function exceeding(input: Amounts['sums'], output: Amounts['sums']): { unit: string; input: string; output: string }[] {
  return [...output].flatMap(([dimension, { unit, value }]) => {
    const came = input.get(dimension);
    return came === undefined || !isMore(value, came.value) ? [] : [{ unit, input: write(came.value), output: write(value) }];
  });
}
