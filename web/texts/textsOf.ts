import type { Language } from '../render/view.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Texts } from './texts.ts';
import { zh } from './zh.ts';

const ALL: Readonly<Record<Language, Texts>> = { zh, ko, en };

/** Languages of the page, in the order in which they are offered. */
export const LANGUAGES: readonly Language[] = ['zh', 'ko', 'en'];

/** How each language names itself: not among its words, since a script that has those of one language offers the others too. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { zh: '中文', ko: '한국어', en: 'English' };

/** The words of one language. */
export function textsOf(language: Language): Texts {
  return ALL[language];
}
