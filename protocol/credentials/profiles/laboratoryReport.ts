import type { JsonObject } from '../../json/jsonValue.ts';
import { KIND } from '../../ledger/codes.ts';
import { type ReportClaims, reportRules } from '../rules/reportRules.ts';
import type { JsonSchema } from '../schema/jsonSchema.ts';
import { CONTEXT } from './context.ts';
import schema from './laboratoryReport.schema.json' with { type: 'json' };
import { defineProfile } from './profile.ts';

/** Report of a testing laboratory (ISO/IEC 17025 clause 7.8), judged against the limits of one destination (docs/spec/credentials.md). */
export const laboratoryReport = defineProfile({
  name: 'laboratoryReport',
  type: ['LabTestReport', 'DigitalConformityCredential', 'VerifiableCredential'],
  kind: KIND.LABORATORY_REPORT,
  schema: schema as unknown as JsonSchema,
  mayHide: ['/credentialSubject/client', '/credentialSubject/sample/condition', '/credentialSubject/result/*/uncertainty'],
  requiredAtIssue: ['/credentialSubject/client'],
  complete,
  rules: (claims) => reportRules((claims as unknown as ReportClaims).credentialSubject),
});

function complete(claims: JsonObject): JsonObject {
  return {
    '@context': [...CONTEXT],
    ...claims,
    credentialSchema: claims.credentialSchema ?? { id: schema.$id, type: 'JsonSchema' },
    documentTypeCode: claims.documentTypeCode ?? '4',
    formVersion: claims.formVersion ?? '1',
    credentialSubject: { type: ['LaboratoryReport', 'ConformityAttestation'], ...((claims.credentialSubject ?? {}) as JsonObject) },
  };
}
