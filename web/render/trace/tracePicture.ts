import { type Markup, type Tag, tag } from '../markup.ts';
import { clip, clipStart, wrap } from './fitText.ts';
import { goodsName } from './goodsName.ts';
import { type Layout, layOut } from './layOut.ts';
import type { PictureLine, PictureNode, TracePicture } from './pictureOf.ts';
import { partyWords, placeWords, stepWords, stopWords, type TraceWords, whereWords } from './traceWords.ts';

/** The trace as a picture in rows: sources above, destinations below the goods asked about. The lists beside it say the same; this is an image with a name. */

const WIDTH = 188;
const PADDING = 10;
const LINE = 17;
const EMS = (WIDTH - 2 * PADDING) / 12.5;
const ASIDE = 0.7;
const SMALL_EMS = (WIDTH * ASIDE) / 11.5;
const SMALL_LINE = 14;
const OPEN_END = 22;
const DOT = 9;
const UP = new Set(['UNKNOWN_ORIGIN', 'UNKNOWN_START']);

/** A box that is drawn: goods, a transformation, or what was left out of a row. */
interface Drawn {
  readonly id: string;
  readonly layer: number;
  readonly width: number;
  readonly height: number;
  /** Where the frame begins below the open ends above it, and its height. */
  readonly frame: { readonly top: number; readonly height: number };
  /** Where steps begin and end at the upper and lower edge of the frame, from its left. */
  readonly upper: number;
  readonly lower: number;
  readonly body: (x: number, y: number) => Tag;
}

export function tracePicture(words: TraceWords, picture: TracePicture): Markup {
  if (picture.nodes.length === 0) return undefined;
  const drawn = [...picture.nodes.map((node) => drawNode(words, node)), ...restOf(words, picture)];
  const layout = layOut(drawn, picture.lines);
  const { width, height } = layout;
  const boxes = new Map(drawn.map((box) => [box.id, box]));
  const size = { viewBox: `0 0 ${round(width)} ${round(height)}`, width: round(width), height: round(height) };
  return tag(
    'svg',
    { ...size, class: 'trace__picture', role: 'img', 'aria-label': words.texts.picture.label, focusable: 'false' },
    tag('defs', {}, arrow()),
    ...picture.lines.map((line) => drawLine(line, { boxes, layout })),
    ...drawn.map((box) => {
      const { x, y } = layout.places.get(box.id) ?? { x: 0, y: 0 };
      return box.body(round(x), round(y));
    }),
    ...picture.lines.map((line) => lineName(words, line, picture.lines, { boxes, layout })),
  );
}

