import { decodeWord, encodeWord, type Fields, type Layout } from '../encoding/packedWord.ts';
import type { ShoreName } from '../ledger/codes.ts';

/**
 * The packed words of the contracts beside the ledger, fields as in contracts/types: docs/spec/law.md. Times are in Unix seconds, 0 = none; codes
 * are those of `codes.ts` and of the ledger's.
 */

const COMPANION = [
  ['kind', 8],
  ['version', 16],
  ['addedAt', 40],
  ['paused', 128],
] as const satisfies Layout;

const REGIME = [
  ['validDays', 16],
  ['replyDays', 16],
  ['since', 40],
] as const satisfies Layout;

const TERM = [
  ['from', 40],
  ['until', 40],
  ['endedAt', 40],
  ['reason', 8],
  ['compromisedSince', 40],
  ['by', 32],
] as const satisfies Layout;

const CERTIFICATE = [
  ['lines', 160],
  ['regime', 8],
  ['destination', 8],
  ['form', 8],
  ['count', 8],
  ['issuedOn', 40],
  ['validDays', 16],
  ['corrected', 8],
] as const satisfies Layout;

const GOODS_LINE = [
  ['use', 168],
  ['regime', 8],
  ['usedAt', 40],
  ['office', 32],
  ['registered', 8],
] as const satisfies Layout;

const INQUIRY = [
  ['state', 8],
  ['outcome', 8],
  ['office', 32],
  ['requestedAt', 40],
  ['dueAt', 40],
  ['repliedAt', 40],
  ['concludedAt', 40],
] as const satisfies Layout;

const COURSE = [
  [null, 48],
  ['panel', 16],
  ['sampledFrom', 40],
  ['sampledUntil', 40],
  ['analysedFrom', 40],
  ['analysedUntil', 40],
  ['sampledPeriod', 16],
  ['analysedPeriod', 16],
] as const satisfies Layout;

const REPORT = [
  ['facts', 160],
  ['decidedAt', 40],
  ['by', 32],
  ['shore', 4],
  ['decision', 4],
  ['arrangement', 16],
] as const satisfies Layout;

const ARRANGEMENT = [
  ['status', 8],
  ['level', 8],
  ['destination', 8],
  ['panel', 16],
  ['from', 40],
  ['until', 40],
  ['maxAgeDays', 16],
  ['designated', 8],
  ['version', 16],
] as const satisfies Layout;

const LOT_HALF = [
  ['heldAt', 40],
  ['heldBy', 32],
  ['reason', 8],
  ['recalledAt', 40],
  ['recallClass', 8],
] as const satisfies Layout;

const ALERT = [
  ['stage', 8],
  ['grade', 8],
  ['shore', 8],
  ['raiser', 32],
  ['owner', 32],
  ['raisedAt', 40],
  ['changedAt', 40],
  ['dueAt', 40],
  ['lots', 16],
  ['recalls', 16],
] as const satisfies Layout;

const RECALL = [
  ['class', 8],
  ['shore', 8],
  ['owner', 32],
  ['openedAt', 40],
  ['startBy', 40],
  ['completeBy', 40],
  ['closedAt', 40],
] as const satisfies Layout;

const MOVED = [
  [null, 176],
  ['movement', 8],
  ['by', 32],
  ['at', 40],
] as const satisfies Layout;

const FILING = [
  ['kind', 8],
  ['shore', 8],
  ['version', 32],
  ['member', 32],
  ['filedAt', 40],
  ['updatedAt', 40],
] as const satisfies Layout;

/** A contract beside the ledger; `paused` has one bit for each action. */
export type CompanionWord = Fields<typeof COMPANION>;
/** What both shores agreed of an agreement on origin. */
export type RegimeWord = Fields<typeof REGIME>;
/** For how long somebody may do something: a body, a period of accreditation, a designation. `by` 0: the authority of a shore. */
export type TermWord = Fields<typeof TERM>;
/** What is registered of a certificate of origin; `lines` is the low part of the chain over its goods lines, `corrected` 1 once another has its place. */
export type CertificateWord = Fields<typeof CERTIFICATE>;
/** What is known of a goods line; `use` is the low part of `SHA-256(certificate id || declaration)`, 0 = not used. */
export type GoodsLineWord = Fields<typeof GOODS_LINE>;
/** A verification after clearance. */
export type InquiryWord = Fields<typeof INQUIRY>;
/** When and within which panel and periods a report's samples were taken and analysed. */
export type CourseWord = Fields<typeof COURSE>;
/** What is registered of a report, and its newest decision; `facts` is the low part of `reportFacts`. */
export type ReportWord = Fields<typeof REPORT>;
/** An arrangement of mutual acceptance; `designated` 1: the destination must have designated the laboratory. */
export type ArrangementWord = Fields<typeof ARRANGEMENT>;
/** What stops a lot for one shore. */
export type LotHalf = Fields<typeof LOT_HALF>;
/** What stops a lot, for each shore. */
export type LotWord = Record<ShoreName, LotHalf>;
/** An alert; `recalls` counts the open ones. */
export type AlertWord = Fields<typeof ALERT>;
/** A recall. */
export type RecallWord = Fields<typeof RECALL>;
/** Who moved goods under a document. */
export type MovementWord = Fields<typeof MOVED>;
/** How a party or product is filed. */
export type FilingWord = Fields<typeof FILING>;

