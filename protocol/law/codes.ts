/** The code tables of the contracts beside the ledger: docs/spec/law.md. */

/** Kinds of contracts beside the ledger. */
export const COMPANION_KIND = { CLEARANCE: 1, LABORATORIES: 2, REGISTRY: 3 } as const;
/** Name of a kind of contract. */
export type CompanionKindName = keyof typeof COMPANION_KIND;

/** Numbers of the actions of each contract; those from 128 on can never be paused. */
export const ACTION = {
  CLEARANCE: { REGISTER: 0, CONSUME: 1, RELEASE: 2, WRITE_OFF: 3, VERIFY: 128, WARN: 128 },
  LABORATORIES: { ACCREDIT: 0, DESIGNATE: 1, REGISTER: 2, ACCEPT: 3, WITHDRAW: 128 },
  REGISTRY: { FILE: 0 },
} as const satisfies Record<CompanionKindName, Record<string, number>>;

/** Agreements on origin. */
export const REGIME = { CK_FTA: 1, RCEP: 2, APTA: 3 } as const;
/** Name of an agreement on origin. */
export type RegimeName = keyof typeof REGIME;

/** How a certificate of origin came to be. A COPY shares the one use of its original. */
export const CERTIFICATE_FORM = { ORIGINAL: 1, CORRECTION: 2, COPY: 3 } as const;
/** Name of a certificate's form. */
export type CertificateFormName = keyof typeof CERTIFICATE_FORM;

/** How far a verification after clearance is. */
export const INQUIRY_STATE = { REQUESTED: 1, REPLIED: 2, CONCLUDED: 3 } as const;
/** Name of a verification's state. */
export type InquiryStateName = keyof typeof INQUIRY_STATE;

/** How a verification after clearance ended. */
export const INQUIRY_OUTCOME = { CONFIRMED: 1, DENIED: 2, NO_REPLY: 3 } as const;
/** Name of a verification's outcome. */
export type InquiryOutcomeName = keyof typeof INQUIRY_OUTCOME;

/** Standing of an arrangement of mutual acceptance. */
export const ARRANGEMENT_STATUS = { PILOT: 1, IN_FORCE: 2, SUSPENDED: 3 } as const;
/** Name of an arrangement's standing. */
export type ArrangementStatusName = keyof typeof ARRANGEMENT_STATUS;

/** What a report does at the destination. */
export const ARRANGEMENT_LEVEL = { REFERENCE: 1, REDUCED_SAMPLING: 2, WAIVER: 3 } as const;
/** Name of an arrangement's level. */
export type ArrangementLevelName = keyof typeof ARRANGEMENT_LEVEL;

/** What the destination's authority decided on a report: it accepts it, or refuses it because of one of the others. */
export const DECISION = { ACCEPTED: 1, LIMIT_PROFILE: 2, MISSING_ITEM: 3, INCONCLUSIVE: 4, MISMATCH: 5, DISCRETION: 6 } as const;
/** Name of a decision. */
export type DecisionName = keyof typeof DECISION;

/** Stages of an alert, in their order. */
export const ALERT_STAGE = { RAISED: 1, ASSESSED: 2, DISPOSED: 3, REVIEWED: 4, CLOSED: 5 } as const;
/** Name of an alert's stage. */
export type AlertStageName = keyof typeof ALERT_STAGE;

/** Grades of alerts, the first the gravest. */
export const ALERT_GRADE = { I: 1, II: 2, III: 3, IV: 4 } as const;
/** Name of an alert's grade. */
export type AlertGradeName = keyof typeof ALERT_GRADE;

/** How goods moved. */
export const MOVEMENT = { RELEASED: 1, RELEASED_WITH_PREFERENCE: 2, WRITTEN_OFF: 3 } as const;
/** Name of a movement. */
export type MovementName = keyof typeof MOVEMENT;

/** What is filed. */
export const FILING_KIND = { PARTY: 1, PRODUCT: 2 } as const;
/** Name of a kind of filing. */
export type FilingKindName = keyof typeof FILING_KIND;
