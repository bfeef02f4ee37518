import type { Direction } from '../../../protocol/lineage/walk.ts';
import { formatDecimal, formatUnit } from '../format.ts';
import { type Markup, quoted, type Tag, tag } from '../markup.ts';
import { goodsName } from './goodsName.ts';
import { productPage } from './traceAddress.ts';
import { samePage, traceOf } from './traceLinks.ts';
import type { GoodsFacts, StepFacts, TraceSide } from './traceView.ts';
import {
  goodsTitle,
  isoOf,
  memberWords,
  momentWords,
  partyWords,
  placeWords,
  stepWords,
  stopWords,
  type TraceWords,
  whereWords,
} from './traceWords.ts';

const MOST_OPEN = 8;

/** One direction as a list: goods by their distance, each with where and with whom it was last seen, what stops it, and what is not known of it. */
export function goodsSection(words: TraceWords, direction: Direction): Tag {
  const { view, lineage, texts } = words;
  const side = view[direction];
  const depths = [...new Set(side.goods.map(({ depth }) => depth))];
  const byFrom = stepsByEnd(side.steps, direction);
  return tag(
    'section',
    { id: direction, class: 'trace__side', 'aria-labelledby': `${direction}-title` },
    tag('h2', { id: `${direction}-title` }, lineage.directions[direction]),
    side.goods.length === 0 ? tag('p', {}, texts.goods.none) : countLine(words, side),
    ...depths.map((depth) =>
      tag(
        'div',
        { class: 'trace__depth' },
        tag('h3', {}, texts.goods.depth(depth)),
        ...listOf(
          words,
          side.goods.filter((each) => each.depth === depth).map((each) => goodsItem(words, side, each, byFrom.get(each.id) ?? [])),
        ),
      ),
    ),
    findingList(words, side),
    pages(words, direction, side),
  );
}

/** Items of one distance; many are folded, so that the next distance can be found. */
function listOf({ lineage }: TraceWords, items: readonly Tag[]): Tag[] {
  const list = (some: readonly Tag[]) => tag('ul', { class: 'trace__goods' }, ...some);
  if (items.length <= MOST_OPEN) return [list(items)];
  const rest = items.slice(MOST_OPEN);
  return [
    list(items.slice(0, MOST_OPEN)),
    tag('details', { class: 'trace__more' }, tag('summary', {}, `+${rest.length} ${lineage.words.more}`), list(rest)),
  ];
}

/** Steps at the end that is nearer to the goods asked about, so that each is told once. */
function stepsByEnd(steps: readonly StepFacts[], direction: Direction): Map<string, StepFacts[]> {
  const byEnd = new Map<string, StepFacts[]>();
  for (const step of steps) {
    const end = direction === 'source' ? step.from : step.to;
    byEnd.set(end, [...(byEnd.get(end) ?? []), step]);
  }
  return byEnd;
}

function countLine({ texts }: TraceWords, { goods, reached }: TraceSide): Tag {
  const shown = new Set(goods.map(({ id }) => id)).size;
  return tag('p', { class: 'quiet' }, texts.goods.count(shown, `${formatDecimal(String(reached.count))}${reached.more ? '+' : ''}`));
}

function goodsItem(words: TraceWords, side: TraceSide, goods: GoodsFacts, steps: readonly StepFacts[]): Tag {
  const { lineage, texts } = words;
  const where = whereWords(words, goods);
  const stopped = goods.stops.length > 0;
  return tag(
    'li',
    { class: 'trace__item', 'data-colour': stopped ? 'red' : undefined, 'data-certainty': goods.certain ? 'certain' : 'possible' },
    tag(
      'p',
      { class: 'trace__what' },
      tag('strong', {}, quoted(goodsTitle(words, goods.id))),
      where === undefined ? undefined : [' ', quoted(where)],
      ' ',
      tag('span', { class: 'trace__certainty' }, lineage.certainties[goods.certain ? 'certain' : 'possible']),
    ),
    ...goods.stops.map((stop) => tag('p', { class: 'trace__stopped' }, tag('strong', {}, stopWords(words, stop)))),
    productLine(words, goods.id),
    lastSeen(words, goods),
    isFirst(side.goods, goods) ? stepList(words, steps) : undefined,
    goods.sealed.length === 0 ? undefined : tag('p', { class: 'trace__closed' }, sealedWords(words, goods)),
    ...gapLines(words, side, goods),
    tag(
      'p',
      { class: 'trace__links' },
      tag('a', { href: traceOf(words.view, goods.id, words.language) }, texts.goods.trace, unseen(words, goods.id)),
      pageLink(words, goods.id),
    ),
  );
}

/** What tells one link from its neighbours, where only the words of links are read. */
function unseen(words: TraceWords, id: string): Tag {
  return tag('span', { class: 'unseen' }, ` ${goodsTitle(words, id)}`);
}

function productLine({ texts }: TraceWords, id: string): Markup {
  const { gtin } = goodsName(id);
  return gtin === undefined ? undefined : tag('p', { class: 'quiet' }, `${texts.kinds.product} `, quoted(gtin));
}

