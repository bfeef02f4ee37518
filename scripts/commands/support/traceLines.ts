import type { AccountableStep } from '../../../protocol/lineage/accountableParties.ts';
import type { LastSeen } from '../../../protocol/lineage/lastSeen.ts';
import type { LotScope, RecallScope, Shipment } from '../../../protocol/lineage/recallScope.ts';
import type { LineageWords } from '../../../protocol/lineage/texts/words.ts';
import type { Trace, TracedGoods, TraceGap } from '../../../protocol/lineage/trace.ts';
import type { CheckedTrace, TraceClaim } from '../../../sdk/trace/checkTrace.ts';
import type { GoodsAlarm, Proof } from '../../../sdk/trace/proveGoods.ts';
import type { Doubt } from '../../../sdk/trace/proveLineage.ts';
import { grouped, joinWithin, table } from './columns.ts';
import type { TraceWords } from './traceWords.ts';

const SIGN: Readonly<Record<CheckedTrace['answer'], string>> = { VALID: '✓', INVALID: '✗', CANNOT_CHECK: '?' };
/** Entries of one kind; the rest is counted. */
const MOST_ENTRIES = 60;

/** A trace as lines for people: its goods by depth, then what is not known and what needs a look. */
export function claimLines({ direction, asOf, goods, histories, ...rest }: TraceClaim, words: TraceWords): string[] {
  const { texts } = words;
  const counts = new Map(histories.map(({ id, entries, sealed }) => [id, { entries, sealed: sealed.length }]));
  return [
    `${texts.directions[direction]} · ${texts.words.asOf} ${words.time(Date.parse(asOf))}`,
    ...atMost(goods, texts.words.more, (each) => goodsLines(each, counts.get(each.id), words)),
    ...doubtLines(rest, words),
    ...nameLines(words),
  ];
}

/** What a check of a trace came to. */
export function checkLines({ differences, ...proof }: Omit<CheckedTrace, 'claim' | 'node'>, words: TraceWords): string[] {
  const { texts } = words;
  return [
    ...proofLines(proof, words),
    ...atMost(differences, texts.words.more, ({ code, part, about }) => [
      `  ✗ ${part} ${words.id(about)}: ${texts.differences[code]} (${code})`,
    ]),
  ];
}

/** What proving histories came to. */
export function proofLines({ answer, proven, sealed, unknown, omissions, doubts, alarms }: Proof, words: TraceWords): string[] {
  const { texts } = words;
  const { more } = texts.words;
  return [
    `${SIGN[answer]} ${texts.answers[answer]} (${answer})`,
    `  ${proven} ${texts.words.proven}${sealed === 0 ? '' : `, ${sealed} ${texts.words.sealed}`}`,
    ...atMost(
      alarms.flatMap((alarm) => alarmLines(alarm, words)),
      more,
      (line) => [line],
    ),
    ...atMost(unknown, more, (id) => [`  ? ${words.id(id)}: ${texts.words.unrecorded}`]),
    ...atMost(doubts, more, ({ code, id, question }) => {
      const sentence = isLineageDoubt(code) ? texts.doubts[code] : words.sentence(code);
      return [`  ? ${words.id(id)}: ${sentence} (${question === undefined ? code : `${question} ${code}`})`];
    }),
    ...atMost(omissions, more, ({ code, id, finding }) => [
      `  ✗ ${words.id(id)}: ${texts.differences[code]} (${code}${finding === undefined ? '' : ` ${finding}`})`,
    ]),
  ];
}

/** What is proven against goods, whatever a node says of them. */
function alarmLines({ id, stops, failedReports, fallen }: GoodsAlarm, words: TraceWords): string[] {
  const { failedReport, refusedReport } = words.texts.words;
  const about = `  ! ${words.id(id)}:`;
  return [
    ...stops.map(({ code }) => `${about} ${words.sentence(code)} (${code})`),
    ...failedReports.map(
      ({ leaf, overall, refused }) =>
        `${about} ${overall === 'CONFORM' ? refusedReport : failedReport} (${overall}${refused ? ', REFUSED' : ''}) ${leaf}`,
    ),
    ...fallen.map(({ leaf, question, code }) => `${about} ${words.sentence(code)} (${question} ${code}) ${leaf}`),
  ];
}

function isLineageDoubt(code: Doubt['code']): code is keyof LineageWords['doubts'] {
  return code === 'HISTORY_SPLIT' || code === 'START_UNPROVEN';
}

/** Who answers for goods, step by step. */
export function partyLines(parties: readonly { id: string; steps: readonly AccountableStep[] }[], words: TraceWords): string[] {
  const { texts } = words;
  const lines = parties.flatMap(({ id, steps }) => [
    words.id(id),
    ...(steps.length === 0 ? [`  … ${texts.words.nobody}`] : []),
    ...atMost(steps, texts.words.more, ({ time, bizStep, place, issuer, parties: named }) => {
      const what = [words.time(time), words.step(bizStep), words.place(place)];
      return joinWithin([...what, ...named.map((party) => words.role(party)), `${texts.words.capturedBy} ${words.member(issuer)}`], '  ');
    }),
  ]);
  return [...lines, ...nameLines(words)];
}

