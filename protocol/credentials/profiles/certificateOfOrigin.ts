import type { JsonObject } from '../../json/jsonValue.ts';
import { KIND } from '../../ledger/codes.ts';
import { type CertificateClaims, certificateRules, FORM_CUTOVER } from '../rules/certificateRules.ts';
import { oneYearAfter } from '../rules/days.ts';
import type { JsonSchema } from '../schema/jsonSchema.ts';
import schema from './certificateOfOrigin.schema.json' with { type: 'json' };
import { CONTEXT } from './context.ts';
import { defineProfile } from './profile.ts';

/** China-Korea FTA certificate of origin, by the boxes of Annex 3-C (docs/spec/credentials.md). */
export const certificateOfOrigin = defineProfile({
  name: 'certificateOfOrigin',
  type: ['FtaCertificateOfOrigin', 'DigitalConformityCredential', 'VerifiableCredential'],
  kind: KIND.CERTIFICATE_OF_ORIGIN,
  schema: schema as unknown as JsonSchema,
  mayHide: [
    '/credentialSubject/producer',
    '/credentialSubject/exporter/address',
    '/credentialSubject/consignee/name',
    '/credentialSubject/consignee/address',
    '/credentialSubject/lineItem/*/unitPrice',
    '/credentialSubject/lineItem/*/amount',
    '/credentialSubject/lineItem/*/grossMass',
    '/credentialSubject/lineItem/*/netMass',
    '/credentialSubject/lineItem/*/invoiceNumber',
  ],
  requiredAtIssue: [
    '/credentialSubject/producer',
    '/credentialSubject/exporter/address',
    '/credentialSubject/consignee/name',
    '/credentialSubject/consignee/address',
    '/credentialSubject/lineItem/*/grossMass',
    '/credentialSubject/lineItem/*/invoiceNumber',
  ],
  complete,
  rules: (claims) => certificateRules(claims as unknown as CertificateClaims),
});

function complete(claims: JsonObject): JsonObject {
  const subject = (claims.credentialSubject ?? {}) as JsonObject;
  const { issuedOn } = subject;
  const day = typeof issuedOn === 'string' ? issuedOn : undefined;
  return {
    '@context': [...CONTEXT],
    ...claims,
    // China-Korea FTA article 3.15: valid for one year from issue.
    ...(day !== undefined &&
      typeof claims.validFrom === 'string' && { validUntil: claims.validUntil ?? oneYearAfter(day) + claims.validFrom.slice(10) }),
    credentialSchema: claims.credentialSchema ?? { id: schema.$id, type: 'JsonSchema' },
    documentTypeCode: claims.documentTypeCode ?? '864',
    ...(day !== undefined && { formVersion: claims.formVersion ?? (day < FORM_CUTOVER ? '2015' : '2022') }),
    credentialSubject: { type: ['CertificateOfOrigin', 'ConformityAttestation'], ...subject },
  };
}
