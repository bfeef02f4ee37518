import { REGIME, type RegimeName } from '../law/codes.ts';
import { localDay } from '../law/localDay.ts';
import type { CertificateWord } from '../law/words.ts';
import { SHORE, type ShoreName } from '../ledger/codes.ts';
import { recordId } from '../ledger/ids.ts';
import type { BundleDocument } from './bundle.ts';
import { type Inquiry, registeredOf } from './inquiry.ts';
import { cannotCheck, invalid, type Judgement, valid } from './judgement.ts';
import type { LawState } from './lawState.ts';

/** What is compared of a certificate of origin that fits its profile: its `credentialSubject`. */
interface CertificateSubject {
  regime: RegimeName;
  issuingCountry: ShoreName;
  issuedOn: string;
  exporterDeclaration: { importingCountry: ShoreName };
  lineItem: readonly unknown[];
}

/**
 * Asks whether a certificate of origin was issued under the law: registered, as what it says of itself. One that was recorded before there was such a law is
 * judged as then.
 *
 * @param anchoredAt when the ledger recorded it, Unix seconds
 * @throws MissingProof, UnknownRules
 */
export function judgeCertificate({ document, read, state, law }: Inquiry, anchoredAt: number): Judgement {
  const clearance = law.clearance();
  const registered = certificateOf(document, law);
  if (registered === undefined) {
    if (clearance !== undefined && anchoredAt >= clearance.addedAt) return invalid('NOT_REGISTERED');
    return registeredOf(document) === undefined ? valid() : invalid('LINES_WRONG');
  }
  if (read.credential === undefined) return cannotCheck('BODY_WITHHELD');
  const subject = read.credential.claims.credentialSubject as unknown as CertificateSubject;
  const field = differing(subject, registered, state.member(document.issuer).shore);
  return field === undefined ? valid() : invalid('REGISTRATION_DIFFERS', { field });
}

/** What is registered of a certificate of origin: always under its own record, also where it was anchored in a batch. @throws MissingProof, UnknownRules */
export function certificateOf({ issuer, anchor }: BundleDocument, law: LawState): CertificateWord | undefined {
  return law.clearance()?.certificate(recordId(issuer, anchor.leaf));
}

/** @param shore of the issuer: its day is the date of issue */
function differing(subject: CertificateSubject, registered: CertificateWord, shore: number): string | undefined {
  const agreed: Readonly<Record<string, boolean>> = {
    regime: REGIME[subject.regime] === registered.regime,
    issuingCountry: SHORE[subject.issuingCountry] === shore,
    importingCountry: SHORE[subject.exporterDeclaration.importingCountry] === registered.destination,
    issuedOn: subject.issuedOn === localDay(shore, registered.issuedOn),
    lineItem: subject.lineItem.length === registered.count,
  };
  return Object.keys(agreed).find((field) => !agreed[field]);
}
