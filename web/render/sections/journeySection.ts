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
    view.journey.length === 0 ? undefined : tag('ol', { class: 'journey' }, ...stopsOf(words).map((stop) => stopItem(words, stop))),
  );
}

/** Steps that follow each other at one place, by one party. */
interface Stop {
  place: string;
  issuer: number;
  steps: JourneyStep[];
}

function stopsOf(words: PageWords): Stop[] {
  const stops: Stop[] = [];
  for (const step of words.view.journey) {
    const place = step.place === undefined ? '' : placeName(words, step.place);
    const last = stops.at(-1);
    if (last?.place === place && last.issuer === step.issuer) last.steps.push(step);
    else stops.push({ place, issuer: step.issuer, steps: [step] });
  }
  return stops;
}

function stopItem(words: PageWords, { place, issuer, steps }: Stop): Tag {
  const key = `stop.${steps[0]?.document}`;
  return tag(
    'li',
    {
      'data-colour': steps.some((step) => step.answer === 'INVALID')
        ? 'red'
        : steps.some((step) => step.answer !== 'VALID')
          ? 'amber'
          : 'green',
    },
    tag('p', { class: 'journey__place', 'data-fact': `${key}.place` }, place === '' ? words.texts.journey.unnamedPlace : quoted(place)),
    tag('p', { class: 'quiet', 'data-fact': `${key}.party` }, quoted(partyName(words, issuer))),
    tag('ul', { class: 'journey__steps' }, ...runsOf(steps).map((run) => runItem(words, run))),
  );
}

/** The same step over and over, as when pallets are packed one by one, is told once. */
function runsOf(steps: readonly JourneyStep[]): JourneyStep[][] {
  const runs: JourneyStep[][] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    if (run?.[0]?.step === step.step) run?.push(step);
    else runs.push([step]);
  }
  return runs;
}

function runItem({ texts, language, ...words }: PageWords, run: readonly JourneyStep[]): Tag {
  const [first, last] = [run[0], run.at(-1)] as [JourneyStep, JourneyStep];
  const [from, until] = [formatTime(first.time, language), formatTime(last.time, language)];
  const doubtful = run.find((step) => step.answer !== 'VALID');
  const key = `step.${first.document}`;
  return tag(
    'li',
    {},
    tag(
      'strong',
      {},
      tag('span', { 'data-fact': `${key}.step` }, stepName(texts, first.step)),
      run.length === 1 ? undefined : ` × ${run.length}`,
    ),
    ' ',
    tag(
      'span',
      { class: 'quiet' },
      tag('time', { datetime: first.time, 'data-fact': `${key}.time` }, from),
      until === from ? undefined : [' – ', tag('time', { datetime: last.time }, until)],
    ),
    doubtful === undefined ? undefined : standingBadge({ texts, language, ...words }, doubtful),
  );
}
