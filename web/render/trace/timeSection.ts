import { type Markup, type Tag, tag } from '../markup.ts';
import { TRACE_PAGE } from './traceAddress.ts';
import { samePage } from './traceLinks.ts';
import type { TraceTime } from './traceView.ts';
import { isoOf, momentWords, type TraceWords } from './traceWords.ts';

/** A slider that has at least some places to stop at. */
const LEAST_STEP = 60;
const STOPS = 400;

/** What had happened by when, and what was known by when: two days in a form, and a slider over the time of the events. Both work without a script. */
export function timeSection(words: TraceWords): Tag {
  const { view, texts, language } = words;
  const { at, asOf } = view.time;
  const isNow = at === undefined && asOf === undefined;
  return tag(
    'section',
    { id: 'time', class: 'trace__time', 'aria-labelledby': 'time-title' },
    tag('h2', { id: 'time-title' }, texts.time.heading),
    at === undefined ? undefined : tag('p', {}, texts.time.shown(momentWords(words, at * 1_000))),
    asOf === undefined ? undefined : tag('p', {}, texts.time.known(momentWords(words, asOf * 1_000))),
    slider(words, view.time),
    tag(
      'form',
      { method: 'get', action: TRACE_PAGE },
      ...kept(words, {}),
      dayField('at', texts.time.at, texts.time.atHint, at),
      dayField('asOf', texts.time.asOf, texts.time.asOfHint, asOf),
      tag('button', { type: 'submit' }, texts.time.apply),
    ),
    isNow ? undefined : tag('p', {}, tag('a', { href: samePage(view, language, { at: undefined, asOf: undefined }) }, texts.time.now)),
  );
}

function slider(words: TraceWords, { at, asOf, span }: TraceTime): Markup {
  if (span === undefined || span.last - span.first < LEAST_STEP) return undefined;
  const { texts } = words;
  // In whole steps from the first event, so that the last one is always reached.
  const step = Math.max(LEAST_STEP, Math.ceil((span.last - span.first) / STOPS));
  const max = span.first + step * Math.ceil((span.last - span.first) / step);
  const value = Math.min(max, Math.max(span.first, at ?? max));
  return tag(
    'form',
    { method: 'get', action: TRACE_PAGE, class: 'trace__slide', 'data-live': true },
    ...kept(words, asOf === undefined ? {} : { asOf: isoOf(asOf * 1_000) }),
    tag('label', { for: 'slide' }, texts.time.slide),
    tag('input', { id: 'slide', name: 'at', type: 'range', min: span.first, max, step, value, 'aria-describedby': 'slide-time' }),
    tag('p', { id: 'slide-time', class: 'quiet' }, `${momentWords(words, span.first * 1_000)} – ${momentWords(words, max * 1_000)}`),
    tag('button', { type: 'submit' }, texts.time.apply),
  );
}

function dayField(name: string, label: string, hint: string, value: number | undefined): Tag {
  const day = value === undefined ? undefined : isoOf(value * 1_000).slice(0, 10);
  return tag(
    'div',
    { class: 'trace__field' },
    tag('label', { for: `day-${name}` }, label),
    tag('input', { id: `day-${name}`, name, type: 'date', value: day, 'aria-describedby': `hint-${name}` }),
    tag('span', { id: `hint-${name}`, class: 'quiet' }, hint),
  );
}

/** What a form must not lose. */
function kept({ view, language }: TraceWords, more: Readonly<Record<string, string>>): Tag[] {
  return Object.entries({ id: view.asked, lang: language, ...more }).map(([name, value]) => tag('input', { type: 'hidden', name, value }));
}
