import type { AccountableStep } from '../../../protocol/lineage/accountableParties.ts';
import type { RecallScope } from '../../../protocol/lineage/recallScope.ts';
import type { LineageWords } from '../../../protocol/lineage/texts/words.ts';
import { lineageTexts } from '../../../protocol/lineage/texts.ts';
import type { TracedGoods } from '../../../protocol/lineage/trace.ts';
import type { Language } from '../../../protocol/verdict/texts.ts';
import type { CheckedTrace, TraceClaim } from '../../../sdk/trace/checkTrace.ts';
import type { Proof } from '../../../sdk/trace/proveGoods.ts';

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
export function checkLines({ differences, ...proof }: Omit<CheckedTrace, 'claim' | 'node'>, language: Language): string[] {
  const texts = lineageTexts(language);
  return [
    ...proofLines(proof, language),
    ...atMost(differences, texts, ({ code, part, about }) => `  ✗ ${part} ${shown(about)}: ${texts.differences[code]} (${code})`),
  ];
}

/** What proving histories came to. */
export function proofLines({ answer, proven, sealed, unknown, omissions }: Proof, language: Language): string[] {
  const texts = lineageTexts(language);
  return [
    `${SIGN[answer]} ${texts.answers[answer]} (${answer})`,
    `  ${proven} ${texts.words.proven}${sealed === 0 ? '' : `, ${sealed} ${texts.words.sealed}`}`,
    ...atMost(unknown, texts, (id) => `  ? ${shown(id)}: ${texts.words.unrecorded}`),
    ...atMost(
      omissions,
      texts,
      ({ code, id, finding }) => `  ✗ ${shown(id)}: ${texts.differences[code]} (${code}${finding === undefined ? '' : ` ${finding}`})`,
    ),
  ];
}

/** Who answers for goods, step by step. */
export function partyLines(parties: readonly { id: string; steps: readonly AccountableStep[] }[], language: Language): string[] {
  const texts = lineageTexts(language);
  return parties.flatMap(({ id, steps }) => [
    shown(id),
    ...atMost(steps, texts, ({ time, bizStep, place, issuer, parties: named }) => {
      const gave = named.map(({ role, type, id: party }) => `${texts.roles[role]} ${type} ${shown(party)}`);
      return `  ${minute(time)} ${bizStep ?? ''} ${shown(place ?? texts.words.unknownPlace)} · ${[...gave, `${texts.words.capturedBy} ${issuer}`].join(' · ')}`;
    }),
  ]);
}

/** What a recall must reach: sums by lot, where goods are, and what was sent to whom. */
export function scopeLines({ lots, units, shipments, gaps, findings }: RecallScope, language: Language): string[] {
  const texts = lineageTexts(language);
  const { scope } = texts;
  const sums = ['produced', 'shipped', 'received', 'returned', 'open', 'consumed', 'destroyed', 'held'] as const;
  return [
    ...lots.flatMap((lot) => [
      `${shown(lot.id)}${lot.unit === '' ? '' : ` (${lot.unit})`}: ${sums.map((name) => `${scope[name]} ${lot[name]}`).join(', ')}`,
      ...atMost(lot.where, texts, ({ where, quantity }) => `  ${texts.words.at} ${shown(where)}: ${quantity}`),
    ]),
    ...atMost(units, texts, ({ id, state }) => `  ${shown(id)}: ${texts.states[state]}`),
    ...titled(
      `${scope.shipments} ${shipments.length}`,
      shipments,
      texts,
      ({ destinations, documents, quantity, state }) =>
        `  ${texts.states[state]} ${quantity ?? '?'} → ${destinations.map(shown).join(' ')} ${documents.map(shown).join(' ')}`,
    ),
    ...titled(texts.words.gaps, gaps, texts, ({ code, id }) => `  … ${shown(id)}: ${texts.gaps[code]} (${code})`),
    ...titled(texts.words.findings, findings, texts, ({ code, id }) => `  ! ${shown(id)}: ${texts.findings[code]} (${code})`),
  ];
}

function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
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
      : ` · ${words.lastSeen} ${minute(lastSeen.time)} ${lastSeen.bizStep ?? ''} ${shown(lastSeen.place ?? words.unknownPlace)}${lastSeen.holder === undefined ? '' : `, ${words.heldBy} ${shown(lastSeen.holder)}`}`;
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
