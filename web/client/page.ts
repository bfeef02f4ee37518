import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import type { Language } from '../render/view.ts';
import { openScreen } from './screen.ts';
import { watch } from './watch.ts';

/** The script of the product page: the phone checks the documents by itself and puts what it has proven in the place of what it was sent. */
const main = document.querySelector<HTMLElement>('main#main');
const asked = canonicalId(`https://id.gs1.org${location.pathname}`);

if (main !== null && asked !== undefined) void watch(asked, openScreen(main, language()));

function language(): Language {
  const tag = document.documentElement.lang.slice(0, 2);
  return tag === 'zh' || tag === 'ko' ? tag : 'en';
}
