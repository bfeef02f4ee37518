import { linkTexts } from '../texts/linkTexts.ts';
import { tag } from './markup.ts';
import { pageShell } from './pageShell.ts';
import type { Language, PageContext } from './view.ts';

/** The page of an address that is no valid Digital Link. `code` says why; what was written is not repeated. To be sent with status 400. */
export function renderRefusedLink(code: string, page: PageContext, language: Language): string {
  const { refused } = linkTexts(language);
  return pageShell({
    title: `${refused.title} · Tidemark`,
    language,
    // Relative to where the reader is, so that the address is not repeated.
    page: { ...page, path: '', assets: { style: page.assets.style } },
    main: [
      tag('h1', {}, refused.title),
      tag('p', {}, refused.text),
      tag('p', { class: 'quiet' }, `${refused.code}: `, tag('code', {}, code)),
    ],
  });
}
