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

/** True where the content is proven to be what the issuer recorded: only then may the page repeat its words. */
export function isProven(verdict: Verdict, document: number): boolean {
  const about = verdict.findings.filter((finding) => finding.document === document);
  return ['integrity', 'anchored', 'issuer'].every((question) =>
    about.some((finding) => finding.question === question && finding.answer === 'VALID'),
  );
}

function worst(findings: readonly Finding[]): Verdict['answer'] {
  if (findings.some((finding) => finding.answer === 'INVALID')) return 'INVALID';
  return findings.length === 0 || findings.some((finding) => finding.answer === 'CANNOT_CHECK') ? 'CANNOT_CHECK' : 'VALID';
}
