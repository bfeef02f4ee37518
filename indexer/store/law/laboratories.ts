import type { Hex } from '../../../protocol/encoding/hex.ts';
import {
  type ArrangementWord,
  type CourseWord,
  decodeArrangement,
  decodeCourse,
  decodeReport,
  decodeTerm,
  type ReportWord,
  type TermWord,
} from '../../../protocol/law/words.ts';
import type { EventRow, Page, PageRequest } from '../rows.ts';
import { bytes, hexOf, hexOrNull, MOST_ROWS, type PlaceRecord, paged, pageOf, placeOf, type Select, wordOf } from '../select.ts';

/** A text of a panel of tests; a later one has the entries of those before it and more. */
export interface PanelRow extends EventRow {
  readonly panel: number;
  /** SHA-256 of its exact text. */
  readonly digest: Hex;
}

/** A version of the limits by which a shore judges. */
export interface LimitProfileRow extends EventRow {
  readonly shore: number;
  readonly profile: number;
  readonly version: number;
  /** Unix seconds. */
  readonly effectiveFrom: number;
  /** SHA-256 of its exact text. */
  readonly digest: Hex;
}

/** A period of accreditation as it stands now; its place is that of its beginning. */
export interface PeriodRow extends EventRow {
  readonly laboratory: number;
  readonly panel: number;
  readonly period: number;
  /** Bits of the panel's entries in scope. */
  readonly tests: bigint;
  /** SHA-256 of the accreditation's text. */
  readonly certificate: Hex;
  readonly term: TermWord;
}

/** A laboratory's designation by a shore as it stands now; its place is that of its last change. */
export interface DesignationRow extends EventRow {
  readonly laboratory: number;
  readonly panel: number;
  readonly shore: number;
  readonly term: TermWord;
}

/** A decision on a report. */
export interface ReportDecisionRow extends EventRow {
  readonly report: Hex;
  /** Digest of what it was judged by and how. */
  readonly judgement: Hex;
  /** The report's word after the decision. */
  readonly word: ReportWord;
}

/** A report, or a batch of reports, that was registered. */
export interface ReportRow extends EventRow {
  readonly id: Hex;
  readonly laboratory: number;
  /** Null: several lots, or a batch. */
  readonly lot: Hex | null;
  /** Bits of the panel's entries that were tested. */
  readonly tests: bigint;
  readonly course: CourseWord;
}

/** Terms of an arrangement of mutual acceptance, from their event on. */
export interface ArrangementRow extends EventRow {
  readonly arrangement: number;
  /** Bits of the panel's entries that are covered. */
  readonly tests: bigint;
  /** SHA-256 of the terms' text: of a suspended arrangement, of the terms that were suspended. */
  readonly text: Hex;
  readonly terms: ArrangementWord;
}

/** Laboratories, the rules for them, and their reports. */
export interface LaboratoriesReader {
  /** The newest text of each panel, by code. */
  panels(): Promise<PanelRow[]>;
  /** All texts of a panel, oldest first. */
  panelVersions(panel: number): Promise<PanelRow[]>;
  /** The newest version of each of a shore's profiles, by code. */
  profiles(shore: number): Promise<LimitProfileRow[]>;
  /** All versions of a profile, oldest first. */
  profileVersions(shore: number, profile: number): Promise<LimitProfileRow[]>;
  /** A laboratory's periods for a panel (default: for each), in order. */
  periods(laboratory: number, panel?: number): Promise<PeriodRow[]>;
  /** A laboratory's designations, by panel and shore. */
  designations(laboratory: number): Promise<DesignationRow[]>;
  report(id: Hex): Promise<ReportRow | undefined>;
  /** Many reports at once, in the order asked. */
  reports(ids: readonly Hex[]): Promise<(ReportRow | undefined)[]>;
  /** Reports registered singly for a lot, oldest first. */
  reportsOfLot(lot: Hex, page: PageRequest): Promise<Page<ReportRow>>;
  /** What was decided about a report, oldest first: the last is what counts. */
  decisions(report: Hex): Promise<ReportDecisionRow[]>;
  arrangement(number: number): Promise<ArrangementRow | undefined>;
  /** All arrangements as they stand now, by number. */
  arrangements(): Promise<ArrangementRow[]>;
  /** All that an arrangement was, oldest first. */
  arrangementVersions(number: number): Promise<ArrangementRow[]>;
}

const ARRANGEMENT = `select a.*, given.text as given_text from projection.arrangement a
  cross join lateral (select text from projection.arrangement where arrangement = a.arrangement and text is not null
    and (block, log_index) <= (a.block, a.log_index) order by block desc, log_index desc limit 1) given`;

