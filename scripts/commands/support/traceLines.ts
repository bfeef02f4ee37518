import type { LineageWords } from '../../../protocol/lineage/texts/words.ts';
import { lineageTexts } from '../../../protocol/lineage/texts.ts';
import type { TracedGoods } from '../../../protocol/lineage/trace.ts';
import type { Language } from '../../../protocol/verdict/texts.ts';
import type { CheckedTrace, TraceClaim } from '../../../sdk/trace/checkTrace.ts';

const SIGN: Readonly<Record<CheckedTrace['answer'], string>> = { VALID: '✓', INVALID: '✗', CANNOT_CHECK: '?' };
/** Lines of one kind; the rest is counted. */
const MOST_LINES = 60;

/** A trace as lines for people: its goods by depth, then what is not known and what needs a look. */
export function claimLines({ direction, asOf, goods, gaps, findings, histories }: TraceClaim, language: Language): string[] {
  const texts = lineageTexts(language);
  const counts = new Map(histories.map(({ id, entries, sealed }) => [id, { entries, sealed: sealed.length }]));
  return [
    `${texts.directions[direction]} · ${texts.words.asOf} ${asOf}`,
    ...atMost(goods, texts, (each) => goodsLine(each, counts.get(each.id), texts)),
    ...titled(texts.words.gaps, gaps, texts, ({ code, id }) => `  … ${shown(id)}: ${texts.gaps[code]} (${code})`),
    ...titled(texts.words.findings, findings, texts, ({ code, id }) => `  ! ${shown(id)}: ${texts.findings[code]} (${code})`),
  ];
}

/** What a check of a trace came to. */
export function checkLines(
  { answer, proven, sealed, differences, omissions }: Omit<CheckedTrace, 'claim' | 'node'>,
  language: Language,
): string[] {
  const texts = lineageTexts(language);
  return [
    `${SIGN[answer]} ${texts.answers[answer]} (${answer})`,
    `  ${proven} ${texts.words.proven}${sealed === 0 ? '' : `, ${sealed} ${texts.words.sealed}`}`,
    ...atMost(
      omissions,
      texts,
      ({ code, id, finding }) => `  ✗ ${shown(id)}: ${texts.differences[code]} (${code}${finding === undefined ? '' : ` ${finding}`})`,
    ),
    ...atMost(differences, texts, ({ code, part, about }) => `  ✗ ${part} ${shown(about)}: ${texts.differences[code]} (${code})`),
  ];
}

function goodsLine(
  { id, where, certainty, depth, lastSeen }: TracedGoods,
  count: { entries: number; sealed: number } | undefined,
  { certainties, words }: LineageWords,
): string {
  const place = where === undefined || where === '' ? '' : ` @ ${shown(where)}`;
  const seen =
    lastSeen === undefined
      ? ''
      : ` · ${words.lastSeen} ${new Date(lastSeen.time).toISOString().slice(0, 16)}Z ${lastSeen.bizStep ?? ''} ${shown(lastSeen.place ?? words.unknownPlace)}${lastSeen.holder === undefined ? '' : `, ${words.heldBy} ${shown(lastSeen.holder)}`}`;
  const records =
    count === undefined ? '' : ` · ${words.entries} ${count.entries}${count.sealed === 0 ? '' : ` (${count.sealed} ${words.sealed})`}`;
  return `${'  '.repeat(Math.min(depth, 20) + 1)}${certainty === 'certain' ? '●' : '○'} ${shown(id)}${place} [${certainties[certainty]}]${seen}${records}`;
}

/** Without the address that all canonical identifiers begin with. */
function shown(id: string): string {
  return id.replace('https://id.gs1.org', '');
}

function titled<Item>(title: string, items: readonly Item[], texts: LineageWords, line: (item: Item) => string): string[] {
  return items.length === 0 ? [] : [`${title}:`, ...atMost(items, texts, line)];
}

function atMost<Item>(items: readonly Item[], { words }: LineageWords, line: (item: Item) => string): string[] {
  const rest = items.length - MOST_LINES;
  return [...items.slice(0, MOST_LINES).map(line), ...(rest > 0 ? [`  + ${rest} ${words.more}`] : [])];
}
