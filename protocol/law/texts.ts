import type { Language } from '../verdict/texts.ts';
import type { JudgementCode, Reason } from './judgement.ts';
import type { Confidence } from './limitProfile.ts';
import { en } from './texts/en.ts';
import { ko } from './texts/ko.ts';
import type { JudgementWords } from './texts/words.ts';
import { zh } from './texts/zh.ts';

/** The sentences of one language. */
export interface JudgementTexts {
  code(code: JudgementCode): string;
  reason(reason: Reason): string;
  confidence(confidence: Confidence): string;
}

const WORDS: Readonly<Record<Language, JudgementWords>> = { zh, ko, en };

/**
 * What a judgement for a destination says in a language.
 *
 * @example
 * judgementTexts('en').reason('ABOVE_LIMIT'); // 'The value is above the limit.'
 */
export function judgementTexts(language: Language): JudgementTexts {
  const { codes, reasons, confidence } = WORDS[language];
  return { code: (code) => codes[code], reason: (reason) => reasons[reason], confidence: (each) => confidence[each] };
}
