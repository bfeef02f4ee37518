import { fromHex, type Hex } from '../encoding/hex.ts';
import { toUint } from '../encoding/uint.ts';
import { mappingSlot } from '../ledger/slots.ts';

/** Where each fact stands in the storage of the contracts beside the ledger: docs/spec/law.md. All is in mappings; their keys are those of `ids.ts`. */

const WORD = 32;

/** Numbers of the state variables of the contract that clears goods: certificates of origin, then alerts, holds and recalls. */
export const CLEARANCE_SLOT = {
  REGIMES: 0,
  BODIES: 1,
  NUMBERS: 2,
  CERTIFICATES: 3,
  PREDECESSORS: 4,
  LINES: 5,
  INQUIRY_COUNTS: 6,
  INQUIRIES: 7,
  LOTS: 8,
  LOT_HEADS: 9,
  ALERTS: 10,
  ALERT_EVIDENCE: 11,
  ALERT_LOTS: 12,
  RECALLS: 13,
  MOVEMENTS: 14,
} as const;

/** Numbers of the state variables of the contract of laboratories. */
export const LABORATORIES_SLOT = {
  PANELS: 0,
  PROFILE_VERSIONS: 1,
  PROFILE_DIGESTS: 2,
  PERIOD_COUNTS: 3,
  PERIODS: 4,
  SCOPES: 5,
  DESIGNATIONS: 6,
  REPORTS: 7,
  PAST_REPORTS: 8,
  ARRANGEMENTS: 9,
  COVERAGE: 10,
} as const;

/** Numbers of the state variables of the contract of parties and products. */
export const REGISTRY_SLOT = {
  FILINGS: 0,
  FILING_DIGESTS: 1,
} as const;

// --------------------------------------------------------------------- origin

/** Slot of `regimes[regime]`. */
export function regimeSlot(regime: number): Hex {
  return byNumber(CLEARANCE_SLOT.REGIMES, regime);
}

/** Slot of `bodies[key]`, the key being `bodyKey`. */
export function bodySlot(key: Hex): Hex {
  return byKey(CLEARANCE_SLOT.BODIES, key);
}

/** Slot of `numbers[key]`, the key being `numberKey`. */
export function numberSlot(key: Hex): Hex {
  return byKey(CLEARANCE_SLOT.NUMBERS, key);
}

/** Slot of `certificates[id]`. */
export function certificateSlot(id: Hex): Hex {
  return byKey(CLEARANCE_SLOT.CERTIFICATES, id);
}

/** Slot of `predecessors[id]`. */
export function predecessorSlot(id: Hex): Hex {
  return byKey(CLEARANCE_SLOT.PREDECESSORS, id);
}

/** Slot of `lines[key]`, the key being `goodsLineKey`. */
export function lineSlot(key: Hex): Hex {
  return byKey(CLEARANCE_SLOT.LINES, key);
}

/** Slot of `inquiryCounts[id]`. */
export function inquiryCountSlot(id: Hex): Hex {
  return byKey(CLEARANCE_SLOT.INQUIRY_COUNTS, id);
}

/** Slot of `inquiries[key]`, the key being `inquiryKey`. */
export function inquirySlot(key: Hex): Hex {
  return byKey(CLEARANCE_SLOT.INQUIRIES, key);
}

// --------------------------------------------------------------- laboratories

/** Slot of `panels[panel]`. */
export function panelSlot(panel: number): Hex {
  return byNumber(LABORATORIES_SLOT.PANELS, panel);
}

/** Slot of `profileVersions[key]`, the key being `profileKey`. */
export function profileVersionsSlot(key: Hex): Hex {
  return byKey(LABORATORIES_SLOT.PROFILE_VERSIONS, key);
}

/** Slot of `profileDigests[key]`, the key being `profileVersionKey`. */
export function profileDigestSlot(key: Hex): Hex {
  return byKey(LABORATORIES_SLOT.PROFILE_DIGESTS, key);
}

/** Slot of `periodCounts[key]`, the key being `panelKey`. */
export function periodCountSlot(key: Hex): Hex {
  return byKey(LABORATORIES_SLOT.PERIOD_COUNTS, key);
}

/** Slot of `periods[key]`, the key being `periodKey`. */
export function periodSlot(key: Hex): Hex {
  return byKey(LABORATORIES_SLOT.PERIODS, key);
}

/** Slot of `scopes[key]`, the key being `periodKey`. */
export function scopeSlot(key: Hex): Hex {
  return byKey(LABORATORIES_SLOT.SCOPES, key);
}

/** Slot of `designations[key]`, the key being `designationKey`. */
export function designationSlot(key: Hex): Hex {
  return byKey(LABORATORIES_SLOT.DESIGNATIONS, key);
}

/** Slot of `reports[id]`. */
export function reportSlot(id: Hex): Hex {
  return byKey(LABORATORIES_SLOT.REPORTS, id);
}

/** Slot of `pastReports[key]`, the key being `pastReportKey`. */
export function pastReportSlot(key: Hex): Hex {
  return byKey(LABORATORIES_SLOT.PAST_REPORTS, key);
}

/** Slot of `arrangements[arrangement]`. */
export function arrangementSlot(arrangement: number): Hex {
  return byNumber(LABORATORIES_SLOT.ARRANGEMENTS, arrangement);
}

/** Slot of `coverage[arrangement]`. */
export function coverageSlot(arrangement: number): Hex {
  return byNumber(LABORATORIES_SLOT.COVERAGE, arrangement);
}

// --------------------------------------------------------------------- safety

/** Slot of `lots[lot]`. */
export function lotSlot(lot: Hex): Hex {
  return byKey(CLEARANCE_SLOT.LOTS, lot);
}

/** Slot of `lotHeads[lot]`. */
export function lotHeadSlot(lot: Hex): Hex {
  return byKey(CLEARANCE_SLOT.LOT_HEADS, lot);
}

/** Slot of `alerts[alert]`. */
export function alertSlot(alert: Hex): Hex {
  return byKey(CLEARANCE_SLOT.ALERTS, alert);
}

/** Slot of `alertEvidence[key]`, the key being `alertStageKey`. */
export function alertEvidenceSlot(key: Hex): Hex {
  return byKey(CLEARANCE_SLOT.ALERT_EVIDENCE, key);
}

/** Slot of `alertLots[key]`, the key being `alertLotKey`. */
export function alertLotSlot(key: Hex): Hex {
  return byKey(CLEARANCE_SLOT.ALERT_LOTS, key);
}

/** Slot of `recalls[recall]`. */
export function recallSlot(recall: Hex): Hex {
  return byKey(CLEARANCE_SLOT.RECALLS, recall);
}

/** Slot of `movements[document]`. */
export function movementSlot(document: Hex): Hex {
  return byKey(CLEARANCE_SLOT.MOVEMENTS, document);
}

// ------------------------------------------------------------------- registry

/** Slot of `filings[subject]`. */
export function filingSlot(subject: Hex): Hex {
  return byKey(REGISTRY_SLOT.FILINGS, subject);
}

/** Slot of `filingDigests[key]`, the key being `filingVersionKey`. */
export function filingDigestSlot(key: Hex): Hex {
  return byKey(REGISTRY_SLOT.FILING_DIGESTS, key);
}

function byKey(variable: number, key: Hex): Hex {
  return mappingSlot(variable, fromHex(key, WORD));
}

function byNumber(variable: number, key: number): Hex {
  return mappingSlot(variable, toUint(key, WORD));
}