const HALF_BITS = 128n;

/** Unpacks a word of the ledger's `companions`. */
export function decodeCompanion(word: bigint): CompanionWord {
  return decodeWord(COMPANION, word);
}

/** Packs a word of `companions`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeCompanion(companion: CompanionWord): bigint {
  return encodeWord(COMPANION, companion);
}

/** Whether an action of a contract is paused; those from 128 on never are. */
export function isPaused({ paused }: CompanionWord, action: number): boolean {
  return ((paused >> BigInt(action)) & 1n) === 1n;
}

/** Unpacks a word of `regimes`. */
export function decodeRegime(word: bigint): RegimeWord {
  return decodeWord(REGIME, word);
}

/** Packs a word of `regimes`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeRegime(regime: RegimeWord): bigint {
  return encodeWord(REGIME, regime);
}

/** Unpacks a word of `bodies`, `periods` or `designations`. */
export function decodeTerm(word: bigint): TermWord {
  return decodeWord(TERM, word);
}

/** Packs a word of `bodies`, `periods` or `designations`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeTerm(term: TermWord): bigint {
  return encodeWord(TERM, term);
}

/** Unpacks a word of `certificates`. */
export function decodeCertificate(word: bigint): CertificateWord {
  return decodeWord(CERTIFICATE, word);
}

/** Packs a word of `certificates`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeCertificate(certificate: CertificateWord): bigint {
  return encodeWord(CERTIFICATE, certificate);
}

/** Unpacks a word of `lines`. */
export function decodeGoodsLine(word: bigint): GoodsLineWord {
  return decodeWord(GOODS_LINE, word);
}

/** Packs a word of `lines`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeGoodsLine(goodsLine: GoodsLineWord): bigint {
  return encodeWord(GOODS_LINE, goodsLine);
}

/** Unpacks a word of `inquiries`. */
export function decodeInquiry(word: bigint): InquiryWord {
  return decodeWord(INQUIRY, word);
}

/** Packs a word of `inquiries`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeInquiry(inquiry: InquiryWord): bigint {
  return encodeWord(INQUIRY, inquiry);
}

/** Unpacks the course of a report. */
export function decodeCourse(word: bigint): CourseWord {
  return decodeWord(COURSE, word);
}

/** Packs the course of a report. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeCourse(course: CourseWord): bigint {
  return encodeWord(COURSE, course);
}

/** Unpacks a word of `reports` or `pastReports`. */
export function decodeReport(word: bigint): ReportWord {
  return decodeWord(REPORT, word);
}

/** Packs a word of `reports` or `pastReports`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeReport(report: ReportWord): bigint {
  return encodeWord(REPORT, report);
}

/** Unpacks a word of `arrangements`. */
export function decodeArrangement(word: bigint): ArrangementWord {
  return decodeWord(ARRANGEMENT, word);
}

/** Packs a word of `arrangements`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeArrangement(arrangement: ArrangementWord): bigint {
  return encodeWord(ARRANGEMENT, arrangement);
}

/** Unpacks a word of `lots`: CN in the upper half, KR in the lower. */
export function decodeLot(word: bigint): LotWord {
  return { CN: decodeWord(LOT_HALF, (word >> HALF_BITS) << HALF_BITS), KR: decodeWord(LOT_HALF, BigInt.asUintN(128, word) << HALF_BITS) };
}

/** Packs a word of `lots`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeLot({ CN, KR }: LotWord): bigint {
  return encodeWord(LOT_HALF, CN) | (encodeWord(LOT_HALF, KR) >> HALF_BITS);
}

/** Unpacks a word of `alerts`. */
export function decodeAlert(word: bigint): AlertWord {
  return decodeWord(ALERT, word);
}

/** Packs a word of `alerts`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeAlert(alert: AlertWord): bigint {
  return encodeWord(ALERT, alert);
}

/** Unpacks a word of `recalls`. */
export function decodeRecall(word: bigint): RecallWord {
  return decodeWord(RECALL, word);
}

/** Packs a word of `recalls`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeRecall(recall: RecallWord): bigint {
  return encodeWord(RECALL, recall);
}

/** Unpacks a word of `movements`. */
export function decodeMovement(word: bigint): MovementWord {
  return decodeWord(MOVED, word);
}

/** Packs a word of `movements`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeMovement(movement: MovementWord): bigint {
  return encodeWord(MOVED, movement);
}

/** Unpacks a word of `filings`. */
export function decodeFiling(word: bigint): FilingWord {
  return decodeWord(FILING, word);
}

/** Packs a word of `filings`. @throws ProtocolError `OUT_OF_RANGE` */
export function encodeFiling(filing: FilingWord): bigint {
  return encodeWord(FILING, filing);
}
