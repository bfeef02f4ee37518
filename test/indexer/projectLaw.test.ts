import { expect } from 'chai';
import { Interface } from 'ethers';
import { decodeEvent } from '../../indexer/project/events.generated.ts';
import { Heads } from '../../indexer/project/heads.ts';
import type { LawRows } from '../../indexer/project/lawRows.ts';
import { project } from '../../indexer/project/project.ts';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { encodeAlert, encodeFiling } from '../../protocol/law/words.ts';
import { EMPTY_HEAD, extendHead } from '../../protocol/ledger/ids.ts';
import { EMITTERS } from '../../scripts/generateDecoders.ts';

const [A, B, C]: [Hex, Hex, Hex] = [`0x${'aa'.repeat(32)}`, `0x${'bb'.repeat(32)}`, `0x${'cc'.repeat(32)}`];
const NONE: Hex = `0x${'00'.repeat(32)}`;
const ADDRESS: Hex = `0x${'dd'.repeat(20)}`;
const WORD = 2n ** 255n + 12_345n;
const SEQUENCE = 77;
const ALERT = encodeAlert({
  ...{ stage: 2, grade: 4, shore: 1, raiser: 5, owner: 6, raisedAt: 7, changedAt: 8, dueAt: 9, lots: 10, recalls: 11 },
});
const FILING = encodeFiling({ kind: 1, shore: 2, version: 4_000_000_000, member: 3, filedAt: 4, updatedAt: 5 });

/** Each event of the law, what it carries before its number, and the row that it makes. */
const CASES: readonly (readonly [event: string, values: readonly unknown[], table: keyof LawRows, row: Record<string, unknown>])[] = [
  ['CompanionChanged', [ADDRESS, WORD], 'companion', { companion: ADDRESS, word: WORD }],
  ['RegimeChanged', [3, WORD], 'regime', { regime: 3, word: WORD }],
  ['BodyChanged', [9, 3, WORD], 'body', { member: 9, regime: 3, word: WORD }],
  ['CertificateRegistered', [A, B, C, WORD], 'certificate', { id: A, number: B, predecessor: C, word: WORD }],
  ['CertificateRegistered', [A, B, NONE, WORD], 'certificate', { id: A, number: B, predecessor: null, word: WORD }],
  ['LineRegistered', [A, B], 'certificate_line', { line: A, certificate: B }],
  ['CertificateConsumed', [A, B, WORD], 'consumption', { certificate: A, declaration: B, word: WORD }],
  ['InquiryChanged', [A, 2, B, WORD], 'inquiry', { certificate: A, number: 2, evidence: B, word: WORD }],
  ['PanelPublished', [65_535, A], 'panel', { panel: 65_535, digest: A }],
  ['ProfilePublished', [2, 65_535, 3, 4, A], 'limit_profile', { shore: 2, profile: 65_535, version: 3, effectiveFrom: 4, digest: A }],
  [
    'AccreditationChanged',
    [9, 4, 1, WORD, A, 6n],
    'accreditation',
    { laboratory: 9, panel: 4, period: 1, tests: WORD, certificate: A, word: 6n },
  ],
  [
    'AccreditationChanged',
    [9, 4, 1, WORD, NONE, 6n],
    'accreditation',
    { laboratory: 9, panel: 4, period: 1, tests: WORD, certificate: null, word: 6n },
  ],
  ['DesignationChanged', [9, 4, 2, WORD], 'designation', { laboratory: 9, panel: 4, shore: 2, word: WORD }],
  ['ReportRegistered', [A, 9, B, WORD, 6n], 'report', { id: A, laboratory: 9, lot: B, tests: WORD, course: 6n }],
  ['ReportRegistered', [A, 9, NONE, WORD, 6n], 'report', { id: A, laboratory: 9, lot: null, tests: WORD, course: 6n }],
  ['ArrangementChanged', [5, WORD, A, 6n], 'arrangement', { arrangement: 5, tests: WORD, text: A, word: 6n }],
  ['ArrangementChanged', [5, WORD, NONE, 6n], 'arrangement', { arrangement: 5, tests: WORD, text: null, word: 6n }],
  ['ReportDecided', [A, B, WORD], 'report_decision', { report: A, judgement: B, word: WORD }],
  ['AlertChanged', [A, B, ALERT], 'alert', { alert: A, stage: 2, shore: 1, evidence: B, word: ALERT }],
  ['AlertLotNamed', [A, B], 'alert_lot', { alert: A, lot: B }],
  ['RecallChanged', [A, B, C, WORD], 'recall', { recall: A, alert: B, evidence: C, word: WORD }],
  ['LotMoved', [A, B, 3, 9], 'movement', { lot: A, document: B, movement: 3, by: 9 }],
  ['Filed', [A, B, FILING], 'filing', { subject: A, version: 4_000_000_000, digest: B, word: FILING }],
];

describe('projection of the law', () => {
  for (const [event, values, table, row] of CASES) {
    it(`makes one row of ${event}${values.includes(NONE) ? ' without one of its parts' : ''}`, () => {
      const rows = project([placed(event, values)], new Heads());
      const filled = Object.entries(rows).filter(([, made]) => (made as unknown[]).length > 0);
      expect(filled.map(([name]) => name)).to.deep.equal([table]);
      expect(plain(rows[table][0] as object)).to.deep.equal({ block: 5, logIndex: 6, sequence: SEQUENCE, ...row });
    });
  }

  it('recomputes the head of a lot, on from the one before', () => {
    const heads = new Heads();
    const words = [WORD, 0n, 3n];
    const histories = words.map((_, index) => words.slice(0, index + 1).map((word) => toHex(toUint(word, 32))));
    const rows = words.map((word, index) => project([placed('LotChanged', [A, index === 0 ? NONE : B, 9, 2, word])], heads).lot_change[0]);
    expect(rows.map((row) => plain(row as object))).to.deep.equal(
      words.map((word, index) => ({
        ...{ block: 5, logIndex: 6, sequence: SEQUENCE, lot: A, cause: index === 0 ? null : B, by: 9, reason: 2, word },
        ...{ position: index + 1, head: histories[index]?.reduce(extendHead, EMPTY_HEAD) },
      })),
    );
  });

  it('knows a row for every event of the law', () => {
    const names = EMITTERS.flatMap(({ kind, abi }) => (kind === 0 ? ['CompanionChanged'] : eventNames(abi)));
    expect(new Set([...CASES.map(([event]) => event), 'LotChanged'])).to.deep.equal(new Set(names));
  });
});

/** An event as decoded, at a place of its own. */
function placed(name: string, values: readonly unknown[]) {
  const emitter = EMITTERS.find(({ abi }) => eventNames(abi).includes(name));
  const { topics, data } = new Interface(emitter?.abi ?? []).encodeEventLog(name, [...values, SEQUENCE]);
  const at = { block: 5, logIndex: 6 };
  const bytes = { address: Buffer.alloc(20), topics: Buffer.concat((topics as string[]).map(bytesOf)), data: bytesOf(data) };
  return { ...at, sequence: SEQUENCE, event: decodeEvent(emitter?.kind ?? -1, { ...at, ...bytes }) };
}

function eventNames(abi: readonly string[]): string[] {
  return abi.flatMap((line) => /^event (\w+)/.exec(line)?.[1] ?? []);
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.slice(2), 'hex');
}

function plain(row: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? toHex(value) : value]));
}