/** Reads laboratories, the rules for them, and their reports. */
export function readLaboratories(select: Select): LaboratoriesReader {
  const reader: LaboratoriesReader = {
    async panels() {
      const rows = await select<PanelRecord>(
        'panels',
        `select distinct on (panel) * from projection.panel order by panel, block desc, log_index desc limit ${MOST_ROWS}`,
        [],
      );
      return rows.map(readPanel);
    },

    async panelVersions(panel) {
      const rows = await select<PanelRecord>(
        'panelVersions',
        `select * from projection.panel where panel = $1 order by block, log_index limit ${MOST_ROWS}`,
        [panel],
      );
      return rows.map(readPanel);
    },

    async profiles(shore) {
      const rows = await select<LimitProfileRecord>(
        'profiles',
        `select distinct on (profile) * from projection.limit_profile where shore = $1 order by profile, version desc limit ${MOST_ROWS}`,
        [shore],
      );
      return rows.map(readProfile);
    },

    async profileVersions(shore, profile) {
      const rows = await select<LimitProfileRecord>(
        'profileVersions',
        `select * from projection.limit_profile where shore = $1 and profile = $2 order by version limit ${MOST_ROWS}`,
        [shore, profile],
      );
      return rows.map(readProfile);
    },

    async periods(laboratory, panel) {
      const rows = await select<PeriodRecord>(
        'periods',
        `select begun.block, begun.log_index, begun.sequence, begun.panel, begun.period, begun.tests, begun.certificate, newest.word
         from projection.accreditation begun
         cross join lateral (select word from projection.accreditation
           where laboratory = begun.laboratory and panel = begun.panel and period = begun.period order by block desc, log_index desc limit 1) newest
         where begun.laboratory = $1 and begun.certificate is not null and ($2::integer is null or begun.panel = $2)
         order by begun.panel, begun.period limit ${MOST_ROWS}`,
        [laboratory, panel ?? null],
      );
      return rows.map((row) => readPeriod(row, laboratory));
    },

    async designations(laboratory) {
      const rows = await select<DesignationRecord>(
        'designations',
        `select distinct on (panel, shore) * from projection.designation where laboratory = $1
         order by panel, shore, block desc, log_index desc limit ${MOST_ROWS}`,
        [laboratory],
      );
      return rows.map((row) => {
        const { panel, shore, word } = row;
        return { ...placeOf(row), laboratory, panel, shore, term: decodeTerm(wordOf(word)) };
      });
    },

    async report(id) {
      return (await reader.reports([id]))[0];
    },

    async reports(ids) {
      const rows = await select<ReportRecord>('reports', 'select * from projection.report where id = any($1)', [ids.map(bytes)]);
      const found = new Map(rows.map((row) => [hexOf(row.id), readReport(row)]));
      return ids.map((id) => found.get(id));
    },

    async reportsOfLot(lot, page) {
      const { block, logIndex, limit } = pageOf(page);
      const rows = await select<ReportRecord>(
        'reportsOfLot',
        'select * from projection.report where lot = $1 and (block, log_index) > ($2, $3) order by block, log_index limit $4',
        [bytes(lot), block, logIndex, limit],
      );
      return paged(rows, readReport, limit);
    },

    async decisions(report) {
      const rows = await select<DecisionRecord>(
        'decisions',
        `select * from projection.report_decision where report = $1 order by block, log_index limit ${MOST_ROWS}`,
        [bytes(report)],
      );
      return rows.map((row) => ({ ...placeOf(row), report, judgement: hexOf(row.judgement), word: decodeReport(wordOf(row.word)) }));
    },

    async arrangement(number) {
      return (await reader.arrangementVersions(number)).at(-1);
    },

    async arrangements() {
      const rows = await select<ArrangementRecord>(
        'arrangements',
        `select distinct on (arrangement) * from (${ARRANGEMENT}) versions order by arrangement, block desc, log_index desc limit ${MOST_ROWS}`,
        [],
      );
      return rows.map(readArrangement);
    },

    async arrangementVersions(number) {
      const rows = await select<ArrangementRecord>(
        'arrangementVersions',
        `${ARRANGEMENT} where a.arrangement = $1 order by a.block, a.log_index limit ${MOST_ROWS}`,
        [number],
      );
      return rows.map(readArrangement);
    },
  };
  return reader;
}

interface PanelRecord extends PlaceRecord {
  panel: number;
  digest: Buffer;
}

interface LimitProfileRecord extends PlaceRecord {
  shore: number;
  profile: number;
  version: number;
  effective_from: string;
  digest: Buffer;
}

interface PeriodRecord extends PlaceRecord {
  panel: number;
  period: number;
  tests: Buffer;
  certificate: Buffer;
  word: Buffer;
}

interface DesignationRecord extends PlaceRecord {
  panel: number;
  shore: number;
  word: Buffer;
}

interface ReportRecord extends PlaceRecord {
  id: Buffer;
  laboratory: string;
  lot: Buffer | null;
  tests: Buffer;
  course: Buffer;
}

interface DecisionRecord extends PlaceRecord {
  judgement: Buffer;
  word: Buffer;
}

interface ArrangementRecord extends PlaceRecord {
  arrangement: number;
  tests: Buffer;
  given_text: Buffer;
  word: Buffer;
}

function readPanel(row: PanelRecord): PanelRow {
  return { ...placeOf(row), panel: row.panel, digest: hexOf(row.digest) };
}

function readProfile(row: LimitProfileRecord): LimitProfileRow {
  const { shore, profile, version, effective_from, digest } = row;
  return { ...placeOf(row), shore, profile, version, effectiveFrom: Number(effective_from), digest: hexOf(digest) };
}

function readPeriod(row: PeriodRecord, laboratory: number): PeriodRow {
  const { panel, period, tests, certificate, word } = row;
  return {
    ...placeOf(row),
    ...{ laboratory, panel, period, tests: wordOf(tests), certificate: hexOf(certificate), term: decodeTerm(wordOf(word)) },
  };
}

function readReport(row: ReportRecord): ReportRow {
  const { id, laboratory, lot, tests, course } = row;
  return {
    ...placeOf(row),
    ...{ id: hexOf(id), laboratory: Number(laboratory), lot: hexOrNull(lot) },
    ...{ tests: wordOf(tests), course: decodeCourse(wordOf(course)) },
  };
}

function readArrangement(row: ArrangementRecord): ArrangementRow {
  const { arrangement, tests, given_text: text, word } = row;
  return { ...placeOf(row), arrangement, tests: wordOf(tests), text: hexOf(text), terms: decodeArrangement(wordOf(word)) };
}
