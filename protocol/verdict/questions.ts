import { isIssuerOf, readMemberProfile } from '../credentials/issuer.ts';
import type { OpenCredential } from '../credentials/openCredential.ts';
import { toHex } from '../encoding/hex.ts';
import { toUtf8 } from '../encoding/utf8.ts';
import { ProtocolError } from '../errors.ts';
import { sha256 } from '../hash/sha256.ts';
import { KIND, STATUS } from '../ledger/codes.ts';
import type { LedgerKey, LedgerMember } from '../ledger/words.ts';
import { judgeReplaced, judgeTerm } from './certificateTerm.ts';
import { type Inquiry, isBroken } from './inquiry.ts';
import { judgeCertificate } from './judgeCertificate.ts';
import { cannotCheck, invalid, type Judgement, toTime, valid } from './judgement.ts';
import { judgeReport } from './judgeReport.ts';
import { aboutChange, anchoringRecord, type Standing, standingsAt } from './standing.ts';

/** Asks whether the ledger has a record of the document, of its kind. @throws MissingProof */
export function judgeAnchored({ document, read, state }: Inquiry): Judgement {
  const { record } = anchoringRecord(document, state);
  // A word without a time only tells a change of status of a document in a batch; it anchors nothing.
  if (record === undefined || record.anchoredAt === 0) return invalid('NOT_ANCHORED');
  // A single document counts as a tree of one, so that no root can be passed off as a document.
  if (record.size !== (document.anchor.inclusion?.size ?? 1)) return invalid('INCLUSION_WRONG', { size: record.size });
  if (read.kind !== undefined && read.kind !== record.kind) return invalid('KIND_MISMATCH', { kind: record.kind });
  return valid({ anchoredAt: toTime(record.anchoredAt), issuer: record.issuer });
}

/** Asks whether the document is by the member that the record is of, and whether that member is who it says. @throws MissingProof */
export function judgeIssuer({ bundle, document, read, state }: Inquiry): Judgement {
  if (isBroken(document, read)) return cannotCheck('DOCUMENT_BROKEN');
  const { issuer } = document;
  if (read.credential !== undefined) {
    const key = state.key(read.credential.thumbprint);
    if (key === undefined) return invalid('KEY_UNKNOWN');
    if (key.member !== issuer) return invalid('KEY_OF_ANOTHER', { member: key.member });
  }
  const proven = state.profile(issuer);
  const text = Object.hasOwn(bundle.members, issuer) ? bundle.members[issuer] : undefined;
  if (text === undefined) return cannotCheck('PROOF_MISSING', { missing: 'profile' });
  return matchesProfile(text, proven, issuer, read.credential) ? valid({ issuer }) : invalid('PROFILE_MISMATCH', { issuer });
}

