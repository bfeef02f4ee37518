import { SdkError } from '../errors.ts';

/** Stable codes of what the law refuses, by the contracts' errors (docs/spec/law.md section 6); texts in three languages are in protocol/law/texts. */
const CODES: Readonly<Record<string, string>> = {
  OriginAlreadyUsed: 'ALREADY_USED',
  OriginDoublePreference: 'DOUBLE_PREFERENCE',
  OriginExpired: 'EXPIRED',
  OriginIssuerNotAuthorised: 'ISSUER_NOT_AUTHORISED',
  OriginNotFound: 'NOT_FOUND',
  OriginNotStanding: 'NOT_STANDING',
  OriginNumberTaken: 'NUMBER_TAKEN',
  OriginSuperseded: 'SUPERSEDED',
  SafetyLotOnHold: 'LOT_ON_HOLD',
  LaboratoriesArrangementNotLive: 'NO_ARRANGEMENT',
  LaboratoriesCompromised: 'COMPROMISED',
  LaboratoriesNotCovered: 'NOT_COVERED',
  LaboratoriesNotDesignated: 'NOT_DESIGNATED',
  LaboratoriesOutOfScope: 'OUT_OF_SCOPE',
  LaboratoriesReportDomestic: 'DOMESTIC_REPORT',
  LaboratoriesReportTooOld: 'REPORT_TOO_OLD',
  LaboratoriesReportUnknown: 'NOT_FOUND',
  CompanionRoleMissing: 'ROLE_MISSING',
  CompanionShoreWrong: 'OTHER_SHORE',
  CompanionsActionPaused: 'PAUSED',
};

const DEFAULT = 'LEDGER_REFUSES';

/** The error for people of what a contract refuses. @param reason the contract's error with its values, as `revertReason` gives it */
export function refusedBy(reason: string): SdkError {
  const name = reason.slice(0, Math.max(0, reason.indexOf('(')));
  const code = CODES[name] ?? DEFAULT;
  return new SdkError(code, `the ledger refuses this: ${reason}`, {
    advice:
      code === DEFAULT
        ? 'look at the document with "tidemark show"; only its issuer can change it, and revoked or superseded is final'
        : 'the code says which rule it is: docs/spec/law.md section 6',
    facts: { refusal: reason },
  });
}
