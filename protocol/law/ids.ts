import { fromHex, type Hex, toHex } from '../encoding/hex.ts';
import { toUint } from '../encoding/uint.ts';
import { sha256 } from '../hash/sha256.ts';

/** Hashes that name things in the contracts beside the ledger: docs/spec/law.md. All are SHA-256, so that outsiders can recompute them. */

const WORD = 32;
/** The chain over no goods lines. */
const EMPTY_CHAIN: Hex = `0x${'00'.repeat(WORD)}`;

// ------------------------------------------------------------------- origin

/** Key in `numbers`: `SHA-256(uint256(issuer) || number)`, `number` being the salted digest of the certificate's number. */
export function numberKey(issuer: number, number: Hex): Hex {
  return hash(uint(issuer), word(number));
}

/** Key in `bodies`: `SHA-256(uint256(member) || uint256(regime))`. */
export function bodyKey(member: number, regime: number): Hex {
  return hash(uint(member), uint(regime));
}

/** Key in `lines`: `SHA-256(lot || detail)`, `detail` being the salted digest of what else makes the line. */
export function goodsLineKey(lot: Hex, detail: Hex): Hex {
  return hash(word(lot), word(detail));
}

/** Chain over goods lines in their order; a certificate's word holds its low 160 bits. */
export function linesChain(lines: readonly Hex[]): Hex {
  return lines.reduce((chain, line) => hash(word(chain), word(line)), EMPTY_CHAIN);
}

/** What a declaration makes of a certificate: `SHA-256(certificate || declaration)`; the words of its lines hold its low 168 bits. */
export function useDigest(certificate: Hex, declaration: Hex): Hex {
  return hash(word(certificate), word(declaration));
}

/** Key in `inquiries`: `SHA-256(certificate || uint256(number))`, the first number being 1. */
export function inquiryKey(certificate: Hex, number: number): Hex {
  return hash(word(certificate), uint(number));
}

// ------------------------------------------------------------- laboratories

/** Key in `profileVersions`: `SHA-256(uint256(shore) || uint256(profile))`. */
export function profileKey(shore: number, profile: number): Hex {
  return hash(uint(shore), uint(profile));
}

/** Key in `profileDigests`: `SHA-256(profileKey || uint256(version))`, the first version being 1. */
export function profileVersionKey(shore: number, profile: number, version: number): Hex {
  return hash(word(profileKey(shore, profile)), uint(version));
}

/** Key in `periodCounts`: `SHA-256(uint256(laboratory) || uint256(panel))`. */
export function panelKey(laboratory: number, panel: number): Hex {
  return hash(uint(laboratory), uint(panel));
}

/** Key in `periods` and `scopes`: `SHA-256(panelKey || uint256(period))`, the first period being 1. */
export function periodKey(laboratory: number, panel: number, period: number): Hex {
  return hash(word(panelKey(laboratory, panel)), uint(period));
}

/** Key in `designations`: `SHA-256(panelKey || uint256(shore))`. */
export function designationKey(laboratory: number, panel: number, shore: number): Hex {
  return hash(word(panelKey(laboratory, panel)), uint(shore));
}

/** What a report tells of itself: `SHA-256(lot || uint256(tests) || uint256(course))`; its word holds the low 160 bits. */
export function reportFacts(lot: Hex, tests: bigint, course: bigint): Hex {
  return hash(word(lot), uint(tests), uint(course));
}

/** Key in `pastReports` of a decision that a later one followed: `SHA-256(report || uint256(decidedAt))`. */
export function pastReportKey(report: Hex, decidedAt: number): Hex {
  return hash(word(report), uint(decidedAt));
}

// ------------------------------------------------------------------- safety

/** Id of an alert: `SHA-256(uint256(member) || salt)`. */
export function alertId(member: number, salt: Hex): Hex {
  return hash(uint(member), word(salt));
}

/** Key in `alertEvidence`: `SHA-256(alert || uint256(stage))`. */
export function alertStageKey(alert: Hex, stage: number): Hex {
  return hash(word(alert), uint(stage));
}

/** Key in `alertLots`: `SHA-256(alert || lot)`. */
export function alertLotKey(alert: Hex, lot: Hex): Hex {
  return hash(word(alert), word(lot));
}

/** Id of a recall: `SHA-256(alert || salt)`. */
export function recallId(alert: Hex, salt: Hex): Hex {
  return hash(word(alert), word(salt));
}

// ----------------------------------------------------------------- registry

/** Key in `filingDigests`: `SHA-256(subject || uint256(version))`, the first version being 1. */
export function filingVersionKey(subject: Hex, version: number): Hex {
  return hash(word(subject), uint(version));
}

function hash(...parts: Uint8Array[]): Hex {
  return toHex(sha256(...parts));
}

function word(hex: Hex): Uint8Array {
  return fromHex(hex, WORD);
}

function uint(value: number | bigint): Uint8Array {
  return toUint(value, WORD);
}
