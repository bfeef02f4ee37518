/** Every code that a finding can carry; each has its sentence in `texts.ts`. */
export const VERDICT_CODES = [
  // Any question.
  'OK',
  'BLOCK_UNPROVEN',
  'PROOF_MISSING',
  'DOCUMENT_BROKEN',
  'RULES_UNKNOWN',
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
  'NOT_REGISTERED',
  'REGISTRATION_DIFFERS',
  'FACTS_WRONG',
  'PANEL_WRONG',
  'OUT_OF_SCOPE',
  'SCOPE_COMPROMISED',
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
  'CORRECTED',
  'PAST_UNKNOWN',
  // consumed
  'UNUSED',
  'USED',
  'PREDECESSOR_USED',
  'LINES_WRONG',
  // accepted
  'NOT_DECIDED',
  'DECIDED_LATER',
  'ACCEPTED',
  'REFUSED',
  // complete
  'ENTRIES_OMITTED',
  'ENTRY_UNKNOWN',
  // free
  'ON_HOLD',
  'RECALLED',
] as const;
/** One code. */
export type VerdictCode = (typeof VERDICT_CODES)[number];
