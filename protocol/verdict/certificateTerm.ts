import type { Hex } from '../encoding/hex.ts';
import { CERTIFICATE_FORM } from '../law/codes.ts';
import type { CertificateWord } from '../law/words.ts';
import { KIND, STATUS } from '../ledger/codes.ts';
import { recordId } from '../ledger/ids.ts';
import type { Inquiry } from './inquiry.ts';
import { certificateOf } from './judgeCertificate.ts';
import { cannotCheck, invalid, type Judgement, toTime } from './judgement.ts';
import { aboutChange, standingOf } from './standing.ts';

const DAY = 86_400;

/**
 * What ends a certificate of origin at the moment beside its own record: the term of the agreement, and of a certified copy that its original does not stand.
 * Undefined where nothing does, and for other kinds of documents.
 *
 * @throws MissingProof, UnknownRules
 */
export function judgeTerm(inquiry: Inquiry): Judgement | undefined {
  const certificate = registeredOf(inquiry);
  if (certificate === undefined) return undefined;
  const until = certificate.issuedOn + certificate.validDays * DAY;
  if (inquiry.at >= until) return invalid('EXPIRED', { until: toTime(until) });
  const original = originalOf(inquiry, certificate);
  return original && judgeOriginal(inquiry, original);
}

/** A certified copy falls with its original. */
function judgeOriginal({ state, at, isLater }: Inquiry, original: Hex): Judgement | undefined {
  const standing = standingOf(original, state, at);
  if (standing === undefined) return undefined;
  if (standing.status === STATUS.REVOKED) return invalid('REVOKED', { ...aboutChange(standing), original });
  const { expiresAt = 0 } = state.record(original) ?? {};
  if (expiresAt !== 0 && at >= expiresAt) return invalid('EXPIRED', { until: toTime(expiresAt), original });
  const isSuspended = standing.status === STATUS.SUSPENDED && !isLater;
  return isSuspended ? invalid('SUSPENDED', { ...aboutChange(standing), original }) : undefined;
}

/**
 * What has taken the place of a certificate of origin, or of its original, at the moment beside its own record. Undefined where nothing has, and for other
 * kinds of documents.
 *
 * @throws MissingProof, UnknownRules
 */
export function judgeReplaced(inquiry: Inquiry): Judgement | undefined {
  const certificate = registeredOf(inquiry);
  if (certificate === undefined) return undefined;
  const { state, at, timestamp, document } = inquiry;
  const original = originalOf(inquiry, certificate);
  const standing = original && standingOf(original, state, at);
  if (original !== undefined && standing?.status === STATUS.SUPERSEDED)
    return invalid('SUPERSEDED', { ...aboutChange(standing), successor: state.successor(original), original });
  const own = recordId(document.issuer, document.anchor.leaf);
  if (![own, original].some((id) => id !== undefined && isBeingCorrected(id, inquiry))) return undefined;
  return at < timestamp ? cannotCheck('PAST_UNKNOWN') : invalid('CORRECTED');
}

/** A correction is registered before it is recorded: customs refuse the certificate from then on, and nobody tells since when. */
function isBeingCorrected(id: Hex, { law, state }: Inquiry): boolean {
  return law.clearance()?.certificate(id)?.corrected === 1 && state.record(id)?.status !== STATUS.SUPERSEDED;
}

function registeredOf({ document, read, law }: Inquiry): CertificateWord | undefined {
  return read.kind === KIND.CERTIFICATE_OF_ORIGIN ? certificateOf(document, law) : undefined;
}

/** Record of what the certificate is a copy of. */
function originalOf({ document: { issuer, anchor }, law }: Inquiry, { form }: CertificateWord): Hex | undefined {
  return form === CERTIFICATE_FORM.COPY ? law.clearance()?.predecessor(recordId(issuer, anchor.leaf)) : undefined;
}
