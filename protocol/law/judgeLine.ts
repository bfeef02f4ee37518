import { compareDecimals } from '../credentials/rules/decimal.ts';
import { breachOf, keepsTo, valuesOf } from '../credentials/rules/judgeResult.ts';
import type { Reason } from './judgement.ts';
import type { AbsentItem, LimitItem, MaximumItem, PlanItem, RangeItem } from './limitProfile.ts';
import type { ReportLine } from './report.ts';
import { convert, portionOf, unitOf } from './units.ts';

type Figured = MaximumItem | RangeItem | PlanItem;

/** Why one line conforms to one item of a profile or does not, by exact decimal comparison. */
export function judgeLine(item: LimitItem, line: ReportLine): Reason {
  if (item.kind === 'unknown') return 'LIMIT_UNKNOWN';
  return item.kind === 'absent' || isAbsence(item) ? judgePresence(item, line) : judgeFigures(item, line);
}

/** No unit may have more than nothing: absence from each of them, such as of Salmonella from 25 g (GB 29921). */
function isAbsence(item: Figured): item is PlanItem {
  return item.kind === 'plan' && item.c === 0 && compareDecimals(item.m, '0') === 0;
}

function judgePresence(item: AbsentItem | PlanItem, line: ReportLine): Reason {
  const found = isFound(line);
  if (found === undefined) return line.kind === 'BELOW_LOQ' ? 'PRESENCE_OPEN' : 'NO_FIGURE';
  const problem = portionProblem(item, line, found);
  // Found in one unit is found, however many were looked at.
  if (problem !== undefined || found) return problem ?? 'DETECTED';
  return item.kind === 'plan' && unitsOf(line) < item.n ? 'TOO_FEW_SAMPLES' : 'NOT_DETECTED';
}

/** Whether a line found something at all; undefined where it leaves that open. */
function isFound(line: ReportLine): boolean | undefined {
  if (line.kind === 'DETECTED' || line.kind === 'NOT_DETECTED') return line.kind === 'DETECTED';
  const values = line.kind === 'NUMERIC' ? valuesOf(line) : [];
  return values.length === 0 ? undefined : !values.every((value) => keepsTo({ operator: 'ABSENT', value: '0' }, value));
}

/** Found in a part is found in the whole, not found in the whole is not found in a part; the other way nothing follows. A bare number leaves the portion to the method. */
function portionProblem({ portion }: AbsentItem | PlanItem, { unit }: ReportLine, found: boolean): Reason | undefined {
  if (portion === undefined) return undefined;
  const looked = portionOf(unit);
  if (looked === undefined) return found || unitOf(unit)?.quantity === 'number' ? undefined : 'OTHER_UNIT';
  const order = compareDecimals(looked, portion.value);
  return (found ? order > 0 : order < 0) ? 'OTHER_PORTION' : undefined;
}

function judgeFigures(item: Figured, line: ReportLine): Reason {
  const from = unitOf(line.unit);
  const to = unitOf(item.unit.code);
  if (convert('0', from, to) === undefined) return 'OTHER_UNIT';
  if ((line.basis ?? 'AS_SOLD') !== (basisOf(item) ?? 'AS_SOLD')) return 'OTHER_BASIS';
  const inUnit = (told: string) => convert(told, from, to) as string;
  if (line.kind !== 'NUMERIC') return judgeBound(item, line, inUnit);
  const values = valuesOf(line).map(inUnit);
  return values.length === 0 ? 'NO_FIGURE' : judgeValues(item, values);
}

function basisOf(item: Figured): ReportLine['basis'] {
  return item.kind === 'plan' ? undefined : item.basis;
}

function judgeValues(item: Figured, values: readonly string[]): Reason {
  if (item.kind === 'plan') return judgePlan(item, values);
  if (item.kind === 'maximum') return allKeepTo('<=', item.limit, values) ? 'WITHIN_LIMIT' : 'ABOVE_LIMIT';
  return allKeepTo('>=', item.min, values) && allKeepTo('<=', item.max, values) ? 'IN_RANGE' : 'OUT_OF_RANGE';
}

/** A plan that is broken stays so, however many units are still to come; one that is kept to is not decided before all are there. Units beyond n count too. */
function judgePlan(item: PlanItem, values: readonly string[]): Reason {
  const breach = breachOf(item, values);
  if (breach !== undefined) return breach === 'M' ? 'ABOVE_PLAN_MAXIMUM' : 'TOO_MANY_ABOVE';
  return values.length < item.n ? 'TOO_FEW_SAMPLES' : 'WITHIN_PLAN';
}

function allKeepTo(operator: '<=' | '>=', value: string, values: readonly string[]): boolean {
  return values.every((each) => keepsTo({ operator, value }, each));
}

/** Not quantified or not detected: the content is known to lie under a bound, which decides where it is not above the limit. */
function judgeBound(item: Figured, line: ReportLine, inUnit: (told: string) => string): Reason {
  if (item.kind === 'range' || (line.kind !== 'BELOW_LOQ' && line.kind !== 'NOT_DETECTED')) return 'NO_FIGURE';
  const isDetection = line.kind === 'NOT_DETECTED' && line.lod !== undefined;
  const bound = isDetection ? line.lod : line.loq;
  if (bound === undefined) return 'NO_BOUND';
  if (!keepsTo({ operator: '<=', value: item.kind === 'plan' ? item.m : item.limit }, inUnit(bound)))
    return isDetection ? 'LOD_ABOVE_LIMIT' : 'LOQ_ABOVE_LIMIT';
  if (item.kind === 'plan' && unitsOf(line) < item.n) return 'TOO_FEW_SAMPLES';
  return line.kind === 'BELOW_LOQ' ? 'BELOW_LOQ' : 'NOT_DETECTED';
}

/** How many units a line speaks for: one, unless it says more. */
function unitsOf(line: ReportLine): number {
  return valuesOf(line).length || (line.plan?.n ?? 1);
}
