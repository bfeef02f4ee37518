import { openCredential } from '../../protocol/credentials/openCredential.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { panelKey, periodKey } from '../../protocol/law/ids.ts';
import { type ScopedReport, scopeOf } from '../../protocol/law/scopeBits.ts';
import { periodCountSlot, periodSlot, reportSlot } from '../../protocol/law/slots.ts';
import type { TestPanel } from '../../protocol/law/testPanel.ts';
import { decodeTerm, encodeCourse, type TermWord } from '../../protocol/law/words.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { NO_SUBJECT } from '../chain/calls.ts';
import { type LedgerAt, readWord } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Batch, StoredDocument } from '../notarise/journal.ts';
import { type CompanionAt, findCompanion, lawCall } from './companions.ts';
import { dayOf } from './days.ts';
import { readPanels } from './lawTexts.ts';
import type { Registration } from './registration.ts';

/** What a report tells of itself to the ledger (`ILaboratories.Facts`). */
export interface ReportFacts {
  lot: Hex;
  tests: bigint;
  course: bigint;
}

interface ReportClaims extends ScopedReport {
  sample: { sampledOn: string };
  analysedFrom: string;
  analysedTo: string;
}

/** From when until when, Unix seconds. */
interface Window {
  from: number;
  until: number;
}

/** The call that registers a report, or a batch of reports by its root. */
export async function reportRegistration(member: OpenMember, batch: Batch): Promise<Registration | undefined> {
  const laboratories = await findCompanion(member.ledger, 'LABORATORIES');
  if (laboratories === undefined) return undefined;
  const leafOrRoot = batch.documents.length === 1 ? (batch.documents[0] as StoredDocument).leaf : batch.root;
  const record = recordId(member.file.member, leafOrRoot);
  const facts = await factsOf(member, laboratories, batch);
  return { record, ...lawCall(laboratories, 'registerReport', [leafOrRoot, facts], reportSlot(record)) };
}

/**
 * What a batch of reports tells of itself: the tests of all, and windows that hold all of their days; of a single one also its lot.
 *
 * @throws SdkError `OUT_OF_SCOPE`: no panel has all of the tests, or no period of accreditation has the days
 */
export async function factsOf({ file, home }: OpenMember, laboratories: CompanionAt, { documents }: Batch): Promise<ReportFacts> {
  const reports = documents.map(({ sdJwt }) => openCredential(sdJwt).claims.credentialSubject as unknown as ReportClaims);
  const { panel, tests } = panelOf(readPanels(home), reports);
  const days = (day: (report: ReportClaims) => string) => reports.map((report) => dayOf(day(report), file.shore));
  const sampled = {
    from: Math.min(...days((report) => report.sample.sampledOn)),
    until: Math.max(...days((report) => report.sample.sampledOn)),
  };
  const analysed = { from: Math.min(...days((report) => report.analysedFrom)), until: Math.max(...days((report) => report.analysedTo)) };
  const periods = await readPeriods(laboratories.at, file.member, panel.code);
  const [only, ...others] = documents;
  return {
    lot: others.length === 0 ? (only?.subjectKeys[0] ?? NO_SUBJECT) : NO_SUBJECT,
    tests,
    course: encodeCourse({
      panel: panel.code,
      ...{ sampledFrom: sampled.from, sampledUntil: sampled.until, analysedFrom: analysed.from, analysedUntil: analysed.until },
      ...{ sampledPeriod: periodOf(periods, sampled, 'sampled'), analysedPeriod: periodOf(periods, analysed, 'analysed') },
    }),
  };
}

/** The first panel that has every test of every report. */
function panelOf(panels: readonly TestPanel[], reports: readonly ScopedReport[]): { panel: TestPanel; tests: bigint } {
  let missing: string[] = [];
  for (const panel of panels) {
    const scopes = reports.map((report) => scopeOf(report, panel));
    missing = scopes.flatMap(({ unknown }) => unknown);
    if (missing.length === 0) return { panel, tests: scopes.reduce((bits, scope) => bits | scope.bits, 0n) };
  }
  throw new SdkError('OUT_OF_SCOPE', `no panel of tests has ${[...new Set(missing)].join(', ')}`, {
    advice: 'name analyte, method and matrix as the accreditation does; reports of different panels go apart',
  });
}

/** Periods of accreditation of a laboratory, the first being number 1. */
export async function readPeriods(at: LedgerAt, laboratory: number, panel: number): Promise<TermWord[]> {
  const count = Number(await readWord(at, periodCountSlot(panelKey(laboratory, panel))));
  return Promise.all(
    Array.from({ length: count }, async (_, index) => decodeTerm(await readWord(at, periodSlot(periodKey(laboratory, panel, index + 1))))),
  );
}

/** The ledger is who decides; this only finds the period to name. */
function periodOf(periods: readonly TermWord[], { from, until }: Window, what: string): number {
  const at = periods.findLastIndex((period) => period.from <= from && until < endOf(period));
  if (at !== -1) return at + 1;
  throw new SdkError('OUT_OF_SCOPE', `the laboratory was not accredited when the samples were ${what}`, {
    advice: 'look at its periods of accreditation: tidemark lab scope',
  });
}

function endOf({ until, endedAt }: TermWord): number {
  const ends = [until, endedAt].filter((end) => end !== 0);
  return ends.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...ends);
}