function lastSeen(words: TraceWords, { lastSeen: seen, entries }: GoodsFacts): Markup {
  const { lineage, texts } = words;
  if (seen === undefined) return undefined;
  const { words: say } = lineage;
  return tag(
    'p',
    {},
    `${say.lastSeen}: `,
    tag('time', { datetime: isoOf(seen.time) }, momentWords(words, seen.time)),
    ' · ',
    stepWords(words, seen.step),
    ' · ',
    seen.place === undefined ? say.unknownPlace : quoted(placeWords(words, seen.place)),
    seen.holder === undefined ? undefined : [` · ${say.heldBy} `, quoted(partyWords(words, seen.holder))],
    ` · ${texts.goods.recordedBy} `,
    quoted(memberWords(words, seen.member)),
    tag('span', { class: 'quiet' }, ` · ${texts.goods.standing}: ${entries}`),
  );
}

const MOST_STEPS = 5;

function stepList(words: TraceWords, steps: readonly StepFacts[]): Markup {
  if (steps.length === 0) return undefined;
  const { lineage } = words;
  return tag(
    'ul',
    { class: 'trace__steps', 'aria-label': words.texts.goods.steps },
    ...steps.slice(0, MOST_STEPS).map((step) => stepItem(words, step)),
    steps.length > MOST_STEPS ? tag('li', {}, `+${steps.length - MOST_STEPS} ${lineage.words.more}`) : undefined,
  );
}

function stepItem(words: TraceWords, { from, to, kind, certain, quantity, unit, event }: StepFacts): Tag {
  const { lineage, times } = words;
  const time = times.get(event);
  const amount = quantity === undefined ? undefined : ` · ${formatDecimal(quantity)} ${formatUnit(unit ?? '')}`.trimEnd();
  return tag(
    'li',
    {},
    quoted(endName(words, from)),
    ' → ',
    quoted(endName(words, to)),
    `: ${lineage.steps[kind]}`,
    amount === undefined ? undefined : quoted(amount),
    certain ? undefined : ` (${lineage.certainties.possible})`,
    time === undefined ? undefined : [' · ', tag('time', { class: 'quiet', datetime: isoOf(time) }, momentWords(words, time))],
  );
}

/** Goods, or a transformation by its kind: its number says nothing to a reader. */
function endName(words: TraceWords, end: string): string {
  const { kind } = goodsName(end);
  return kind === 'other' && !words.goods.has(end) ? words.texts.kinds.transformation : goodsTitle(words, end);
}

/** Where goods of a class are at several places, what is true of them all is told at the first. */
function isFirst(goods: readonly GoodsFacts[], item: GoodsFacts): boolean {
  return goods.find(({ id }) => id === item.id) === item;
}

/** What is not known of goods: each kind once, where the goods are first told of, with the times of the events that show it. */
function gapLines(words: TraceWords, { gaps, goods }: TraceSide, item: GoodsFacts): Tag[] {
  if (!isFirst(goods, item)) return [];
  const mine = gaps.filter(({ id }) => id === item.id);
  return [...new Set(mine.map(({ code }) => code))].map((code) => {
    const shown = mine.filter((gap) => gap.code === code).flatMap(({ event = '' }) => words.times.get(event) ?? []);
    const times = [...new Set(shown)].sort((a, b) => a - b);
    const when =
      times.length === 0 ? undefined : tag('span', { class: 'quiet' }, ` ${times.map((time) => momentWords(words, time)).join(', ')}`);
    return tag('p', { class: 'trace__unknown', 'data-code': code }, words.lineage.gaps[code], when);
  });
}

function sealedWords(words: TraceWords, { sealed }: GoodsFacts): string {
  const by = [...new Set(sealed.map(({ member }) => memberWords(words, member)))];
  return `${words.texts.sealed(sealed.length)} · ${words.texts.goods.recordedBy} ${by.join(', ')}`;
}

function pageLink(words: TraceWords, id: string): Markup {
  const href = productPage(id, words.language);
  return href === undefined ? undefined : [' · ', tag('a', { href }, words.texts.goods.page, unseen(words, id))];
}

function findingList(words: TraceWords, { findings }: TraceSide): Markup {
  if (findings.length === 0) return undefined;
  const { lineage } = words;
  return [
    tag('h3', {}, lineage.words.findings),
    tag(
      'ul',
      {},
      ...findings.map(({ code, id }) => tag('li', { 'data-code': code }, quoted(endName(words, id)), `: ${lineage.findings[code]}`)),
    ),
  ];
}

function pages({ view, texts, language }: TraceWords, direction: Direction, { cursor, after }: TraceSide): Markup {
  if (cursor === undefined && after === undefined) return undefined;
  const other = direction === 'source' ? 'destination' : 'source';
  const keep = { [`${other}After`]: view[other].after };
  const link = (text: string, to: string | undefined) =>
    tag('a', { href: `${samePage(view, language, { ...keep, [`${direction}After`]: to })}#${direction}` }, text);
  return tag(
    'p',
    { class: 'trace__pages' },
    after === undefined ? undefined : link(texts.goods.first, undefined),
    after === undefined || cursor === undefined ? undefined : ' · ',
    cursor === undefined ? undefined : link(texts.goods.next, cursor),
  );
}
