import { listAt, textAt } from './reading.ts';
import type { CertificateFacts, Standing } from './view.ts';

/** The public facts of a certificate of origin (docs/spec/credentials.md): no names of boxes 1 to 3, no prices, weights or invoices. */
export function readCertificate(claims: unknown, standing: Standing): CertificateFacts {
  const at = (...path: string[]) => textAt(claims, 'credentialSubject', ...path);
  const line = listAt(claims, 'credentialSubject', 'lineItem')[0];
  return {
    ...standing,
    number: at('certificateNumber') ?? '',
    regime: at('regime') ?? '',
    issuingCountry: at('issuingCountry') ?? '',
    issuedOn: at('issuedOn') ?? '',
    originCriterion: textAt(line, 'originCriterion') ?? '',
    hsCode: textAt(line, 'hsCode') ?? '',
    description: textAt(line, 'description') ?? '',
    ...present('validUntil', textAt(claims, 'validUntil')),
    ...present('portOfLoading', at('transport', 'portOfLoading')),
    ...present('portOfDischarge', at('transport', 'portOfDischarge')),
    ...present('departureDate', at('transport', 'departureDate')),
  };
}

/** Products and lots that the certificate names: those of its lines that carry a GTIN. */
export function certifiedGoods(claims: unknown): { gtin?: string; lot?: string }[] {
  return listAt(claims, 'credentialSubject', 'lineItem').map((line) => ({
    ...present('gtin', textAt(line, 'gtin')),
    ...present('lot', textAt(line, 'lot')),
  }));
}

function present<Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [N in Name]?: string });
}
