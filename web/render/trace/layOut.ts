/** Something to be drawn: where it belongs in the order of steps, and how large it is. */
export interface Box {
  readonly id: string;
  /** Steps from the goods asked about: less than 0 before them, more than 0 after. */
  readonly layer: number;
  readonly width: number;
  readonly height: number;
}

/** What connects two boxes. */
interface Link {
  readonly from: string;
  readonly to: string;
}

/** Upper left corner of each box, and the size of the whole. */
export interface Layout {
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly width: number;
  readonly height: number;
}

const BESIDE = 20;
const BETWEEN = 56;
const MARGIN = 12;

/**
 * Places boxes in rows, one for each layer, from the first layer down. The middle row begins at the left, where a small screen begins; outward from it, each box
 * stands as near as it can to what it is linked to in the rows done before. Whatever leaves a choice is decided by the identifiers, so that one trace always gives
 * one picture.
 */
export function layOut(boxes: readonly Box[], links: readonly Link[]): Layout {
  const layers = new Map<number, Box[]>();
  for (const box of boxes) layers.set(box.layer, [...(layers.get(box.layer) ?? []), box]);
  const rows = [...layers.keys()].sort((a, b) => a - b);
  const across = columns(rows, layers, neighbours(links));
  const places = new Map<string, { x: number; y: number }>();
  let y = MARGIN;
  for (const row of rows) {
    const line = layers.get(row) ?? [];
    for (const { id } of line) places.set(id, { x: across.get(id) ?? MARGIN, y });
    y += Math.max(...line.map(({ height }) => height)) + BETWEEN;
  }
  const width = Math.max(0, ...boxes.map((box) => (across.get(box.id) ?? 0) + box.width)) + MARGIN;
  return { places, width, height: Math.max(0, y - BETWEEN) + MARGIN };
}

function neighbours(links: readonly Link[]): Map<string, Set<string>> {
  const near = new Map<string, Set<string>>();
  const join = (one: string, other: string) => near.set(one, (near.get(one) ?? new Set()).add(other));
  for (const { from, to } of links) {
    join(from, to);
    join(to, from);
  }
  return near;
}

/** The left edge of each box. */
function columns(
  rows: readonly number[],
  layers: ReadonlyMap<number, readonly Box[]>,
  near: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, number> {
  const left = new Map<string, number>();
  const centres = new Map<string, number>();
  for (const row of [...rows].sort((a, b) => Math.abs(a) - Math.abs(b) || b - a)) {
    const wished = (layers.get(row) ?? []).map((box) => ({ box, centre: meanOf(near.get(box.id), centres) }));
    wished.sort((a, b) => (a.centre === b.centre ? 0 : a.centre - b.centre) || (a.box.id < b.box.id ? -1 : 1));
    let free = MARGIN;
    for (const { box, centre } of wished) {
      const x = Number.isFinite(centre) ? Math.max(free, centre - box.width / 2) : free;
      left.set(box.id, x);
      centres.set(box.id, x + box.width / 2);
      free = x + box.width + BESIDE;
    }
  }
  return left;
}

/** Boxes that are linked to nothing placed yet go last. */
function meanOf(linked: ReadonlySet<string> | undefined, centres: ReadonlyMap<string, number>): number {
  const known = [...(linked ?? [])].flatMap((id) => centres.get(id) ?? []);
  return known.length === 0 ? Number.POSITIVE_INFINITY : known.reduce((sum, centre) => sum + centre, 0) / known.length;
}
