/** Every code that a finding can carry; each has its sentence in `texts.ts`. */
export const VERDICT_CODES = [
  // Any question.
  'OK',
  'BLOCK_UNPROVEN',
  'PROOF_MISSING',
  'DOCUMENT_BROKEN',
  'UNEXPECTED',
  // block
  'BLOCK_FORGED',
  'WITNESSES_DISAGREE',
  'WITNESS_MISSING',
  'OTHER_LEDGER',
  'CONTRACT_WRONG',
  // integrity
  'MALFORMED',
  'TOO_LARGE',
  'DIGEST_MISMATCH',
  'INCLUSION_WRONG',
  'SIGNATURE_WRONG',
  'DISCLOSURE_UNKNOWN',
  'MUST_SHOW_HIDDEN',
  'PROFILE_BROKEN',
  'PROFILE_UNKNOWN',
  'BODY_WITHHELD',
  // anchored
  'NOT_ANCHORED',
  'KIND_MISMATCH',
  // issuer
  'KEY_UNKNOWN',
  'KEY_OF_ANOTHER',
  'PROFILE_MISMATCH',
  // accreditation
  'KEY_NOT_YET_VALID_AT_ISSUE',
  'KEY_EXPIRED_AT_ISSUE',
  'KEY_REVOKED_AT_ISSUE',
  'KEY_COMPROMISED',
  'MEMBER_NOT_LIVE_AT_ISSUE',
  'MEMBER_SUSPENDED_AT_ISSUE',
  // status
  'REVOKED',
  'SUSPENDED',
  'EXPIRED',
  'NOT_YET_VALID',
  'NOT_YET_ANCHORED',
  'STALE',
  'DATE_UNREADABLE',
  // superseded
  'SUPERSEDED',
  // complete
  'ENTRIES_OMITTED',
  'ENTRY_UNKNOWN',
] as const;
/** One code. */
export type VerdictCode = (typeof VERDICT_CODES)[number];