/** What a recall must reach: sums by lot, where goods are, and what was sent to whom. */
export function scopeLines({ lots, units, shipments, ...rest }: RecallScope, words: TraceWords): string[] {
  const { texts } = words;
  const { more } = texts.words;
  return [
    ...lots.flatMap((lot) => lotLines(lot, words)),
    ...atMost(units, more, ({ id, state }) => [`  ${words.id(id)}: ${texts.states[state]}`]),
    ...(shipments.length === 0 ? [] : [`${texts.scope.shipments}: ${grouped(String(shipments.length))}`]),
    ...atMost(shipments, more, (shipment) => shipmentLines(shipment, words)),
    ...doubtLines(rest, words),
    ...nameLines(words),
  ];
}

/** The sums of a lot, how they add up, and where it is. */
function lotLines({ where, ...lot }: LotScope, words: TraceWords): string[] {
  const { scope, words: all } = words.texts;
  const sums = ['produced', 'shippedInUnits', 'shipped', 'received', 'returned', 'open', 'consumed', 'destroyed', 'held'] as const;
  const parts = (['held', 'open', 'consumed', 'destroyed'] as const).filter((name) => lot[name] !== '0');
  const figure = (name: (typeof sums)[number]): string => `${scope[name]} ${grouped(lot[name])}`;
  return [
    `${words.id(lot.id)}${lot.unit === '' ? '' : ` (${lot.unit})`}`,
    ...table(
      sums.map((name) => [scope[name], grouped(lot[name])]),
      '  ',
    ),
    lot.unknown === 0
      ? `  ${figure('produced')} = ${parts.length === 0 ? '0' : parts.map(figure).join(' + ')}`
      : `  ? ${all.unknownQuantities}: ${lot.unknown}`,
    ...atMost(where, all.more, (part) => [`  ${all.at} ${words.place(part.where)}: ${grouped(part.quantity)}`]),
  ];
}

function shipmentLines({ state, quantity, unit, destinations, documents }: Shipment, words: TraceWords): string[] {
  const amount = `${quantity === undefined ? '?' : grouped(quantity)}${unit === undefined ? '' : ` ${unit}`}`;
  const to = destinations.map((id) => words.party(id)).join(', ');
  // A household's order goes by the token of the household; other documents by their numbers (CBV 2.0 section 8.5.2).
  const papers = documents.filter((id) => !destinations.includes(id)).map((id) => id.replace(/^urn:epcglobal:cbv:bt:\d+:/, ''));
  return joinWithin([`${words.texts.states[state]}: ${amount} → ${to}`, ...papers], '  ');
}

/** What is not known and what needs a look: alike goods in one line. */
function doubtLines({ gaps, findings }: Pick<Trace, 'gaps' | 'findings'>, words: TraceWords): string[] {
  const { texts } = words;
  const { more } = texts.words;
  const alike = [...Map.groupBy(gaps, ({ code, id }) => `${code} ${id}`).values()];
  return [
    ...(gaps.length === 0 ? [] : [`${texts.words.gaps}:`]),
    ...atMost(alike, more, (same) => gapLines(same as [TraceGap, ...TraceGap[]], words)),
    ...(findings.length === 0 ? [] : [`${texts.words.findings}:`]),
    ...atMost(findings, more, ({ code, id }) => [`  ! ${words.id(id)}: ${texts.findings[code]} (${code})`]),
  ];
}

function gapLines(gaps: readonly [TraceGap, ...TraceGap[]], words: TraceWords): string[] {
  const [{ code, id }] = gaps;
  const { texts } = words;
  const times = gaps.length === 1 ? '' : ` × ${grouped(String(gaps.length))}`;
  const to = gaps.flatMap((gap) => (gap.to === undefined || gap.to.length === 0 ? [] : [gap.to]));
  return [
    `  … ${words.id(id)}: ${texts.gaps[code]} (${code})${times}`,
    ...atMost(to, texts.words.more, (ids) => [`      → ${ids.map((party) => words.party(party)).join(', ')}`]),
  ];
}

function goodsLines(
  { id, where, certainty, depth, lastSeen }: TracedGoods,
  count: { entries: number; sealed: number } | undefined,
  words: TraceWords,
): string[] {
  const { certainties, words: all } = words.texts;
  const indent = '  '.repeat(Math.min(depth, 20) + 1);
  const records =
    count === undefined ? '' : `${all.entries} ${count.entries}${count.sealed === 0 ? '' : ` (${count.sealed} ${all.sealed})`}`;
  const place = where === undefined || where === '' ? '' : ` @ ${words.party(where)}`;
  const name = `${certainty === 'certain' ? '●' : '○'} ${words.id(id)}${place}`;
  return joinWithin([name, certainties[certainty], ...seenParts(lastSeen, words), records], indent);
}

function seenParts(lastSeen: LastSeen | undefined, words: TraceWords): string[] {
  if (lastSeen === undefined) return [];
  const { lastSeen: seen, heldBy } = words.texts.words;
  const { time, bizStep, place, holder } = lastSeen;
  const what = `${seen} ${words.time(time)}, ${words.step(bizStep)}, ${words.place(place)}`;
  return [what, holder === undefined ? '' : `${heldBy} ${words.party(holder)}`];
}

function nameLines(words: TraceWords): string[] {
  return words.hasNames ? [words.texts.words.namesUnproven] : [];
}

function atMost<Item>(items: readonly Item[], more: string, lines: (item: Item) => readonly string[]): string[] {
  const rest = items.length - MOST_ENTRIES;
  return [...items.slice(0, MOST_ENTRIES).flatMap(lines), ...(rest > 0 ? [`  + ${grouped(String(rest))} ${more}`] : [])];
}
