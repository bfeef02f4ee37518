import type { Finding, Verdict } from '../../protocol/verdict/verdict.ts';
import type { Standing } from './view.ts';

/** Findings about each document. Histories are long: who looks for those of one document in all of them takes the square of the time. */
export type FindingsOf = (document: number) => readonly Finding[];

/** Sorts a verdict's findings by document, once. */
export function findingsOf({ findings }: Verdict): FindingsOf {
  const byDocument = new Map<number | undefined, Finding[]>();
  for (const finding of findings) {
    const about = byDocument.get(finding.document) ?? [];
    about.push(finding);
    byDocument.set(finding.document, about);
  }
  return (document) => byDocument.get(document) ?? [];
}

/** How one document stands, from the findings about it. Whether it is replaced or concerns the subject is for `productView` to say. */
export function standingOf(findings: readonly Finding[], document: number, issuer: number): Standing {
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
export function isReadable(about: readonly Finding[]): boolean {
  const isWhole = about.some(({ question, answer }) => question === 'integrity' && answer === 'VALID');
  return isWhole && !about.some(({ question, answer }) => (question === 'anchored' || question === 'issuer') && answer === 'INVALID');
}

function worst(findings: readonly Finding[]): Verdict['answer'] {
  if (findings.some((finding) => finding.answer === 'INVALID')) return 'INVALID';
  return findings.length === 0 || findings.some((finding) => finding.answer === 'CANNOT_CHECK') ? 'CANNOT_CHECK' : 'VALID';
}
