import type { Bundle } from '../../../protocol/verdict/bundle.ts';
import type { Verdict } from '../../../protocol/verdict/verdict.ts';
import { judge } from '../../bundles/judge.ts';
import type { ApiNode } from '../../node.ts';

/** The verdict on a bundle in the enumerations of the schema. */
export function verdictOf(node: ApiNode, bundle: Bundle, at?: string) {
  return inSchema(judge(node, bundle, at));
}

function inSchema(verdict: Verdict) {
  return {
    ...verdict,
    finality: verdict.finality.toUpperCase(),
    findings: verdict.findings.map((finding) => ({ ...finding, question: finding.question.toUpperCase() })),
  };
}
