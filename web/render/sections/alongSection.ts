import { bearsOn } from '../along/bearsOn.ts';
import { colourOf, statusSign } from '../icons.ts';
import { type Markup, quoted, type Tag, tag } from '../markup.ts';
import type { PageWords } from '../pageWords.ts';
import { goodsName } from '../trace/goodsName.ts';
import { productPage, traceAddress } from '../trace/traceAddress.ts';
import type { AlongFacts } from '../view.ts';

/** What the goods were made of, hold and were carried in, a line for each with the way to its own page, and how its history stands; then the way to the whole trace. */
export function alongSection(words: PageWords): Tag {
  const { view, texts, language, checker } = words;
  return tag(
    'section',
    { id: 'along', 'aria-labelledby': 'along-title' },
    tag('h2', { id: 'along-title' }, view.keys.sscc === undefined ? texts.along.heading : texts.along.headingOfUnit),
    view.along.length === 0
      ? undefined
      : tag('p', { class: 'quiet', 'data-standing': true }, checker.by === 'phone' ? texts.along.byPhone : texts.along.byNode),
    view.along.length === 0
      ? undefined
      : tag('ul', { class: 'parties' }, ...view.along.map((entry, index) => alongItem(words, entry, index))),
    view.alongLeft === 0 ? undefined : tag('p', {}, texts.along.left(view.alongLeft)),
    tag('p', {}, tag('a', { href: traceAddress({ id: view.id, lang: language }) }, texts.along.trace)),
  );
}

function alongItem({ texts, language }: PageWords, { id, role, certain, answer, stops }: AlongFacts, index: number): Tag {
  const { name } = goodsName(id);
  const href = productPage(id, language);
  const words: Markup = href === undefined ? quoted(name) : tag('a', { href }, quoted(name));
  const colour = stops.length > 0 && bearsOn({ role }) ? 'red' : colourOf(answer);
  const stopped = stops.map((code) => texts.stops.heading[code === 'RECALLED' ? 'RECALLED' : 'ON_HOLD']);
  return tag(
    'li',
    {},
    tag('span', { 'data-fact': `along.${index}` }, `${texts.along.roles[role]} `, words, certain ? undefined : ` (${texts.along.maybe})`),
    tag(
      'p',
      { class: 'badge', 'data-colour': colour, 'data-standing': true },
      statusSign(colour, 'small'),
      tag('span', {}, tag('strong', {}, stopped.length > 0 ? stopped.join(', ') : texts.along.answers[answer])),
    ),
  );
}
