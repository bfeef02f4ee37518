import { formatDay, formatTime } from '../format.ts';
import { journeyMap } from '../journeyMap.ts';
import { type Markup, quoted, type Tag, tag } from '../markup.ts';
import { type PageWords, partyName, stepName } from '../pageWords.ts';
import { goodsName } from '../trace/goodsName.ts';
import { productPage } from '../trace/traceAddress.ts';
import type { JourneyStep } from '../view.ts';
import { standingBadge } from './standingBadge.ts';
import { type Stop, stopsOf, type TimelineEntry } from './timeline.ts';

/** The journey as a line, and on a small map: steps of the goods, of the units that they were in, and their papers at their day. */
export function journeySection(words: PageWords): Tag {
  const { view, texts } = words;
  const stops = stopsOf(words);
  return tag(
    'section',
    { id: 'journey', 'aria-labelledby': 'journey-title' },
    tag('h2', { id: 'journey-title' }, texts.journey.heading),
    view.journey.length === 0 ? tag('p', {}, texts.journey.none) : undefined,
    journeyMap(words),
    stops.length === 0 ? undefined : tag('ol', { class: 'journey' }, ...stops.map((stop) => stopItem(words, stop))),
    ...view.gaps.map((code) => tag('p', { class: 'journey__gap', 'data-code': code }, texts.journey.gaps[code])),
  );
}

function stopItem(words: PageWords, stop: Stop): Tag {
  const { place, issuer, unit, entries } = stop;
  const answers = entries.map(({ entry }) => (entry.replaced ? 'VALID' : entry.answer));
  const colour = answers.includes('INVALID') ? 'red' : answers.some((answer) => answer !== 'VALID') ? 'amber' : 'green';
  const [first] = entries as [TimelineEntry, ...TimelineEntry[]];
  const key = first.kind === 'unit' || first.kind === 'step' ? `stop.${first.key}` : `paper.${first.key}`;
  return tag(
    'li',
    { 'data-colour': colour },
    tag('p', { class: 'journey__place', 'data-fact': `${key}.place` }, titleOf(words, first, place)),
    tag('p', { class: 'quiet', 'data-fact': `${key}.party` }, quoted(partyName(words, issuer)), unitName(words, unit)),
    tag('ul', { class: 'journey__steps' }, ...runsOf(entries).map((run) => runItem(words, run))),
  );
}

/** Where it happened; of a paper what it is, with the way to its own part of the page. */
function titleOf({ texts }: PageWords, item: TimelineEntry, place: string): Markup {
  if (item.kind === 'certificate') return tag('a', { href: '#certificate' }, texts.kinds.CERTIFICATE_OF_ORIGIN);
  if (item.kind === 'report') return tag('a', { href: '#tests' }, texts.kinds.LABORATORY_REPORT);
  return place === '' ? texts.journey.unnamedPlace : quoted(place);
}

function unitName({ texts, language }: PageWords, unit: string | undefined): Markup {
  if (unit === undefined) return undefined;
  const href = productPage(unit, language);
  const words = texts.journey.inUnit(goodsName(unit).name);
  return [' · ', href === undefined ? quoted(words) : tag('a', { href }, quoted(words))];
}

/** The same step over and over, as when pallets are packed one by one, is told once. */
function runsOf(entries: readonly TimelineEntry[]): TimelineEntry[][] {
  const runs: TimelineEntry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && isSame(run[0], entry)) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

function isSame(one: TimelineEntry, other: TimelineEntry): boolean {
  const [a, b] = [stepIn(one), stepIn(other)];
  return a !== undefined && b !== undefined && a.step === b.step && a.declared === b.declared;
}

function stepIn(item: TimelineEntry): JourneyStep | undefined {
  return item.kind === 'step' || item.kind === 'unit' ? item.entry : undefined;
}

function runItem(words: PageWords, run: readonly TimelineEntry[]): Tag {
  const { texts, language } = words;
  const [first, last] = [run[0], run.at(-1)] as [TimelineEntry, TimelineEntry];
  const [from, until] = [timeWords(first, language), timeWords(last, language)];
  const doubtful = run.find(({ entry }) => entry.answer !== 'VALID');
  const key = stepIn(first) === undefined ? `paper.${first.key}` : `step.${first.key}`;
  const name = tag('span', { 'data-fact': `${key}.step` }, deed(words, first));
  const declared = stepIn(first)?.declared === true;
  return tag(
    'li',
    {},
    tag('strong', {}, declared ? tag('del', {}, name) : name, run.length === 1 ? undefined : ` × ${run.length}`),
    ' ',
    tag(
      'span',
      { class: 'quiet' },
      tag('time', { datetime: first.time, 'data-fact': `${key}.time` }, from),
      until === from ? undefined : [' – ', tag('time', { datetime: last.time }, until)],
      declared ? ` · ${texts.journey.declared}` : undefined,
      first.kind === 'unit' && !first.entry.certain ? ` · ${texts.journey.maybe}` : undefined,
    ),
    doubtful === undefined ? undefined : standingBadge(words, doubtful.entry),
  );
}

function deed({ texts }: PageWords, item: TimelineEntry): string {
  if (item.kind === 'certificate') return texts.journey.certified;
  if (item.kind === 'report') return texts.journey.tested;
  return stepName(texts, item.entry.step);
}

function timeWords(item: TimelineEntry, language: PageWords['language']): string {
  return stepIn(item) === undefined ? formatDay(item.time, language) : formatTime(item.time, language);
}
