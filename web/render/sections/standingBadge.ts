import { colourOf, statusSign } from '../icons.ts';
import { type Tag, tag } from '../markup.ts';
import { codeWords, type PageWords } from '../pageWords.ts';
import type { Standing } from '../view.ts';

/** How an entry stands: sign and words, and what is against it. */
export function standingBadge(words: PageWords, entry: Standing): Tag {
  const { texts } = words;
  if (entry.replaced) return tag('p', { class: 'badge badge--past', 'data-standing': true }, texts.standing.replaced);
  const word = { VALID: texts.standing.stands, INVALID: texts.standing.invalid, CANNOT_CHECK: texts.standing.unchecked }[entry.answer];
  // Why something could not be checked is told once, in the section on checks.
  const codes = entry.answer === 'INVALID' ? entry.codes : [];
  const against = [...codes, ...(entry.concerns ? [] : ['OTHER_PRODUCT'])].map((code) => codeWords(words, code));
  const colour = entry.answer === 'VALID' && !entry.concerns ? 'amber' : colourOf(entry.answer);
  return tag(
    'p',
    { class: 'badge', 'data-colour': colour, 'data-standing': true },
    statusSign(colour, 'small'),
    tag('span', {}, tag('strong', {}, word), against.length === 0 ? undefined : `: ${against.join(' ')}`),
  );
}
