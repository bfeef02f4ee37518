import { type Markup, type Tag, tag } from '../markup.ts';
import { documentName, type PageWords } from '../pageWords.ts';

/** What nobody can check here, stated plainly. */
export function limitsSection(words: PageWords): Tag {
  const { view, texts } = words;
  return tag(
    'section',
    { id: 'limits', 'aria-labelledby': 'limits-title' },
    tag('h2', { id: 'limits-title' }, texts.unshown.heading),
    unshownList(words),
    tag(
      'ul',
      {},
      tag('li', {}, texts.unshown.codeIsNotBox),
      tag('li', {}, texts.unshown.falsehood),
      view.ledger.finality === 'unsealed' ? tag('li', {}, texts.unshown.unsealed) : undefined,
    ),
  );
}

function unshownList(words: PageWords): Markup {
  const { view, texts } = words;
  if (view.unshown.length === 0) return undefined;
  return [
    tag('p', {}, texts.unshown.intro),
    tag(
      'ul',
      {},
      ...view.unshown.map((entry) => tag('li', {}, `${documentName(words, entry.document)}: ${texts.unshown.reasons[entry.reason]}`)),
    ),
  ];
}
