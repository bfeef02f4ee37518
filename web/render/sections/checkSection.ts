import { verdictTexts } from '../../../protocol/verdict/texts.ts';
import type { Finding } from '../../../protocol/verdict/verdict.ts';
import { colourOf, statusSign } from '../icons.ts';
import { type Markup, quoted, type Tag, tag } from '../markup.ts';
import { codeLines, type PageWords } from '../pageWords.ts';

/** What was checked, by whom, and each answer: what failed and what could not be checked is named with its document. */
export function checkSection(words: PageWords): Tag {
  const { view, texts, checker } = words;
  const past = new Set(pastDocuments(words));
  return tag(
    'section',
    { id: 'checks', 'aria-labelledby': 'checks-title' },
    tag('h2', { id: 'checks-title' }, texts.checks.heading),
    tag('p', { class: 'checks__by' }, checker.by === 'phone' ? texts.checks.byPhone : texts.checks.byNode(checker.node)),
    differenceList(words),
    tag('ul', { class: 'checks' }, ...questionsOf(view.verdict.findings).map((question) => questionItem(words, question, past))),
  );
}

type Question = Finding['question'];

function questionsOf(findings: readonly Finding[]): Question[] {
  return [...new Set(findings.map((finding) => finding.question))];
}

function pastDocuments({ view }: PageWords): number[] {
  return [...view.certificates, ...view.reports, ...view.journey].filter((entry) => entry.replaced).map((entry) => entry.document);
}

function questionItem(words: PageWords, question: Question, past: ReadonlySet<number>): Tag {
  const { view, language } = words;
  const say = verdictTexts(language);
  const asked = view.verdict.findings.filter((finding) => finding.question === question);
  const failed = asked.filter((finding) => finding.answer !== 'VALID' || NOTES.has(finding.code));
  const current = asked.filter((finding) => finding.document === undefined || !past.has(finding.document));
  const answer = worstOf(current);
  return tag(
    'li',
    { 'data-question': question, 'data-answer': answer, 'data-colour': colourOf(answer) },
    statusSign(colourOf(answer), 'small'),
    tag(
      'div',
      {},
      tag('span', {}, say.question(question)),
      ' ',
      tag('strong', {}, say.answer(answer)),
      failed.length === 0 ? undefined : problemList(words, failed, past),
    ),
  );
}

// VALID, yet worth saying (docs/spec/bundle.md section 3).
const NOTES = new Set(['BODY_WITHHELD', 'USED', 'PREDECESSOR_USED', 'ACCEPTED', 'REFUSED']);

function problemList(words: PageWords, failed: readonly Finding[], past: ReadonlySet<number>): Tag {
  const isPast = ({ document }: Finding) => document !== undefined && past.has(document);
  const item = (note: string) => (entry: { code: string; line: string }) =>
    tag('li', { 'data-code': entry.code }, quoted(entry.line), note);
  return tag(
    'ul',
    {},
    ...codeLines(
      words,
      failed.filter((finding) => !isPast(finding)),
    ).map(item('')),
    ...codeLines(words, failed.filter(isPast)).map(item(` – ${words.texts.checks.past}`)),
  );
}

function worstOf(findings: readonly Finding[]): Finding['answer'] {
  if (findings.some((finding) => finding.answer === 'INVALID')) return 'INVALID';
  return findings.some((finding) => finding.answer === 'CANNOT_CHECK') ? 'CANNOT_CHECK' : 'VALID';
}

function differenceList({ texts, checker }: PageWords): Markup {
  if (checker.by !== 'phone' || checker.differences.length === 0) return undefined;
  return tag(
    'div',
    { class: 'differences' },
    tag('h3', {}, texts.checks.differs),
    tag(
      'ul',
      {},
      ...checker.differences.map(({ shown, proven }) =>
        tag(
          'li',
          {},
          `${texts.checks.shown}: `,
          tag('del', {}, quoted(shown)),
          ` · ${texts.checks.proven}: `,
          tag('ins', {}, quoted(proven)),
        ),
      ),
    ),
  );
}
