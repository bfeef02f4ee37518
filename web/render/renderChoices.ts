import type { ElementString } from '../../protocol/gs1/elementString.ts';
import { linkTexts } from '../texts/linkTexts.ts';
import { quoted, tag } from './markup.ts';
import { pageShell } from './pageShell.ts';
import type { Language, PageContext } from './view.ts';

/** The page of several links that answer a request equally well. To be sent with status 300. */
export function renderChoices(
  key: readonly ElementString[],
  links: readonly { href: string; title: string }[],
  page: PageContext,
  language: Language,
): string {
  const { item, choices } = linkTexts(language);
  return pageShell({
    title: `${choices.title} · Tidemark`,
    language,
    page: { ...page, assets: { style: page.assets.style } },
    main: [
      tag('h1', {}, choices.title),
      tag('p', {}, quoted(item(key))),
      tag('p', {}, choices.text),
      tag('ul', { class: 'choices' }, ...links.map(({ href, title }) => tag('li', {}, tag('a', { href }, quoted(title))))),
    ],
  });
}
