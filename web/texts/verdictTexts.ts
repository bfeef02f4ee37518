import type { Question } from '../../protocol/verdict/verdict.ts';
import type { Language } from '../render/view.ts';

export function questionText(question: Question, _language: Language): string {
  return question;
}
export function codeText(code: string, _language: Language): string | undefined {
  return code;
}
