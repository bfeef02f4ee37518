import type { TraceGap } from '../../../protocol/lineage/trace.ts';
import type { EdgeKind } from '../../../protocol/lineage/walk.ts';
import type { GoodsFacts, Stop, TracedEvent, TraceSide, TraceView } from './traceView.ts';

/** What of a trace is drawn: each of the goods once, wherever it was. */
export interface TracePicture {
  readonly nodes: readonly PictureNode[];
  readonly lines: readonly PictureLine[];
  /** Goods that are left out, by layer. */
  readonly left: ReadonlyMap<number, number>;
}

/** Goods, or a transformation between them. */
export interface PictureNode {
  readonly id: string;
  readonly layer: number;
  readonly certain: boolean;
  /** Where these goods are, as far as the trace says; empty for a transformation. */
  readonly goods: readonly GoodsFacts[];
  readonly stops: readonly Stop[];
  readonly sealed: number;
  readonly gaps: readonly TraceGap['code'][];
  /** Events of it that were declared in error. */
  readonly declared: readonly TracedEvent[];
}

/** All steps of one kind between two ends. */
export interface PictureLine {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly certain: boolean;
}

/** Most goods of one layer, and most layers of one direction: what can be taken in at one look. */
const MOST_IN_LAYER = 5;
const MOST_LAYERS = 8;

/** Chooses what is drawn. Goods of both directions stand on the side where they are nearer; what is left out is counted. */
export function pictureOf(view: TraceView): TracePicture {
  const all = nodesOf(view);
  const kept = new Map<string, PictureNode>();
  const left = new Map<number, number>();
  const inLayer = new Map<number, number>();
  for (const node of all) {
    const { layer } = node;
    const count = inLayer.get(layer) ?? 0;
    if (count < MOST_IN_LAYER && Math.abs(layer) <= MOST_LAYERS) {
      inLayer.set(layer, count + 1);
      kept.set(node.id, node);
    } else {
      const row = Math.sign(layer) * Math.min(Math.abs(layer), MOST_LAYERS + 1);
      left.set(row, (left.get(row) ?? 0) + 1);
    }
  }
  const steps = [...view.source.steps, ...view.destination.steps].filter(({ from, to }) => from !== to);
  const transformations = transformationsOf(steps, kept);
  for (const node of transformations) kept.set(node.id, node);
  return { nodes: [...kept.values()], lines: linesOf(steps, kept), left };
}

function nodesOf(view: TraceView): PictureNode[] {
  const byId = new Map<string, { layer: number; goods: GoodsFacts[]; gaps: Set<TraceGap['code']> }>();
  const add = ({ goods }: TraceSide, sign: 1 | -1) => {
    for (const each of goods) {
      const layer = sign * each.depth;
      const known = byId.get(each.id);
      if (known === undefined) byId.set(each.id, { layer, goods: [each], gaps: new Set() });
      else {
        known.goods.push(each);
        if (Math.abs(layer) < Math.abs(known.layer)) known.layer = layer;
      }
    }
  };
  const declared = view.events.filter((event) => event.declared);
  add(view.destination, 1);
  add(view.source, -1);
  for (const { id, code } of [...view.source.gaps, ...view.destination.gaps]) byId.get(id)?.gaps.add(code);
  return [...byId]
    .map(([id, { layer, goods, gaps }]) => ({
      ...{ id, layer, goods, gaps: [...gaps] },
      certain: goods.some(({ certain }) => certain),
      stops: goods[0]?.stops ?? [],
      sealed: goods[0]?.sealed.length ?? 0,
      declared: declared.filter((event) => event.goods.includes(id)),
    }))
    .sort((a, b) => Math.abs(a.layer) - Math.abs(b.layer) || b.layer - a.layer || weightOf(b) - weightOf(a) || (a.id < b.id ? -1 : 1));
}

/** What is stopped, or where something is open, is drawn before what is plain. */
function weightOf({ stops, gaps, certain }: PictureNode): number {
  return (stops.length > 0 ? 4 : 0) + (gaps.length > 0 ? 2 : 0) + (certain ? 1 : 0);
}

/** The ends of steps that are no goods, between their inputs and outputs. */
function transformationsOf(steps: TraceSide['steps'], kept: ReadonlyMap<string, PictureNode>): PictureNode[] {
  const ends = new Map<string, { before: number[]; after: number[]; certain: boolean }>();
  for (const { from, to, kind, certain } of steps) {
    if (kind !== 'transformation') continue;
    for (const [end, other, list] of [
      [from, to, 'after'],
      [to, from, 'before'],
    ] as const) {
      const layer = kept.get(other)?.layer;
      if (kept.has(end) || layer === undefined) continue;
      const known = ends.get(end) ?? { before: [], after: [], certain: false };
      known[list].push(layer);
      known.certain ||= certain;
      ends.set(end, known);
    }
  }
  return [...ends].map(([id, { before, after, certain }]) => ({
    ...{ id, certain, goods: [], stops: [], sealed: 0, gaps: [], declared: [] },
    layer: before.length > 0 ? Math.max(...before) + 0.5 : Math.min(...after) - 0.5,
  }));
}

function linesOf(steps: TraceSide['steps'], kept: ReadonlyMap<string, PictureNode>): PictureLine[] {
  const lines = new Map<string, PictureLine>();
  for (const { from, to, kind, certain } of steps) {
    if (!kept.has(from) || !kept.has(to)) continue;
    const key = JSON.stringify([from, to, kind]);
    const known = lines.get(key);
    if (known === undefined || (certain && !known.certain)) lines.set(key, { from, to, kind, certain });
  }
  return [...lines.values()];
}
