import type { ElementString } from '../../protocol/gs1/elementString.ts';
import { linkTexts } from '../texts/linkTexts.ts';
import { textsOf } from '../texts/textsOf.ts';
import { quoted, tag } from './markup.ts';
import { pageShell } from './pageShell.ts';
import type { Language, PageContext } from './view.ts';

/** What is known of a product of which only lots have documents. */
interface ProductLots {
  key: readonly ElementString[];
  lots: readonly { lot: string; path: string }[];
  /** There are more than are given. */
  more: boolean;
  /** The lot or item that was asked for, and that nobody has recorded. */
  unknown?: readonly ElementString[];
}

/** The page of a product: its lots, and first of all what of it is not known. It gives no verdict. */
export function renderProductLots({ key, lots, more, unknown }: ProductLots, page: PageContext, language: Language): string {
  const { item, lots: texts } = linkTexts(language);
  const { unknownProduct } = textsOf(language);
  const title = unknown === undefined ? texts.title : unknownProduct.title;
  return pageShell({
    title: `${title} · Tidemark`,
    language,
    page: { ...page, assets: { style: page.assets.style } },
    main: [
      tag('h1', {}, title),
      tag('p', {}, quoted(item(unknown ?? key))),
      ...(unknown === undefined ? [] : [tag('p', {}, unknownProduct.text), tag('p', {}, unknownProduct.advice)]),
      tag('h2', {}, texts.heading),
      tag(
        'ul',
        { class: 'choices' },
        ...lots.map(({ lot, path }) => tag('li', {}, tag('a', { href: `${path}?lang=${language}` }, quoted(lot)))),
      ),
      more ? tag('p', { class: 'quiet' }, texts.more) : undefined,
    ],
  });
}
