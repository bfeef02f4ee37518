import { formatTime } from '../format.ts';
import { journeyMap } from '../journeyMap.ts';
import { quoted, type Tag, tag } from '../markup.ts';
import { type PageWords, partyName, placeName, stepName } from '../pageWords.ts';
import type { JourneyStep } from '../view.ts';
import { standingBadge } from './standingBadge.ts';

/** The journey as a line, and on a small map. */
export function journeySection(words: PageWords): Tag {
  const { view, texts } = words;
  return tag(
    'section',
    { id: 'journey', 'aria-labelledby': 'journey-title' },
    tag('h2', { id: 'journey-title' }, texts.journey.heading),
    view.journey.length === 0 ? tag('p', {}, texts.journey.none) : undefined,
    journeyMap(words),
    view.journey.length === 0 ? undefined : tag('ol', { class: 'journey' }, ...view.journey.map((step) => stepItem(words, step))),
  );
}

function stepItem(words: PageWords, step: JourneyStep): Tag {
  const { texts, language } = words;
  const key = `step.${step.document}`;
  return tag(
    'li',
    { 'data-colour': step.answer === 'VALID' ? 'green' : step.answer === 'INVALID' ? 'red' : 'amber' },
    tag('p', { class: 'journey__time', 'data-fact': `${key}.time` }, tag('time', { datetime: step.time }, formatTime(step.time, language))),
    tag(
      'p',
      { class: 'journey__step', 'data-fact': `${key}.step` },
      tag('strong', {}, stepName(texts, step.step)),
      step.place === undefined ? undefined : [' ', tag('span', {}, quoted(placeName(words, step.place)))],
    ),
    tag('p', { class: 'quiet', 'data-fact': `${key}.party` }, quoted(partyName(words, step.issuer))),
    step.answer === 'VALID' ? undefined : standingBadge(words, step),
  );
}
