import type { FromEvent } from './rows.ts';

/** What the projection makes of the events of the contracts beside the ledger: rows that are only added, words as they stand from the event on. */

/** A contract beside the ledger, added or with other actions paused. */
export interface CompanionVersion extends FromEvent {
  readonly companion: Buffer;
  readonly word: bigint;
}

/** Terms of an agreement on origin. */
export interface RegimeVersion extends FromEvent {
  readonly regime: number;
  readonly word: bigint;
}

/** A body's authorisation under an agreement. */
export interface BodyVersion extends FromEvent {
  readonly member: number;
  readonly regime: number;
  readonly word: bigint;
}

/** A certificate of origin that was registered. */
export interface CertificateEntry extends FromEvent {
  readonly id: Buffer;
  /** Key of its number. */
  readonly number: Buffer;
  /** What it corrects or is a copy of; null: an original. */
  readonly predecessor: Buffer | null;
  /** As registered: that another corrected it later is told by the other's `predecessor`. */
  readonly word: bigint;
}

/** A goods line of a certificate; they follow one another in the certificate's order. */
export interface CertificateLine extends FromEvent {
  readonly line: Buffer;
  readonly certificate: Buffer;
}

/** The use of a certificate. */
export interface Consumption extends FromEvent {
  readonly certificate: Buffer;
  readonly declaration: Buffer;
  /** The word of each of its lines from now on. */
  readonly word: bigint;
}

/** A step of a verification after clearance. */
export interface InquiryStep extends FromEvent {
  readonly certificate: Buffer;
  readonly number: number;
  readonly evidence: Buffer;
  readonly word: bigint;
}

/** A text of a panel of tests. */
export interface PanelVersion extends FromEvent {
  readonly panel: number;
  readonly digest: Buffer;
}

/** A version of a shore's limits. */
export interface ProfileVersion extends FromEvent {
  readonly shore: number;
  readonly profile: number;
  readonly version: number;
  readonly effectiveFrom: number;
  readonly digest: Buffer;
}

/** A period of accreditation, begun, ended or compromised. */
export interface AccreditationVersion extends FromEvent {
  readonly laboratory: number;
  readonly panel: number;
  readonly period: number;
  readonly tests: bigint;
  /** Digest of the accreditation's text; null but where the period begins. */
  readonly certificate: Buffer | null;
  readonly word: bigint;
}

/** A laboratory's designation by a shore. */
export interface DesignationVersion extends FromEvent {
  readonly laboratory: number;
  readonly panel: number;
  readonly shore: number;
  readonly word: bigint;
}

/** A report, or a batch of reports, that was registered. */
export interface ReportEntry extends FromEvent {
  readonly id: Buffer;
  readonly laboratory: number;
  /** Null: several lots, or a batch. */
  readonly lot: Buffer | null;
  readonly tests: bigint;
  readonly course: bigint;
}

/** An arrangement of mutual acceptance, agreed or suspended. */
export interface ArrangementVersion extends FromEvent {
  readonly arrangement: number;
  readonly tests: bigint;
  /** Digest of the terms' text; null where it is suspended. */
  readonly text: Buffer | null;
  readonly word: bigint;
}

/** A decision on a report. */
export interface ReportDecision extends FromEvent {
  readonly report: Buffer;
  readonly judgement: Buffer;
  readonly word: bigint;
}

/** An alert, in a stage or with another number of open recalls. */
export interface AlertVersion extends FromEvent {
  readonly alert: Buffer;
  readonly shore: number;
  readonly stage: number;
  readonly evidence: Buffer;
  readonly word: bigint;
}

/** A lot that an alert names. */
export interface AlertLot extends FromEvent {
  readonly alert: Buffer;
  readonly lot: Buffer;
}

/** A recall, opened or closed. */
export interface RecallVersion extends FromEvent {
  readonly recall: Buffer;
  readonly alert: Buffer;
  readonly evidence: Buffer;
  readonly word: bigint;
}

/** A change of what stops a lot. */
export interface LotChange extends FromEvent {
  readonly lot: Buffer;
  /** Recall that caused it; null: a hold. */
  readonly cause: Buffer | null;
  readonly by: number;
  readonly reason: number;
  /** Number of the change in the lot's history, from 1. */
  readonly position: number;
  /** Head of the lot's history after it. */
  readonly head: Buffer;
  readonly word: bigint;
}

/** A release or a write-off of a lot. */
export interface LotMovement extends FromEvent {
  readonly lot: Buffer;
  readonly document: Buffer;
  readonly movement: number;
  readonly by: number;
}

/** A version of a filing. */
export interface FilingVersion extends FromEvent {
  readonly subject: Buffer;
  readonly version: number;
  readonly digest: Buffer;
  readonly word: bigint;
}

/** The rows of a run of events of the contracts beside the ledger, by table. */
export interface LawRows {
  readonly companion: CompanionVersion[];
  readonly regime: RegimeVersion[];
  readonly body: BodyVersion[];
  readonly certificate: CertificateEntry[];
  readonly certificate_line: CertificateLine[];
  readonly consumption: Consumption[];
  readonly inquiry: InquiryStep[];
  readonly panel: PanelVersion[];
  readonly limit_profile: ProfileVersion[];
  readonly accreditation: AccreditationVersion[];
  readonly designation: DesignationVersion[];
  readonly report: ReportEntry[];
  readonly arrangement: ArrangementVersion[];
  readonly report_decision: ReportDecision[];
  readonly alert: AlertVersion[];
  readonly alert_lot: AlertLot[];
  readonly recall: RecallVersion[];
  readonly lot_change: LotChange[];
  readonly movement: LotMovement[];
  readonly filing: FilingVersion[];
}
