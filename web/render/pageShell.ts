import { LANGUAGE_NAMES, LANGUAGES, textsOf } from '../texts/textsOf.ts';
import { type Markup, type Tag, tag, toHtml } from './markup.ts';
import type { Language, PageContext } from './view.ts';

/** What one page puts into the shell. */
export interface ShellContent {
  readonly title: string;
  readonly language: Language;
  readonly page: PageContext;
  /** What the phone must know of the page: `data-…` of `main`. */
  readonly data?: { readonly [name: `data-${string}`]: string | number };
  readonly main: readonly Markup[];
  /** Links under the content. */
  readonly footer?: Markup;
}

/** Writes a whole page. */
export function pageShell(content: ShellContent): string {
  const page = tag(
    'html',
    { lang: LANGUAGE_TAGS[content.language] },
    head(content.title, content.page),
    tag('body', {}, ...shellBody(content)),
  );
  return `<!doctype html>${toHtml(page)}`;
}

/** What stands in the body around and with the content. The live region stands outside `main`, since the phone renews what is inside. */
export function shellBody({ language, page, data, main, footer }: Omit<ShellContent, 'title'>): Tag[] {
  const texts = textsOf(language);
  return [
    tag('a', { class: 'skip', href: '#main' }, texts.skip),
    tag('header', { class: 'bar' }, tag('p', { class: 'brand' }, 'Tidemark'), languageLinks(language, page.path)),
    tag('main', { id: 'main', tabindex: -1, 'data-node': page.node, ...data }, ...main),
    tag('div', { id: 'live', class: 'unseen', role: 'status', 'aria-live': 'polite' }),
    tag('footer', { class: 'foot' }, footer, tag('p', {}, texts.ledger.licence)),
  ];
}

/** BCP 47 tags of the pages' languages. */
const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { zh: 'zh-Hans', ko: 'ko', en: 'en' };

function head(title: string, { assets, path }: PageContext): Tag {
  return tag(
    'head',
    {},
    tag('meta', { charset: 'utf-8' }),
    tag('title', {}, title),
    tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tag('meta', { name: 'color-scheme', content: 'light dark' }),
    tag('meta', { name: 'robots', content: 'noindex' }),
    tag('link', { rel: 'icon', href: 'data:,' }),
    tag('link', { rel: 'stylesheet', href: assets.style }),
    ...LANGUAGES.map((language) => tag('link', { rel: 'alternate', hreflang: LANGUAGE_TAGS[language], href: inLanguage(path, language) })),
    assets.script === undefined ? undefined : tag('script', { src: assets.script, defer: true }),
  );
}

function inLanguage(path: string, language: Language): string {
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}

function languageLinks(current: Language, path: string): Tag {
  const item = (language: Language) =>
    tag(
      'li',
      {},
      tag(
        'a',
        {
          href: inLanguage(path, language),
          lang: LANGUAGE_TAGS[language],
          hreflang: LANGUAGE_TAGS[language],
          'aria-current': language === current ? 'true' : undefined,
        },
        LANGUAGE_NAMES[language],
      ),
    );
  return tag('nav', { 'aria-label': textsOf(current).languages }, tag('ul', { class: 'languages' }, ...LANGUAGES.map(item)));
}
