import { bearsOn } from '../along/bearsOn.ts';
import { statusSign } from '../icons.ts';
import { quoted, type Tag, tag } from '../markup.ts';
import { codeWords, type PageWords } from '../pageWords.ts';
import { goodsName } from '../trace/goodsName.ts';

/** What stops the goods, or what they were certainly made of or hold, before anything else is said; nothing where nothing does. */
export function stopSection(words: PageWords): Tag | undefined {
  const { view, texts } = words;
  const own = view.verdict.findings.filter(({ question, answer }) => question === 'free' && answer === 'INVALID').map(({ code }) => code);
  const inputs = view.along.filter((goods) => bearsOn(goods) && goods.certain && goods.stops.length > 0);
  const codes = [...new Set<string>([...own, ...inputs.flatMap(({ stops }) => stops)])];
  if (codes.length === 0) return undefined;
  const heading = codes.includes('RECALLED') ? texts.stops.heading.RECALLED : texts.stops.heading.ON_HOLD;
  return tag(
    'section',
    { id: 'stops', class: 'stops', 'data-colour': 'red', 'data-standing': true, 'aria-labelledby': 'stops-title' },
    tag('h2', { id: 'stops-title' }, statusSign('red', 'small'), ' ', heading),
    ...own.map((code) => tag('p', {}, codeWords(words, code))),
    ...inputs.map(({ id, role, stops }) => {
      const { name } = goodsName(id);
      const about = stops.map((code) => texts.stops.heading[code === 'RECALLED' ? 'RECALLED' : 'ON_HOLD']).join(', ');
      return tag('p', {}, `${texts.along.roles[role]}: `, quoted(name), ` – ${about}`);
    }),
  );
}
