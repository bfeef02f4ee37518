import { type Tag, tag } from './markup.ts';
import { pageShell, type ShellContent } from './pageShell.ts';
import { type Checker, pageWords } from './pageWords.ts';
import { productSections } from './productSections.ts';
import { productName } from './sections/titleSection.ts';
import type { Language, PageContext, ProductView } from './view.ts';

/**
 * Writes a product's page as HTML, complete without a script.
 *
 * @param view made by `productView` from the subject's bundle
 * @param page what the serving node adds: path, its name, addresses of the assets
 */
export function renderProductPage(view: ProductView, page: PageContext, language: Language): string {
  return pageShell(productContent(view, page, { by: 'node', node: page.node }, language));
}

/** What else the page stands on: the blocks of the histories beside its own. */
export function alongBasis({ along }: ProductView): string {
  return along.map(({ height }) => height).join(' ');
}

/** A product's page before it is written: the node writes it as HTML, the phone puts it in the place of what it was sent. */
export function productContent(view: ProductView, page: PageContext, checker: Checker, language: Language): ShellContent & { main: Tag[] } {
  const words = pageWords(view, checker, language);
  const { lot, serial, gtin, sscc } = view.keys;
  return {
    title: [productName(words), lot ?? serial ?? gtin ?? sscc, 'Tidemark'].filter(Boolean).join(' · '),
    language,
    page,
    data: { 'data-height': view.ledger.height, 'data-along': alongBasis(view) },
    main: productSections(words),
    footer: tag(
      'p',
      {},
      tag(
        'a',
        { href: `/subjects?id=${encodeURIComponent(view.id)}`, type: 'application/vnd.tidemark.bundle+json' },
        words.texts.ledger.proof,
      ),
    ),
  };
}
