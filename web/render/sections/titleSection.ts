import { quoted, type Tag, tag } from '../markup.ts';
import type { PageWords } from '../pageWords.ts';

/** The product's name and lot, and the mark of demonstration data. */
export function titleSection(words: PageWords): Tag {
  const { view, texts } = words;
  return tag(
    'header',
    { id: 'title', class: 'title' },
    isDemo(words) ? tag('p', { class: 'demo' }, tag('strong', {}, 'DEMO'), ' ', texts.demo) : undefined,
    tag('h1', { 'data-fact': 'title.name' }, quoted(productName(words))),
    view.keys.lot === undefined ? undefined : tag('p', { class: 'title__lot' }, `${texts.what.lot} `, quoted(view.keys.lot)),
  );
}

/** The product's name in the page's language, or what it is. */
export function productName({ view, texts, language }: PageWords): string {
  return view.name?.[language] ?? (view.keys.sscc === undefined ? texts.what.unnamed : texts.what.unnamedUnit);
}

// Demonstration data say so in every name (members, products, certificate numbers).
function isDemo({ view }: PageWords): boolean {
  return view.parties.some((party) => Object.values(party.names).some((name) => name.includes('DEMO')));
}
