import type { CompanionChanged, IndexedEvent, LedgerEvent } from './events.generated.ts';
import { type Heads, headCount } from './heads.ts';
import type { LawRows } from './lawRows.ts';
import type { FromEvent } from './rows.ts';

/** An event of the law: of a contract beside the ledger, or of one that was added. */
export type LawEvent = Exclude<IndexedEvent, LedgerEvent> | CompanionChanged;
type Named<Name extends LawEvent['name']> = Extract<LawEvent, { name: Name }>;
type Projector<Name extends LawEvent['name']> = (at: FromEvent, event: Named<Name>, rows: LawRows, heads: Heads) => void;

const NONE = Buffer.alloc(32);
const WORD = 32;

const PROJECTORS: { readonly [Name in LawEvent['name']]: Projector<Name> } = {
  CompanionChanged(at, { companion, word }, rows) {
    rows.companion.push({ ...at, companion, word });
  },

  // ----------------------------------------------------------------- origin
  RegimeChanged(at, { regime, word }, rows) {
    rows.regime.push({ ...at, regime: Number(regime), word });
  },
  BodyChanged(at, { member, regime, word }, rows) {
    rows.body.push({ ...at, member: Number(member), regime: Number(regime), word });
  },
  CertificateRegistered(at, { id, number, predecessor, word }, rows) {
    rows.certificate.push({ ...at, id, number, predecessor: orNull(predecessor), word });
  },
  LineRegistered(at, { line, certificate }, rows) {
    rows.certificate_line.push({ ...at, line, certificate });
  },
  CertificateConsumed(at, { id, declaration, use }, rows) {
    rows.consumption.push({ ...at, certificate: id, declaration, word: use });
  },
  InquiryChanged(at, { certificate, number, evidence, word }, rows) {
    rows.inquiry.push({ ...at, certificate, number: Number(number), evidence, word });
  },

  // ----------------------------------------------------------- laboratories
  PanelPublished(at, { panel, digest }, rows) {
    rows.panel.push({ ...at, panel: Number(panel), digest });
  },
  ProfilePublished(at, { shore, profile, version, effectiveFrom, digest }, rows) {
    const numbers = { shore: Number(shore), profile: Number(profile), version: Number(version), effectiveFrom: Number(effectiveFrom) };
    rows.limit_profile.push({ ...at, ...numbers, digest });
  },
  AccreditationChanged(at, { laboratory, panel, period, tests, certificate, word }, rows) {
    const numbers = { laboratory: Number(laboratory), panel: Number(panel), period: Number(period) };
    rows.accreditation.push({ ...at, ...numbers, tests, certificate: orNull(certificate), word });
  },
  DesignationChanged(at, { laboratory, panel, shore, word }, rows) {
    rows.designation.push({ ...at, laboratory: Number(laboratory), panel: Number(panel), shore: Number(shore), word });
  },
  ReportRegistered(at, { id, laboratory, lot, tests, course }, rows) {
    rows.report.push({ ...at, id, laboratory: Number(laboratory), lot: orNull(lot), tests, course });
  },
  ArrangementChanged(at, { arrangement, tests, text, word }, rows) {
    rows.arrangement.push({ ...at, arrangement: Number(arrangement), tests, text: orNull(text), word });
  },
  ReportDecided(at, { id, judgement, word }, rows) {
    rows.report_decision.push({ ...at, report: id, judgement, word });
  },

  // ----------------------------------------------------------------- safety
  AlertChanged(at, { alert, evidence, word }, rows) {
    // contracts/types/Alert.sol: `stage 8, grade 8, shore 8, …`
    rows.alert.push({ ...at, alert, stage: byteOf(word, 0), shore: byteOf(word, 2), evidence, word });
  },
  AlertLotNamed(at, { alert, lot }, rows) {
    rows.alert_lot.push({ ...at, alert, lot });
  },
  RecallChanged(at, { recall, alert, evidence, word }, rows) {
    rows.recall.push({ ...at, recall, alert, evidence, word });
  },
  LotChanged(at, { lot, cause, by, reason, word }, rows, heads) {
    const head = heads.extendLot(lot, bytesOf(word));
    const change = { lot, cause: orNull(cause), by: Number(by), reason: Number(reason), word };
    rows.lot_change.push({ ...at, ...change, position: headCount(head), head });
  },
  LotMoved(at, { lot, document, movement, by }, rows) {
    rows.movement.push({ ...at, lot, document, movement: Number(movement), by: Number(by) });
  },

  // --------------------------------------------------------------- registry
  Filed(at, { subject, digest, word }, rows) {
    // contracts/types/Filing.sol: `kind 8, shore 8, version 32, …`
    rows.filing.push({ ...at, subject, version: Number(BigInt.asUintN(32, word >> 208n)), digest, word });
  },
};

/** Makes the row of one event. @param heads of every lot of the event; holds the head after it */
export function projectLaw<Name extends LawEvent['name']>(at: FromEvent, event: Named<Name>, rows: LawRows, heads: Heads): void {
  (PROJECTORS[event.name as Name] as Projector<Name>)(at, event, rows, heads);
}

/** The rows of no events. */
export function noLawRows(): LawRows {
  return {
    ...{ companion: [], regime: [], body: [], certificate: [], certificate_line: [], consumption: [], inquiry: [] },
    ...{ panel: [], limit_profile: [], accreditation: [], designation: [], report: [], arrangement: [], report_decision: [] },
    ...{ alert: [], alert_lot: [], recall: [], lot_change: [], movement: [], filing: [] },
  };
}

function orNull(digest: Buffer): Buffer | null {
  return digest.equals(NONE) ? null : digest;
}

function byteOf(word: bigint, at: number): number {
  return Number(BigInt.asUintN(8, word >> BigInt(8 * (WORD - 1 - at))));
}

function bytesOf(word: bigint): Buffer {
  return Buffer.from(word.toString(16).padStart(2 * WORD, '0'), 'hex');
}
