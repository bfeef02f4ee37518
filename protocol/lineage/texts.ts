import type { Language } from '../verdict/texts.ts';
import { en } from './texts/en.ts';
import { ko } from './texts/ko.ts';
import type { LineageWords } from './texts/words.ts';
import { zh } from './texts/zh.ts';

const WORDS: Readonly<Record<Language, LineageWords>> = { zh, ko, en };

/** The words of a trace in a language: of its steps, of what is not known, and of what a check of it came to. */
export function lineageTexts(language: Language): LineageWords {
  return WORDS[language];
}
