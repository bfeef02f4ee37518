import { ruleTexts } from '../../protocol/law/ruleTexts.ts';
import { SdkError } from '../errors.ts';

/** Stable codes of what the law refuses, by the contracts' errors (docs/spec/law.md section 6); their texts are in protocol/law/ruleTexts.ts. */
const CODES: Readonly<Record<string, string>> = {
  OriginAlreadyRegistered: 'ALREADY_REGISTERED',
  OriginAlreadyUsed: 'ALREADY_USED',
  OriginBodyInvalid: 'NO_CERTIFIER',
  OriginDoublePreference: 'DOUBLE_PREFERENCE',
  OriginExpired: 'EXPIRED',
  OriginFieldInvalid: 'FIELD_INVALID',
  OriginInquiryConflict: 'STAGE_WRONG',
  OriginIssuerNotAuthorised: 'ISSUER_NOT_AUTHORISED',
  OriginLinesInvalid: 'LINES_DIFFER',
  OriginNotFound: 'NOT_FOUND',
  OriginNotStanding: 'NOT_STANDING',
  OriginNumberTaken: 'NUMBER_TAKEN',
  OriginPredecessorDiffers: 'PREDECESSOR_DIFFERS',
  OriginRegimeUnknown: 'AGREEMENT_UNKNOWN',
  OriginSuperseded: 'SUPERSEDED',
  OriginTermInvalid: 'TERM_INVALID',
  SafetyCountOutOfRange: 'COUNT_OUT_OF_RANGE',
  SafetyFieldInvalid: 'FIELD_INVALID',
  SafetyLotConflict: 'LOT_UNCHANGED',
  SafetyLotOnHold: 'LOT_ON_HOLD',
  SafetyStageConflict: 'STAGE_WRONG',
  SafetyTaken: 'ALREADY_REGISTERED',
  SafetyUnknown: 'ALERT_UNKNOWN',
  LaboratoriesAlreadyRegistered: 'ALREADY_REGISTERED',
  LaboratoriesArrangementNotLive: 'NO_ARRANGEMENT',
  LaboratoriesCompromiseInvalid: 'TERM_INVALID',
  LaboratoriesCompromised: 'COMPROMISED',
  LaboratoriesCourseInvalid: 'DATES_INVALID',
  LaboratoriesFieldInvalid: 'FIELD_INVALID',
  LaboratoriesNotCovered: 'NOT_COVERED',
  LaboratoriesNotDesignated: 'NOT_DESIGNATED',
  LaboratoriesNotLaboratory: 'NOT_LABORATORY',
  LaboratoriesNotStanding: 'NOT_STANDING',
  LaboratoriesOutOfScope: 'OUT_OF_SCOPE',
  LaboratoriesPeriodConflict: 'PERIOD_CONFLICT',
  LaboratoriesReportDomestic: 'DOMESTIC_REPORT',
  LaboratoriesReportTooOld: 'REPORT_TOO_OLD',
  LaboratoriesReportUnknown: 'REPORT_UNKNOWN',
  RegistryFieldInvalid: 'FIELD_INVALID',
  RegistryKindDiffers: 'KIND_DIFFERS',
  CompanionRoleMissing: 'ROLE_MISSING',
  CompanionShoreWrong: 'OTHER_SHORE',
  CompanionsActionPaused: 'PAUSED',
  MembershipNotAuthority: 'NOT_AUTHORITY',
  NotaryAccountNotLive: 'ACCOUNT_NOT_LIVE',
};

const DEFAULT = 'LEDGER_REFUSES';

/** The error for people of what a contract refuses. @param reason the contract's error with its values, as `revertReason` gives it */
export function refusedBy(reason: string): SdkError {
  const name = reason.slice(0, Math.max(0, reason.indexOf('(')));
  const code = CODES[name] ?? DEFAULT;
  return new SdkError(code, ruleTexts(code)?.en ?? `the ledger refuses this: ${reason}`, {
    advice:
      code === DEFAULT
        ? 'look at the document with "tidemark show"; only its issuer can change it, and revoked or superseded is final'
        : 'the code says which rule it is: docs/spec/law.md section 6',
    facts: { refusal: reason },
  });
}