function matchesProfile(text: string, proven: string, issuer: number, credential: OpenCredential | undefined): boolean {
  try {
    if (toHex(sha256(toUtf8(text))) !== proven) return false;
    const profile = readMemberProfile(text);
    return credential === undefined || isIssuerOf(credential.claims.issuer, issuer, profile);
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}

/**
 * Asks whether key and member were in good standing when the record was made, and whether the document was issued under the law of the ledger. What befell
 * them later does not count.
 *
 * @throws MissingProof, UnknownRules
 */
export function judgeAccreditation(inquiry: Inquiry): Judgement {
  const { document, read, state } = inquiry;
  const { record } = anchoringRecord(document, state);
  if (record === undefined || record.anchoredAt === 0) return cannotCheck('DOCUMENT_BROKEN');
  const ofMember = judgeMember(state.member(document.issuer), record.anchoredAt);
  if (ofMember.answer !== 'VALID') return ofMember;
  if (isBroken(document, read)) return cannotCheck('DOCUMENT_BROKEN');
  const key = read.credential && state.key(read.credential.thumbprint);
  if (read.credential !== undefined && key === undefined) return cannotCheck('DOCUMENT_BROKEN');
  const ofKey = key === undefined ? valid() : judgeKey(key, record.anchoredAt);
  return ofKey.answer === 'VALID' ? judgeLaw(inquiry, record.anchoredAt) : ofKey;
}

function judgeLaw(inquiry: Inquiry, anchoredAt: number): Judgement {
  if (inquiry.read.kind === KIND.CERTIFICATE_OF_ORIGIN) return judgeCertificate(inquiry, anchoredAt);
  return inquiry.read.kind === KIND.LABORATORY_REPORT ? judgeReport(inquiry, anchoredAt) : valid();
}

/** A member's start is not looked at: it moves with a renewal, and the ledger takes no record from an account before it. */
function judgeMember({ validUntil, suspendedAt, reinstatedAt }: LedgerMember, at: number): Judgement {
  if (validUntil !== 0 && at >= validUntil) return invalid('MEMBER_NOT_LIVE_AT_ISSUE', { until: toTime(validUntil) });
  const isSuspended = suspendedAt !== 0 && suspendedAt <= at && (reinstatedAt < suspendedAt || at < reinstatedAt);
  return isSuspended ? invalid('MEMBER_SUSPENDED_AT_ISSUE', { since: toTime(suspendedAt) }) : valid();
}

function judgeKey({ validFrom, validUntil, revokedAt, compromisedSince }: LedgerKey, at: number): Judgement {
  if (compromisedSince !== 0 && at >= compromisedSince) return invalid('KEY_COMPROMISED', { since: toTime(compromisedSince) });
  if (revokedAt !== 0 && at >= revokedAt) return invalid('KEY_REVOKED_AT_ISSUE', { since: toTime(revokedAt) });
  if (validUntil !== 0 && at >= validUntil) return invalid('KEY_EXPIRED_AT_ISSUE', { until: toTime(validUntil) });
  return at < validFrom ? invalid('KEY_NOT_YET_VALID_AT_ISSUE', { from: toTime(validFrom) }) : valid();
}

/**
 * Asks whether the document stood at the moment. What is final stays so; all else that is later than the bundle can speak of is open.
 *
 * @throws MissingProof, UnknownRules
 */
export function judgeStatus(inquiry: Inquiry): Judgement {
  const { document, read, state, at, isLater } = inquiry;
  const { record } = anchoringRecord(document, state);
  if (record === undefined || record.anchoredAt === 0) return cannotCheck('DOCUMENT_BROKEN');
  if (at < record.anchoredAt) return invalid('NOT_YET_ANCHORED', { anchoredAt: toTime(record.anchoredAt) });
  const standings = standingsAt(document, state, at);
  const revoked = withStatus(standings, STATUS.REVOKED);
  if (revoked !== undefined) return invalid('REVOKED', aboutChange(revoked));
  const window = judgeWindow(read.credential, record.expiresAt, at);
  if (window !== undefined) return window;
  const suspended = isLater ? undefined : withStatus(standings, STATUS.SUSPENDED);
  if (suspended !== undefined) return invalid('SUSPENDED', aboutChange(suspended));
  return judgeTerm(inquiry) ?? (isLater ? cannotCheck('STALE') : valid());
}

/** Asks whether another document has taken this one's place at the moment. @throws MissingProof, UnknownRules */
export function judgeSuperseded(inquiry: Inquiry): Judgement {
  const { document, state, at, isLater } = inquiry;
  const superseded = withStatus(standingsAt(document, state, at), STATUS.SUPERSEDED);
  if (superseded !== undefined) return invalid('SUPERSEDED', { ...aboutChange(superseded), successor: state.successor(superseded.id) });
  return judgeReplaced(inquiry) ?? (isLater ? cannotCheck('STALE') : valid());
}

/** The document's own validity and the one that its issuer told the ledger; the narrower counts. */
function judgeWindow(credential: OpenCredential | undefined, expiresAt: number, at: number): Judgement | undefined {
  const { validFrom, validUntil } = (credential?.claims ?? {}) as { validFrom?: string; validUntil?: string };
  if (validFrom !== undefined && at < seconds(validFrom)) return invalid('NOT_YET_VALID', { from: validFrom });
  if (validUntil !== undefined && at > seconds(validUntil)) return invalid('EXPIRED', { until: validUntil });
  return expiresAt !== 0 && at >= expiresAt ? invalid('EXPIRED', { until: toTime(expiresAt) }) : undefined;
}

function withStatus(standings: readonly Standing[], status: number): Standing | undefined {
  return standings.find((standing) => standing.status === status);
}

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
