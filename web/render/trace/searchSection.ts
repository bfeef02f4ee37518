import { traceTexts } from '../../texts/traceTexts.ts';
import { type Tag, tag } from '../markup.ts';
import type { Language } from '../view.ts';
import { TRACE_PAGE } from './traceAddress.ts';

/** The question: a form that works without a script. @param problem why what was typed was not found */
export function searchSection(asked: string, language: Language, problem?: readonly (Tag | string)[]): Tag {
  const texts = traceTexts(language);
  const hints = problem === undefined ? 'ask-hint' : 'ask-problem ask-hint';
  return tag(
    'form',
    { class: 'trace__ask', method: 'get', action: TRACE_PAGE, role: 'search' },
    tag('label', { for: 'ask' }, texts.ask),
    problem === undefined ? undefined : tag('p', { id: 'ask-problem', class: 'trace__problem' }, ...problem),
    tag(
      'div',
      { class: 'trace__row' },
      tag('input', {
        ...{ id: 'ask', name: 'id', type: 'search', value: asked, required: true, maxlength: 2048, 'aria-describedby': hints },
        ...{ autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', 'aria-invalid': problem === undefined ? undefined : 'true' },
      }),
      tag('input', { type: 'hidden', name: 'lang', value: language }),
      tag('button', { type: 'submit' }, texts.search),
    ),
    tag('p', { id: 'ask-hint', class: 'quiet' }, texts.askHint),
  );
}
