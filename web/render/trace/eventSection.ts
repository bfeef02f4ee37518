import { type Markup, quoted, type Tag, tag } from '../markup.ts';
import { samePage } from './traceLinks.ts';
import type { TracedEvent } from './traceView.ts';
import { goodsTitle, isoOf, memberWords, momentWords, partyWords, placeWords, stepWords, type TraceWords } from './traceWords.ts';

const MOST_GOODS = 3;

/** Who answers for each step: all events in their order, each with its place, its parties and the member who signed for it. */
export function eventSection(words: TraceWords): Tag {
  const { view, texts } = words;
  const { log } = texts;
  return tag(
    'section',
    { id: 'log', 'aria-labelledby': 'log-title' },
    tag('h2', { id: 'log-title' }, log.heading),
    tag('p', {}, view.events.length === 0 ? log.none : log.intro),
    view.events.length === 0
      ? undefined
      : tag(
          'table',
          { class: 'trace__log' },
          tag('caption', {}, log.caption),
          tag(
            'thead',
            {},
            tag(
              'tr',
              {},
              ...[log.when, log.what, log.goods, log.where, log.parties, log.recordedBy].map((name) => tag('th', { scope: 'col' }, name)),
            ),
          ),
          tag('tbody', {}, ...view.events.map((event) => eventRow(words, event))),
        ),
  );
}

function eventRow(words: TraceWords, event: TracedEvent): Tag {
  const { texts, view, language } = words;
  const { log } = texts;
  const step = stepWords(words, event.step);
  const when = tag('time', { datetime: isoOf(event.time) }, momentWords(words, event.time));
  const then = samePage(view, language, { at: isoOf(event.time) });
  return tag(
    'tr',
    { class: event.declared ? 'trace__declared' : undefined },
    tag(
      'th',
      { scope: 'row', 'data-label': log.when },
      tag('a', { href: then }, when, tag('span', { class: 'unseen' }, ` ${texts.time.moment}`)),
    ),
    tag('td', { 'data-label': log.what }, event.declared ? [tag('del', {}, step), ` (${log.declared})`] : step),
    tag('td', { 'data-label': log.goods }, goodsOf(words, event)),
    tag('td', { 'data-label': log.where }, event.place === undefined ? log.unnamed : quoted(placeWords(words, event.place))),
    tag('td', { 'data-label': log.parties }, partiesOf(words, event)),
    tag('td', { 'data-label': log.recordedBy }, quoted(memberWords(words, event.member))),
  );
}

function goodsOf(words: TraceWords, { goods }: TracedEvent): Markup {
  const shown = goods.slice(0, MOST_GOODS).map((id, index) => [index === 0 ? '' : ', ', quoted(goodsTitle(words, id))]);
  return goods.length > MOST_GOODS ? [shown, ` +${goods.length - MOST_GOODS}`] : shown;
}

function partiesOf(words: TraceWords, { parties }: TracedEvent): Markup {
  const of = (role: 'source' | 'destination') => [
    ...new Set(parties.filter((entry) => entry.role === role).map(({ party }) => partyWords(words, party))),
  ];
  const [from, to] = [of('source'), of('destination')];
  if (from.length + to.length === 0) return words.texts.log.unnamed;
  return [quoted(from.join(', ') || '?'), ' → ', quoted(to.join(', ') || '?')];
}
