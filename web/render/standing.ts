import type { Finding, Verdict } from '../../protocol/verdict/verdict.ts';
import type { Standing } from './view.ts';

/** How one document stands, from the findings about it. Whether it is replaced or concerns the subject is for `productView` to say. */
export function standingOf(verdict: Verdict, document: number, issuer: number): Standing {
  const findings = verdict.findings.filter((finding) => finding.document === document);
  return {
    document,
    issuer,
    answer: worst(findings),
    codes: [...new Set(findings.filter((finding) => finding.answer !== 'VALID').map((finding) => finding.code))],
    replaced: false,
    concerns: true,
  };
}

/**
 * True where the page may repeat the document's words: they are what was signed, and nothing shows that they are not on the ledger or not by their
 * issuer. Where that cannot be checked now, the words are shown with that remark.
 */
export function isReadable(verdict: Verdict, document: number): boolean {
  const about = verdict.findings.filter((finding) => finding.document === document);
  const isWhole = about.some(({ question, answer }) => question === 'integrity' && answer === 'VALID');
  return isWhole && !about.some(({ question, answer }) => (question === 'anchored' || question === 'issuer') && answer === 'INVALID');
}

function worst(findings: readonly Finding[]): Verdict['answer'] {
  if (findings.some((finding) => finding.answer === 'INVALID')) return 'INVALID';
  return findings.length === 0 || findings.some((finding) => finding.answer === 'CANNOT_CHECK') ? 'CANNOT_CHECK' : 'VALID';
}
