import type { PageCode, Texts } from '../../texts/texts.ts';
import { statusSign } from '../icons.ts';
import { type Markup, type Tag, tag } from '../markup.ts';
import { codeLines, type PageWords } from '../pageWords.ts';

/** The status in one glance. Only a phone that checked by itself marks it as verified; what a node says is drawn in outline. */
export function glanceSection(words: PageWords): Tag {
  const { view, texts, checker } = words;
  const colour = glanceColour(words);
  const verified = checker.by === 'phone' && colour === 'green';
  const { title, text } = glanceWords(words);
  return tag(
    'section',
    {
      id: 'glance',
      class: 'glance',
      'data-colour': colour,
      'data-checked-by': checker.by,
      'data-verified': verified ? 'yes' : 'no',
      'aria-labelledby': 'glance-title',
    },
    statusSign(colour, 'large'),
    tag(
      'div',
      { class: 'glance__words' },
      tag('h2', { id: 'glance-title', class: 'glance__title' }, title),
      tag('p', {}, text),
      reasonList(words),
      view.certificates.some((entry) => entry.replaced) || view.reports.some((entry) => entry.replaced)
        ? tag('p', { class: 'glance__note' }, texts.replacedNote)
        : undefined,
      tag('p', { class: 'glance__by' }, checker.by === 'phone' ? texts.checkedOnPhone(checker.at) : texts.claimedBy(checker.node)),
    ),
  );
}

/** The status where the phone could not make the page itself: never green. */
export function failedGlance(texts: Texts, code: PageCode): Tag {
  const colour = code === 'SUBJECT_MISMATCH' ? 'red' : 'amber';
  return tag(
    'section',
    {
      id: 'glance',
      class: 'glance',
      'data-colour': colour,
      'data-checked-by': 'phone',
      'data-verified': 'no',
      'aria-labelledby': 'glance-title',
    },
    statusSign(colour, 'large'),
    tag(
      'div',
      { class: 'glance__words' },
      tag('h2', { id: 'glance-title', class: 'glance__title' }, texts.glance[colour].title),
      tag('ul', { class: 'glance__reasons' }, tag('li', { 'data-code': code }, texts.codes[code])),
      tag('p', { class: 'glance__by' }, texts.notCheckedOnPhone),
    ),
  );
}

/** What the status means; nothing is said of tests where there is none. */
export function glanceWords(words: PageWords): { title: string; text: string } {
  const { view, texts } = words;
  const colour = glanceColour(words);
  const { title, text } = texts.glance[colour];
  return { title, text: colour === 'green' && view.reports.length === 0 ? texts.untested : text };
}

/** A page that said something else than its documents prove is never green on this phone. */
export function glanceColour({ view, checker }: PageWords): 'green' | 'amber' | 'red' {
  return checker.by === 'phone' && checker.differences.length > 0 ? 'red' : view.glance.colour;
}

// What only follows from something else that is named already.
const CONSEQUENCES = new Set(['BLOCK_UNPROVEN', 'DOCUMENT_BROKEN']);

function reasonList(words: PageWords): Markup {
  const { view, texts, checker } = words;
  const causes = view.glance.reasons.filter(({ code }) => !CONSEQUENCES.has(code));
  const lines = [
    ...(checker.by === 'phone' && checker.differences.length > 0 ? [texts.codes.PAGE_DIFFERS] : []),
    ...codeLines(words, causes.length > 0 ? causes : view.glance.reasons).map(({ line }) => line),
  ];
  return lines.length === 0 ? undefined : tag('ul', { class: 'glance__reasons' }, ...lines.map((line) => tag('li', {}, line)));
}
