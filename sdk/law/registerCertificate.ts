import { openCredential } from '../../protocol/credentials/openCredential.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { REGIME, type RegimeName } from '../../protocol/law/codes.ts';
import { certificateSlot } from '../../protocol/law/slots.ts';
import { SHORE } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { SdkError } from '../errors.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Batch, StoredDocument } from '../notarise/journal.ts';
import { lotOf } from '../notarise/subjectsOf.ts';
import { referenceDigest } from './commitment.ts';
import { type CompanionAt, findCompanion, lawCall } from './companions.ts';
import { dayOf } from './days.ts';
import { type Goods, goodsOf, keyOf } from './goods.ts';
import type { Registration } from './registration.ts';

/** What is read of a certificate of origin to register it. */
export interface CertificateClaims {
  certificateNumber: string;
  regime: RegimeName;
  issuedOn: string;
  exporterDeclaration: { importingCountry: string };
  lineItem: { gtin?: string; lot?: string; hsCode: string; invoiceNumber?: string }[];
}

/** How a certificate came to be, where it is not an original. */
export type Predecessor = { form: 'CORRECTION'; record: Hex; lines: readonly Hex[] } | { form: 'COPY'; leaf: Hex };

/** The call that registers a certificate by itself. */
export async function certificateRegistration(member: OpenMember, { documents }: Batch): Promise<Registration | undefined> {
  const clearance = await findCompanion(member.ledger, 'CLEARANCE');
  return clearance === undefined ? undefined : registerCall(member, clearance, documents[0] as StoredDocument);
}

/** The call that registers a certificate: an original, a correction, or a certified copy. */
export function registerCall(
  member: OpenMember,
  clearance: CompanionAt,
  document: StoredDocument,
  predecessor?: Predecessor,
): Registration {
  const record = recordId(member.file.member, document.leaf);
  const registration = registrationOf(member, document);
  const [name, args] = functionOf(registration, predecessor);
  return { record, ...lawCall(clearance, name, args, certificateSlot(record), registration.lines.length) };
}

/** The goods lines that a certificate names. @throws SdkError `LOT_MISSING`, `INVOICE_HIDDEN`, `LINE_REPEATED` */
export function goodsOfCertificate(claims: CertificateClaims, subjects: readonly { id: string; key: Hex; salt: Hex }[]): Goods[] {
  const lines = claims.lineItem.map((line, index) => {
    const pointer = `/credentialSubject/lineItem/${index}`;
    const id = lotOf(line);
    const subject = subjects.find((each) => each.id === id);
    if (subject === undefined)
      throw new SdkError('LOT_MISSING', 'a line names no product and lot, by which its use could be told from others', { pointer });
    if (line.invoiceNumber === undefined)
      throw new SdkError('INVOICE_HIDDEN', 'the invoice number of a line is not shown', {
        pointer: `${pointer}/invoiceNumber`,
        advice: 'take it from the paper, and give it: --invoice NUMBER, once for each line in their order',
      });
    return { lot: subject.key, salt: subject.salt, invoiceNumber: line.invoiceNumber, hsCode: line.hsCode };
  });
  return goodsOf(lines);
}

/** Keys of the goods lines of a certificate that this member sealed, with all its disclosures. */
export function linesOf({ sdJwt, subjects, subjectKeys, subjectSalts }: StoredDocument): Hex[] {
  const keyed = subjects.map((id, index) => ({ id, key: subjectKeys[index] as Hex, salt: subjectSalts[index] as Hex }));
  return goodsOfCertificate(claimsOf(sdJwt), keyed).map(keyOf);
}

/** What a credential says of its subject. */
export function claimsOf(sdJwt: string): CertificateClaims {
  return openCredential(sdJwt).claims.credentialSubject as unknown as CertificateClaims;
}

function registrationOf({ file, folder }: OpenMember, document: StoredDocument) {
  const claims = claimsOf(document.sdJwt);
  const { importingCountry } = claims.exporterDeclaration;
  if (importingCountry !== 'CN' && importingCountry !== 'KR')
    throw new SdkError('DESTINATION_UNKNOWN', 'the ledger is shared by CN and KR alone', {
      pointer: '/credentialSubject/exporterDeclaration/importingCountry',
    });
  return {
    leaf: document.leaf,
    number: referenceDigest(folder, claims.certificateNumber),
    regime: REGIME[claims.regime],
    destination: SHORE[importingCountry],
    issuedOn: dayOf(claims.issuedOn, file.shore),
    lines: linesOf(document),
  };
}

function functionOf(registration: object, predecessor: Predecessor | undefined): [name: string, args: unknown[]] {
  if (predecessor === undefined) return ['register', [registration]];
  if (predecessor.form === 'COPY') return ['copy', [predecessor.leaf, registration]];
  return ['correct', [predecessor.record, predecessor.lines, registration]];
}