function arrow(): Tag {
  const size = { viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' };
  return tag('marker', { id: 'arrow', ...size }, tag('path', { class: 'trace__arrow', d: 'M0 0L8 4L0 8z' }));
}

function drawNode(words: TraceWords, node: PictureNode): Drawn {
  if (node.goods.length === 0) return transformation(node);
  const lines = linesOf(words, node);
  const above = node.gaps.filter((code) => UP.has(code)).map((code) => wrap(words.lineage.gaps[code], SMALL_EMS));
  const below = node.gaps.filter((code) => !UP.has(code)).map((code) => wrap(words.lineage.gaps[code], SMALL_EMS));
  const [top, bottom] = [heightOf(above), heightOf(below)];
  const frame = lines.length * LINE + 2 * PADDING - 4;
  return {
    ...{ id: node.id, layer: node.layer, width: WIDTH, height: top + frame + bottom },
    frame: { top, height: frame },
    // What is not known is said on the left, so that steps pass it on the right.
    ...{ upper: WIDTH * (top === 0 ? 0.5 : 0.85), lower: WIDTH * (bottom === 0 ? 0.5 : 0.85) },
    body: (x, y) =>
      tag(
        'g',
        { class: classOf(node) },
        openEnds(above, x, y + top, -1),
        tag('rect', { class: 'trace__frame', x, y: y + top, width: WIDTH, height: frame, rx: 8 }),
        ...lines.map(({ text, name }, index) =>
          tag('text', { class: name, x: x + PADDING, y: round(y + top + PADDING + LINE * index + 11) }, text),
        ),
        node.sealed === 0 ? undefined : lock(x + WIDTH - 22, y + top + 7),
        openEnds(below, x, y + top + frame, 1),
      ),
  };
}

function classOf({ stops, certain, layer }: PictureNode): string {
  return [
    'trace__node',
    stops.length > 0 && 'trace__node--stopped',
    !certain && 'trace__node--possible',
    layer === 0 && 'trace__node--asked',
  ]
    .filter(Boolean)
    .join(' ');
}

function linesOf(words: TraceWords, { id, goods, stops, sealed, declared }: PictureNode): { text: string; name?: string }[] {
  const { kind, name } = goodsName(id);
  const holder = goods.map(({ lastSeen }) => lastSeen?.holder).find((party) => party !== undefined);
  const plain = (text: string, style = 'trace__line') => ({ text: clip(text, EMS), name: style });
  return [
    plain(words.texts.kinds[kind], 'trace__kind'),
    { text: clipStart(name, EMS), name: 'trace__name' },
    ...stops.flatMap((stop) => wrap(stopWords(words, stop), EMS).map((text) => plain(text, 'trace__stop'))),
    ...placesOf(words, goods).map((place) => plain(place)),
    ...(holder === undefined ? [] : [plain(`${words.lineage.words.heldBy} ${partyWords(words, holder)}`)]),
    ...(sealed === 0 ? [] : [plain(words.texts.sealed(sealed), 'trace__sealed')]),
    ...declared.map(({ step }) => plain(stepWords(words, step), 'trace__struck')),
  ];
}

const MOST_PLACES = 3;

/** Where goods are: of a lot, each place and unit; of one thing, where it was seen last. */
function placesOf(words: TraceWords, goods: PictureNode['goods']): string[] {
  const places = goods.map((each) => whereWords(words, each) ?? (each.lastSeen?.place && placeWords(words, each.lastSeen.place)));
  const distinct = [...new Set(places)].map((place) => place ?? words.lineage.words.unknownPlace);
  return distinct.length <= MOST_PLACES
    ? distinct
    : [...distinct.slice(0, MOST_PLACES - 1), `+ ${distinct.length - MOST_PLACES + 1} ${words.lineage.words.more}`];
}

function heightOf(texts: readonly string[][]): number {
  return texts.reduce((sum, lines) => sum + OPEN_END + lines.length * SMALL_LINE + 6, 0);
}

/** Lines that lead nowhere, each with what is not known. @param way 1 below the frame, -1 above it */
function openEnds(texts: readonly string[][], left: number, edge: number, way: 1 | -1): Markup {
  let at = edge;
  const x = left + 2 * PADDING;
  return texts.map((lines) => {
    const [from, end] = [at, at + way * OPEN_END];
    at = end + way * (lines.length * SMALL_LINE + 6);
    const first = way === 1 ? end + SMALL_LINE + 2 : at + SMALL_LINE;
    return [
      tag('path', { class: 'trace__open', d: `M${round(x)} ${round(from)}V${round(end - way * 4)}` }),
      tag('circle', { class: 'trace__end', cx: round(x), cy: round(end), r: 4 }),
      lines.map((text, line) => tag('text', { class: 'trace__gap', x: round(left + 4), y: round(first + line * SMALL_LINE) }, text)),
    ];
  });
}

/** A closed box: documents that are counted and not shown. */
function lock(x: number, y: number): Markup {
  return [
    tag('rect', { class: 'trace__lock', x: round(x), y: round(y + 5), width: 13, height: 9, rx: 2 }),
    tag('path', { class: 'trace__shackle', d: `M${round(x + 3)} ${round(y + 5)}v-2a3.5 3.5 0 0 1 7 0v2` }),
  ];
}

function transformation({ id, layer }: PictureNode): Drawn {
  const size = 2 * DOT;
  return {
    ...{ id, layer, width: size, height: size, frame: { top: 0, height: size }, upper: DOT, lower: DOT },
    body: (x, y) => tag('path', { class: 'trace__process', d: `M${x + DOT} ${y}l${DOT} ${DOT}l-${DOT} ${DOT}l-${DOT}-${DOT}z` }),
  };
}

/** What is left out of a row, as the row's last box. */
function restOf({ lineage }: TraceWords, { left }: TracePicture): Drawn[] {
  const height = LINE + 2 * PADDING;
  return [...left].map(([layer, count]) => ({
    // After any identifier.
    ...{ id: `\uffff${layer}`, layer, width: WIDTH / 2, height, frame: { top: 0, height }, upper: WIDTH / 4, lower: WIDTH / 4 },
    body: (x, y) =>
      tag(
        'g',
        { class: 'trace__rest' },
        tag('rect', { class: 'trace__frame', x, y, width: WIDTH / 2, height, rx: 8 }),
        tag(
          'text',
          { class: 'trace__line', x: round(x + WIDTH / 4), y: y + PADDING + 13, 'text-anchor': 'middle' },
          `+${count} ${lineage.words.more}`,
        ),
      ),
  }));
}

interface Drawing {
  boxes: ReadonlyMap<string, Drawn>;
  layout: Layout;
}

interface Ends {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

function endsOf({ from, to }: PictureLine, boxes: ReadonlyMap<string, Drawn>, { places }: Layout): Ends {
  const [one, other] = [boxes.get(from), boxes.get(to)] as [Drawn, Drawn];
  const [a, b] = [places.get(from), places.get(to)] as [{ x: number; y: number }, { x: number; y: number }];
  const top = (box: Drawn, at: { y: number }) => at.y + box.frame.top;
  const bottom = (box: Drawn, at: { y: number }) => top(box, at) + box.frame.height;
  if (one.layer === other.layer) {
    const leftward = a.x > b.x;
    const y1 = top(one, a) + one.frame.height / 2;
    const y2 = top(other, b) + other.frame.height / 2;
    return { x1: leftward ? a.x : a.x + one.width, y1, x2: leftward ? b.x + other.width : b.x, y2 };
  }
  const down = one.layer < other.layer;
  return {
    ...{ x1: a.x + (down ? one.lower : one.upper), y1: down ? bottom(one, a) : top(one, a) },
    ...{ x2: b.x + (down ? other.upper : other.lower), y2: down ? top(other, b) : bottom(other, b) },
  };
}

function drawLine(line: PictureLine, { boxes, layout }: Drawing): Tag {
  const { x1, y1, x2, y2 } = endsOf(line, boxes, layout);
  const bend = (y2 - y1) / 2;
  const d = `M${round(x1)} ${round(y1)}C${round(x1)} ${round(y1 + bend)} ${round(x2)} ${round(y2 - bend)} ${round(x2)} ${round(y2)}`;
  return tag('path', { class: line.certain ? 'trace__step' : 'trace__step trace__step--possible', d, 'marker-end': 'url(#arrow)' });
}

/** The name of a step stands nearer to the end where fewer steps meet: there they have drawn apart. */
function lineName({ lineage }: TraceWords, line: PictureLine, lines: readonly PictureLine[], { boxes, layout }: Drawing): Markup {
  // Both halves of a transformation need one name only.
  if (line.kind === 'transformation' && !Number.isInteger(boxes.get(line.from)?.layer)) return undefined;
  const { x1, y1, x2, y2 } = endsOf(line, boxes, layout);
  const leaving = lines.filter(({ from }) => from === line.from).length;
  const arriving = lines.filter(({ to }) => to === line.to).length;
  const outward = arriving <= leaving;
  const share = outward ? 0.72 : 0.28;
  // The curve is steep at its ends: it has come farther across than down.
  const across = outward ? 0.9 : 0.1;
  const [x, y] = [x1 + (x2 - x1) * across, y1 + (y2 - y1) * share];
  return tag('text', { class: 'trace__stepname', x: round(x), y: round(y + 4), 'text-anchor': 'middle' }, lineage.steps[line.kind]);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
