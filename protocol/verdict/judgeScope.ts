import { localDay, secondsOf } from '../law/localDay.ts';
import { type ScopedReport, scopeOf } from '../law/scopeBits.ts';
import type { TestPanel } from '../law/testPanel.ts';
import type { CourseWord, TermWord } from '../law/words.ts';
import type { Inquiry } from './inquiry.ts';
import { invalid, type Judgement, toTime, valid } from './judgement.ts';
import type { Laboratories } from './lawState.ts';

/** What is proven to be registered of a report or its batch. */
export interface RegisteredScope {
  course: CourseWord;
  panel: TestPanel;
  /** Bits of the panel's entries. */
  tests: bigint;
  /** False: of a batch, whose windows hold all of its reports. */
  isOwn: boolean;
}

/** What is compared of a laboratory report that fits its profile: its `credentialSubject`. */
interface ReportSubject extends ScopedReport {
  sample: { sampledOn: string };
  analysedFrom: string;
  analysedTo: string;
}

/** Sampling or analysis: the days that the report tells, and the seconds and the period of accreditation that were registered. */
interface Span {
  field: string;
  firstDay: string;
  lastDay: string;
  from: number;
  until: number;
  period: number;
}

/**
 * Asks whether days and tests of a report are those that were registered, and lie in the scope of the laboratory's accreditation as it is known now.
 *
 * @throws MissingProof
 */
export function judgeScope({ document, read, state }: Inquiry, laboratories: Laboratories, registered: RegisteredScope): Judgement {
  const { issuer } = document;
  const { course, panel, tests, isOwn } = registered;
  const { shore } = state.member(issuer);
  const subject = read.credential?.claims.credentialSubject as unknown as ReportSubject;
  const spans = spansOf(subject, course);
  const other = spans.find((span) => !agrees(span, shore, isOwn));
  if (other !== undefined) return invalid('REGISTRATION_DIFFERS', { field: other.field });
  const { bits, unknown } = scopeOf(subject, panel);
  const test = unknown[0] ?? testAmong(bits & ~tests, panel);
  if (test !== undefined) return invalid('REGISTRATION_DIFFERS', { field: 'result', test });
  const judged = spans.map(({ period, ...span }) => {
    const missing = testAmong(bits & ~laboratories.scope(issuer, course.panel, period), panel);
    if (missing !== undefined) return invalid('OUT_OF_SCOPE', { period, test: missing });
    return judgeTerm(laboratories.period(issuer, course.panel, period), secondsIn(span, shore), period);
  });
  return judged.find(({ answer }) => answer !== 'VALID') ?? valid();
}

function spansOf({ sample: { sampledOn }, analysedFrom, analysedTo }: ReportSubject, course: CourseWord): Span[] {
  const sampling = { from: course.sampledFrom, until: course.sampledUntil, period: course.sampledPeriod };
  const analysis = { from: course.analysedFrom, until: course.analysedUntil, period: course.analysedPeriod };
  return [
    { field: 'sampledOn', firstDay: sampledOn, lastDay: sampledOn, ...sampling },
    { field: 'analysedFrom', firstDay: analysedFrom, lastDay: analysedTo, ...analysis },
  ];
}

/** Whether the days told are those registered, on the laboratory's shore; of a batch, whether they lie within its windows. */
function agrees({ firstDay, lastDay, from, until }: Span, shore: number, isOwn: boolean): boolean {
  const [first, last] = [localDay(shore, from), localDay(shore, until)];
  return isOwn ? firstDay === first && lastDay === last : firstDay >= first && lastDay <= last;
}

/** The seconds of a span: those registered, as far as they are of the days told. */
function secondsIn({ firstDay, lastDay, from, until }: Omit<Span, 'period'>, shore: number): { first: number; last: number } {
  return { first: Math.max(from, secondsOf(shore, firstDay).first), last: Math.min(until, secondsOf(shore, lastDay).last) };
}

/** A later end does not reach back; a compromise does, whenever it was declared. */
function judgeTerm(term: TermWord, { first, last }: { first: number; last: number }, period: number): Judgement {
  const { from, until, endedAt, compromisedSince } = term;
  const isOver = [until, endedAt].some((end) => end !== 0 && last >= end);
  if (from === 0 || first < from || isOver) return invalid('OUT_OF_SCOPE', { period });
  return compromisedSince !== 0 && last >= compromisedSince ? invalid('SCOPE_COMPROMISED', { since: toTime(compromisedSince) }) : valid();
}

/** The first of some entries of a panel. */
function testAmong(bits: bigint, { entries }: TestPanel): string | undefined {
  const entry = entries.find(({ index }) => ((bits >> BigInt(index)) & 1n) === 1n);
  return entry && `${entry.analyte}: ${entry.method}`;
}
