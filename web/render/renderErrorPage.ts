import { textsOf } from '../texts/textsOf.ts';
import { tag } from './markup.ts';
import { pageShell } from './pageShell.ts';
import type { Language, PageContext } from './view.ts';

/** The page for an answer that cannot be given now. `code` is a stable code of docs/spec/api.md; no other detail reaches the reader. */
export function renderErrorPage(code: string, page: PageContext, language: Language): string {
  const { error } = textsOf(language);
  return pageShell({
    title: `${error.title} · Tidemark`,
    language,
    page: { ...page, assets: { style: page.assets.style } },
    main: [tag('h1', {}, error.title), tag('p', {}, error.text), tag('p', { class: 'quiet' }, `${error.code}: `, tag('code', {}, code))],
  });
}
