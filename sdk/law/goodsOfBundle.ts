import type { Hex } from '../../protocol/encoding/hex.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { SdkError } from '../errors.ts';
import type { NodeClient } from '../node/client.ts';
import { lotOf } from '../notarise/subjectsOf.ts';
import type { Goods } from './goods.ts';
import { type CertificateClaims, claimsOf, goodsOfCertificate } from './registerCertificate.ts';

/** Invoice numbers of a certificate's lines, in their order, where the certificate does not show them. */
export type Invoices = readonly string[];

/**
 * The goods lines of a certificate, as the ledger knows them: made of what the certificate shows, and of the salts of its lots, which the node knows.
 *
 * @param invoices as on the declaration, where the holder has hidden them on the certificate
 * @throws SdkError `BODY_WITHHELD`, `INVOICE_HIDDEN`, `LOT_MISSING`, and those of the client
 */
export async function goodsOfBundle(node: NodeClient, leaf: Hex, invoices?: Invoices): Promise<Goods[]> {
  const bundle = parseStrict(await node.bundle(leaf)) as unknown as Bundle;
  const claims = withInvoices(claimsOfBundle(bundle), invoices);
  const subjects = await Promise.all(lotsOf(claims).map(async (id) => ({ id, ...(await lotKey(node, id)) })));
  return goodsOfCertificate(claims, subjects);
}

/** What a bundle's certificate says. @throws SdkError `BODY_WITHHELD` */
export function claimsOfBundle({ documents }: Bundle): CertificateClaims {
  const [document] = documents;
  if (document?.type === 'credential') return claimsOf(document.sdJwt);
  throw new SdkError('BODY_WITHHELD', 'the node does not give the certificate itself', {
    advice: 'ask the node of its issuer, or its holder',
  });
}

/** Key and salt of a lot, as the node knows them. */
export async function lotKey(node: NodeClient, id: string): Promise<{ key: Hex; salt: Hex }> {
  const { subject } = JSON.parse(await node.subject(id)) as Bundle;
  if (subject === undefined) throw new SdkError('UNKNOWN_SUBJECT', `the node knows no lot ${id}`);
  return { key: subjectKey(subject.id, subject.salt), salt: subject.salt };
}

function lotsOf({ lineItem }: CertificateClaims): string[] {
  return [...new Set(lineItem.flatMap((line) => lotOf(line) ?? []))];
}

function withInvoices(claims: CertificateClaims, invoices: Invoices = []): CertificateClaims {
  const lineItem = claims.lineItem.map((line, index) => ({
    ...line,
    ...(invoices[index] !== undefined && { invoiceNumber: invoices[index] }),
  }));
  return { ...claims, lineItem };
}
