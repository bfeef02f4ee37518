import { type Language, verdictTexts } from '../../../protocol/verdict/texts.ts';
import type { Finding, Verdict } from '../../../protocol/verdict/verdict.ts';

const SIGN: Readonly<Record<Verdict['answer'], string>> = { VALID: '✓', INVALID: '✗', CANNOT_CHECK: '?' };

/** A verdict as lines for people: what it comes to, each question, and the block that it stands on. */
export function verdictLines(verdict: Verdict, language: Language): string[] {
  const texts = verdictTexts(language);
  const findings = verdict.findings.map(
    (finding) =>
      `  ${SIGN[finding.answer]} ${texts.question(finding.question)}${place(finding, verdict)}: ${texts.code(finding.code)} (${finding.code})${facts(finding)}`,
  );
  const block = verdict.asOf === '' ? [] : [`  ${verdict.asOf}  #${verdict.height}  ${verdict.finality}`];
  return [`${SIGN[verdict.answer]} ${texts.answer(verdict.answer)} (${verdict.answer})`, ...findings, ...block];
}

function place({ document }: Finding, { findings }: Verdict): string {
  const many = findings.some((finding) => (finding.document ?? 0) > 0);
  return document === undefined || !many ? '' : ` [${document + 1}]`;
}

function facts(finding: Finding): string {
  const entries = Object.entries(finding.facts ?? {});
  return entries.length === 0 ? '' : ` ${entries.map(([name, value]) => `${name}=${value}`).join(' ')}`;
}
