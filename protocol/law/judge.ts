import { lookupForm } from '../text/lookupForm.ts';
import { day } from './fields.ts';
import { judgeLine } from './judgeLine.ts';
import { gravest, type Judgement, type LineJudgement, REASONS, type Reason } from './judgement.ts';
import type { LimitItem, LimitProfile } from './limitProfile.ts';
import type { JudgedReport, ReportLine } from './report.ts';

/**
 * Judges a report by the limits of a destination, whichever limits its laboratory had in mind: one report can conform in Korea and not in China.
 *
 * The whole is as its worst line, in the order NONCONFORM, MISSING_ITEM, INCONCLUSIVE, CONFORM; NOT_JUDGED where no line was judged, or the profile is not in
 * force on the day. Lines of one analyte are judged each by itself, so that all must conform: a second figure never takes back a first. Figures are compared as
 * told, without allowance for uncertainty (simple acceptance, ILAC-G8:09/2019).
 *
 * @param on day on which the profile must be in force; the report's day of issue where not given
 * @throws ProtocolError `WRONG_FORMAT`, `NO_SUCH_DATE` where that is no day
 *
 * @example
 * const { code } = judge(report, readLimitProfile(cnCosmetics), '2026-10-22'); // lead 14.0 mg/kg: 'NONCONFORM'
 */
export function judge(report: JudgedReport, profile: LimitProfile, on?: string): Judgement {
  const date = on ?? report.issuedOn;
  day(date, on === undefined ? ['issuedOn'] : []);
  if (!isInForce(profile, date)) return { code: 'NOT_JUDGED', reason: 'NOT_IN_FORCE', confidence: 'confirmed', lines: [] };
  const items = report.result.map((line) => itemOf(profile, line));
  const known = profile.items.flatMap((item) => judgeItem(item, report.result, items));
  const strangers = report.result.flatMap((line, index) => (items[index] === undefined ? [strange(line, index)] : []));
  const lines = [...known, ...strangers];
  const reason = gravest(lines.map((line) => line.reason));
  return { code: REASONS[reason], reason, confidence: confidenceOf(lines, reason), lines };
}

function isInForce({ effectiveFrom, effectiveUntil }: LimitProfile, on: string): boolean {
  return on >= effectiveFrom && (effectiveUntil === undefined || on <= effectiveUntil);
}

/** By the code of the analyte; laboratories that have codes of their own, or none, are understood by its name in any of the languages. */
function itemOf({ items }: LimitProfile, { analyte: { code, name } }: ReportLine): LimitItem | undefined {
  const typed = lookupForm(name);
  return (
    items.find(({ analyte }) => analyte.id === code) ??
    items.find(({ analyte }) => Object.values(analyte.name).some((each) => lookupForm(each) === typed))
  );
}

function judgeItem(item: LimitItem, lines: readonly ReportLine[], items: readonly (LimitItem | undefined)[]): LineJudgement[] {
  const about = lines.flatMap((line, index) => (items[index] === item ? [{ line, index }] : []));
  if (about.length === 0) return [{ ...judgedAs(item.required ? 'ITEM_MISSING' : 'NOT_TESTED'), ...wanted(item) }];
  return about.map(({ line, index }) => ({ ...judgedAs(judgeLine(item, line)), ...wanted(item), ...told(line, index) }));
}

function strange(line: ReportLine, index: number): LineJudgement {
  return { ...judgedAs('NOT_IN_PROFILE'), analyte: line.analyte.code ?? line.analyte.name, ...told(line, index) };
}

function judgedAs(reason: Reason): Pick<LineJudgement, 'code' | 'reason'> {
  return { code: REASONS[reason], reason };
}

function told(line: ReportLine, index: number): Pick<LineJudgement, 'line' | 'value' | 'unit'> {
  return { line: index, value: toldValue(line), unit: line.unit };
}

function toldValue({ kind, value = '', values, loq = 'LOQ' }: ReportLine): string {
  if (kind === 'NUMERIC') return values?.join(' / ') ?? value;
  if (kind === 'BELOW_LOQ') return `<${loq}`;
  return kind === 'NOT_DETECTED' ? 'ND' : value || kind;
}

function wanted(item: LimitItem): Pick<LineJudgement, 'analyte' | 'limit' | 'limitUnit' | 'confidence'> {
  const base = { analyte: item.analyte.id, confidence: item.confidence };
  if (item.kind === 'unknown') return base;
  const limit = limitOf(item);
  return 'unit' in item ? { ...base, limit, limitUnit: item.unit.symbol } : { ...base, limit };
}

function limitOf(item: Exclude<LimitItem, { kind: 'unknown' }>): string {
  if (item.kind === 'maximum') return item.limit;
  if (item.kind === 'range') return `${item.min}–${item.max}`;
  const portion = item.portion === undefined ? '' : `/${item.portion.value}g`;
  if (item.kind === 'absent') return `ND${portion}`;
  return `n=${item.n} c=${item.c} m=${item.m}${portion}${item.M === undefined ? '' : ` M=${item.M}`}`;
}

function confidenceOf(lines: readonly LineJudgement[], reason: Reason): Judgement['confidence'] {
  const confirmed = lines.filter(({ confidence }) => confidence !== 'unconfirmed').map((line) => line.reason);
  return REASONS[gravest(confirmed)] === REASONS[reason] ? 'confirmed' : 'unconfirmed';
}
