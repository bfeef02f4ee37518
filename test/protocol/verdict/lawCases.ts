import { seal } from '../../../protocol/credentials/seal.ts';
import type { JsonObject } from '../../../protocol/json/jsonValue.ts';
import { subjectKey } from '../../../protocol/ledger/ids.ts';
import type { BundleDocument, RegisteredLines, RegisteredReport } from '../../../protocol/verdict/bundle.ts';
import type { Finding, Question, Verdict } from '../../../protocol/verdict/verdict.ts';
import { verifyBundle } from '../../../protocol/verdict/verifyBundle.ts';
import { demoClaims, withField } from '../../fixtures/demoClaims.ts';
import { factsOf, LINES, PANEL } from '../../fixtures/lawFixture.ts';
import { issuerIn, KEYS, MEMBER, NOW, sealReport, seededRandom, TRUST } from '../../fixtures/ledgerFixture.ts';

const random = seededRandom(61);

/** The laver's certificate of origin, and its registration. */
export const certificate = sealCertificate(demoClaims('laver/certificate-of-origin'));
/** The laver's report for export, and its registration. */
export const report = sealReport(demoClaims('laver/lab-report-export'));
/** The laver's lot. */
export const SUBJECT = { id: 'https://id.gs1.org/01/09521001001021/10/HB260914A', salt: `0x${'5a'.repeat(16)}` } as const;
export const LOT_OF_SUBJECT = subjectKey(SUBJECT.id, SUBJECT.salt);

export const lines: RegisteredLines = { lines: LINES.slice(0, 1) };
export const facts: RegisteredReport = { facts: factsOf(), panel: PANEL.text };

/** A certificate of origin of the fixture's certifier. */
export function sealCertificate(claims: JsonObject) {
  return seal({ claims, issuer: issuerIn(MEMBER.certifier), key: KEYS.certifier, random });
}

/** The laver's report with some of its fields changed. */
export function reportWith(changes: Readonly<Record<string, unknown>>) {
  const claims = Object.entries(changes).reduce(
    (before, [path, value]) => withField(before, `/credentialSubject${path}`, value),
    demoClaims('laver/lab-report-export'),
  );
  return sealReport(claims);
}

/** A document with what was registered of it. */
export function withLaw(document: BundleDocument, law: RegisteredLines | RegisteredReport): BundleDocument {
  return { ...document, law } as BundleDocument;
}

/** The verdict on a bundle, by the fixture's reader. */
export function judge(bundle: unknown, when: { at?: string; now?: string } = {}): Verdict {
  return verifyBundle(bundle, TRUST, { now: NOW, ...when });
}

/** What is found to one question. */
export function found(verdict: Verdict, question: Question, document?: number): Finding | undefined {
  return verdict.findings.find((each) => each.question === question && (document === undefined || each.document === document));
}

/** Answer and code of one question, as `ANSWER CODE`. */
export function answerTo(verdict: Verdict, question: Question, document?: number): string {
  const finding = found(verdict, question, document);
  return finding === undefined ? 'not asked' : `${finding.answer} ${finding.code}`;
}
