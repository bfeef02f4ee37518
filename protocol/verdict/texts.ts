import type { VerdictCode } from './codes.ts';
import { en } from './texts/en.ts';
import { ko } from './texts/ko.ts';
import type { VerdictWords } from './texts/words.ts';
import { zh } from './texts/zh.ts';
import type { Answer, Question } from './verdict.ts';

/** Languages of both shores, and English. */
export const LANGUAGES = ['zh', 'ko', 'en'] as const;
/** One of them. */
export type Language = (typeof LANGUAGES)[number];

/** The sentences of one language. A code of a newer verifier is answered with itself. */
export interface VerdictTexts {
  question(question: Question): string;
  answer(answer: Answer): string;
  code(code: string): string;
}

const WORDS: Readonly<Record<Language, VerdictWords>> = { zh, ko, en };

/**
 * The sentences in a language.
 *
 * @example
 * verdictTexts('ko').code('REVOKED'); // '발급 기관이 이 문서를 취소했습니다. …'
 */
export function verdictTexts(language: Language): VerdictTexts {
  const { questions, answers, codes } = WORDS[language];
  return {
    question: (question) => questions[question],
    answer: (answer) => answers[answer],
    code: (code) => (Object.hasOwn(codes, code) ? codes[code as VerdictCode] : code),
  };
}
