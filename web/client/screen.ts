import { shellBody } from '../render/pageShell.ts';
import { type PageWords, pageWords } from '../render/pageWords.ts';
import { alongBasis, productContent } from '../render/renderProductPage.ts';
import { failedGlance, glanceWords } from '../render/sections/glanceSection.ts';
import type { Language, PageContext, ProductView } from '../render/view.ts';
import type { PageCode } from '../texts/texts.ts';
import { textsOf } from '../texts/textsOf.ts';
import { comparePage, textOfDom, textOfSections } from './comparePage.ts';
import { renew } from './renew.ts';
import { toDom } from './toDom.ts';

/** The page on the screen: first the node's words, then the phone's own in their place. */
export interface Screen {
  /** Says that the check runs. */
  showChecking(): void;
  /** Puts the page that the phone made into the place of what is there, and says where the served page differed. */
  showView(view: ProductView, at: Date): void;
  /** Says why the phone could make no page; what is there stays, without any claim of being checked. */
  showFailure(code: PageCode): void;
}

/** Takes over the page that the node sent. */
export function openScreen(language: Language): Screen {
  const texts = textsOf(language);
  const served = textOfDom(mainElement());
  const page: PageContext = { path: location.pathname, node: mainElement().dataset.node ?? location.host, assets: { style: '' } };
  let differences: ReturnType<typeof comparePage> | undefined;

  return {
    showChecking() {
      const by = mainElement().querySelector('.glance__by');
      if (by) by.textContent = texts.checking;
    },
    showView(view, at) {
      const own = productContent(view, page, { by: 'phone', node: page.node, at: '', differences: [] }, language);
      // Kept while the page is open: a server that was found to say something else stays found.
      differences ??= comparePage(served, textOfSections(own.main, view.ledger.height, alongBasis(view)));
      const checker = { by: 'phone', node: page.node, at: clock(at), differences } as const;
      const content = productContent(view, page, checker, language);
      document.title = content.title;
      renew(document.body, shellBody({ ...content, main: [] }).map(toDom));
      renew(mainElement(), content.main.map(toDom));
      announce(statusWords(pageWords(view, checker, language)));
    },
    showFailure(code) {
      const glance = toDom(failedGlance(texts, code));
      const old = mainElement().querySelector('#glance');
      if (old) old.replaceWith(glance);
      else mainElement().prepend(glance);
      announce(texts.codes[code]);
    },
  };
}

/** Looked for each time: what a server sent need not stand where it should. */
function mainElement(): HTMLElement {
  return document.querySelector<HTMLElement>('main#main') ?? document.body.appendChild(document.createElement('main'));
}

function statusWords(words: PageWords): string {
  const { title, text } = glanceWords(words);
  return `${title}. ${text}`;
}

/** Tells a screen reader, once for each change. */
function announce(words: string): void {
  const live = document.getElementById('live');
  if (live && live.textContent !== words) live.textContent = words;
}

function clock(at: Date): string {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
