import { canonicalId } from '../../protocol/gs1/canonicalId.ts';
import type { Language } from '../render/view.ts';
import { openScreen } from './screen.ts';
import { watch } from './watch.ts';

/** The script of the product page: the phone checks the documents by itself and puts what it has proven in the place of what it was sent. */
const asked = canonicalId(`https://id.gs1.org${location.pathname}`);

if (asked !== undefined) void watch(asked, openScreen(language()));

function language(): Language {
  const tag = document.documentElement.lang.slice(0, 2);
  return tag === 'zh' || tag === 'ko' ? tag : 'en';
}
