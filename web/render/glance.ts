import type { Finding } from '../../protocol/verdict/verdict.ts';
import { bearsOn } from './along/bearsOn.ts';
import type { Glance, ProductView, Standing, UnshownEntry } from './view.ts';

type Colour = Glance['colour'];
type Reason = Glance['reasons'][number];
const SEVERITY: Readonly<Record<Colour, number>> = { red: 0, amber: 1, green: 2 };

/** A certificate's year is over, or has not begun: worth saying, no warning about the goods. */
const MILD = new Set(['EXPIRED', 'NOT_YET_VALID']);

/**
 * The one-glance status: red where something is wrong, amber where something is open, green only where nothing is. A document that another,
 * standing one of this history has replaced is past, not wrong.
 */
export function glanceOf(view: Omit<ProductView, 'glance'>): Glance {
  const past = new Set(entriesOf(view).flatMap((entry) => (entry.replaced ? [entry.document] : [])));
  const found: [Colour, Reason][] = [
    ...view.verdict.findings.flatMap((finding) => judgeFinding(finding, past)),
    ...view.reports.filter((report) => !report.replaced && report.concerns).flatMap(judgeReport),
    ...view.journey.flatMap((step) => (step.disposition === 'recalled' ? [judge('red', 'RECALLED', step.document)] : [])),
    ...entriesOf(view).flatMap((entry) => (entry.concerns ? [] : [judge('amber', 'OTHER_PRODUCT', entry.document)])),
    ...view.unshown.flatMap(judgeUnshown),
    ...view.along.flatMap(judgeAlong),
    ...(entriesOf(view).length === 0 ? [judge('amber', 'NO_DOCUMENTS')] : []),
  ];
  found.sort(([a], [b]) => SEVERITY[a] - SEVERITY[b]);
  return { colour: found[0]?.[0] ?? 'green', reasons: found.map(([, reason]) => reason) };
}

function judgeFinding(finding: Finding, past: ReadonlySet<number>): [Colour, Reason][] {
  if (finding.answer === 'VALID' || (finding.document !== undefined && past.has(finding.document))) return [];
  return [judge(finding.answer === 'INVALID' && !MILD.has(finding.code) ? 'red' : 'amber', finding.code, finding.document)];
}

function judgeReport(report: ProductView['reports'][number]): [Colour, Reason][] {
  if (report.overall === 'NONCONFORM' || report.results.some((result) => result.verdict === 'FAIL'))
    return [judge('red', 'TEST_FAILED', report.document)];
  return report.overall === 'CONFORM' ? [] : [judge('amber', 'TEST_UNCLEAR', report.document)];
}

/** A server could hide a bad report by withholding it: what is not seen is not in order, however well it stands. */
function judgeUnshown({ answer, reason, document }: UnshownEntry): [Colour, Reason][] {
  return answer === 'VALID' ? [judge('amber', reason === 'NOT_PROVEN' ? 'NOT_PROVEN' : 'NOT_SHOWN', document)] : [];
}

/**
 * Goods are as good as what they were certainly made of, and a unit as what is in it: a stop of that is theirs, and a history of it that nobody could check may
 * hide one. What only may be in them is worth a look. A unit's own papers say nothing against what it carried.
 */
function judgeAlong({ role, certain, answer, stops }: ProductView['along'][number]): [Colour, Reason][] {
  if (!bearsOn({ role })) return [];
  const what = role === 'content' ? 'CONTENT' : 'INPUT';
  if (stops.length > 0) return [certain ? judge('red', `${what}_STOPPED`) : judge('amber', 'INPUT_MAYBE_STOPPED')];
  return answer === 'VALID' ? [] : [judge('amber', `${what}_UNCHECKED`)];
}

function judge(colour: Colour, code: string, document?: number): [Colour, Reason] {
  return [colour, document === undefined ? { code } : { code, document }];
}

function entriesOf(view: Omit<ProductView, 'glance'>): Standing[] {
  return [...view.certificates, ...view.reports, ...view.journey, ...view.unshown];
}
