import type { Hint } from '../../../indexer/store/hints.ts';
import type {
  ArrangementRow,
  DesignationRow,
  LimitProfileRow,
  PanelRow,
  PeriodRow,
  ReportDecisionRow,
  ReportRow,
} from '../../../indexer/store/law/laboratories.ts';
import type { BodyRow, CertificateRow, ConsumptionRow, InquiryRow, RegimeRow } from '../../../indexer/store/law/origin.ts';
import type { FilingRow } from '../../../indexer/store/law/registry.ts';
import type { AlertRow, LotChangeRow, MovementRow, RecallRow } from '../../../indexer/store/law/safety.ts';
import type { CompanionRow, EventRow, MemberRow, Page, PageRequest, StatusChangeRow } from '../../../indexer/store/rows.ts';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { RoleName, ShoreName } from '../../../protocol/ledger/codes.ts';
import { ROLE, SHORE } from '../../../protocol/ledger/codes.ts';
import { type FakeIndex, fakeIndex } from './fakeIndex.ts';

/** Rows of the law, to which a test adds; each list in the order of the chain. */
export interface LawRows {
  members: MemberRow[];
  statusChanges: StatusChangeRow[];
  companions: CompanionRow[];
  regimes: RegimeRow[];
  bodies: BodyRow[];
  certificates: CertificateRow[];
  lines: { line: Hex; certificate: Hex }[];
  consumptions: ConsumptionRow[];
  inquiries: InquiryRow[];
  panels: PanelRow[];
  profiles: LimitProfileRow[];
  periods: PeriodRow[];
  designations: DesignationRow[];
  reports: ReportRow[];
  decisions: ReportDecisionRow[];
  arrangements: ArrangementRow[];
  /** Of one alert its raising first, then its steps. */
  alerts: AlertRow[];
  alertLots: { alert: Hex; lot: Hex }[];
  recalls: RecallRow[];
  lotChanges: LotChangeRow[];
  movements: MovementRow[];
  filings: FilingRow[];
}

/** An index in memory with rows of the law. */
export interface LawIndex extends FakeIndex {
  law: LawRows;
  /** Tells a hint to whom the hints are read by. */
  tell(hint: Pick<Hint, 'about' | 'id'> & Partial<Hint>): void;
  /** How many read the hints now. */
  readonly readers: number;
}

/** A place on the chain: one event a block. */
export function at(block: number): EventRow {
  return { block, logIndex: 0, sequence: block };
}

/** A member that is in good standing. */
export function lawMember(member: number, shore: ShoreName, ...roles: RoleName[]): MemberRow {
  const bits = roles.reduce((sum, role) => sum | ROLE[role], 0);
  const times = { validFrom: 1_700_000_000, validUntil: 0, suspendedAt: 0, reinstatedAt: 0 };
  return {
    ...{ ...at(member), member, profile: `0x${'00'.repeat(32)}` },
    standing: { shore: SHORE[shore], roles: bits, ...times } as MemberRow['standing'],
  };
}

/** Makes an index of a law without rows. */
export function lawIndex(): LawIndex {
  const law: LawRows = {
    ...{ members: [], statusChanges: [], companions: [], regimes: [], bodies: [], certificates: [], lines: [], consumptions: [] },
    ...{ inquiries: [], panels: [], profiles: [], periods: [], designations: [], reports: [], decisions: [], arrangements: [] },
    ...{ alerts: [], alertLots: [], recalls: [], lotChanges: [], movements: [], filings: [] },
  };
  const { tell, hints, readers } = fakeHints();
  const index: FakeIndex = {
    ...fakeIndex(),
    ...{ origin: originOf(law), laboratories: laboratoriesOf(law), safety: safetyOf(law), registry: registryOf(law), hints },
    member: async (member) => law.members.find((row) => row.member === member),
    members: async (page, shore) =>
      paged(
        law.members.filter((row) => shore === undefined || row.standing.shore === shore),
        page,
      ),
    statusChanges: async (id) => law.statusChanges.filter((row) => row.id === id),
    statusChangesOf: async (ids) => ids.map((id) => law.statusChanges.filter((row) => row.id === id)),
    companions: async () => law.companions,
  };
  return Object.defineProperty({ ...index, law, tell, readers: 0 }, 'readers', { get: readers });
}

function originOf(law: LawRows): FakeIndex['origin'] {
  const byId = (id: Hex) => law.certificates.find((row) => row.id === id);
  return {
    ...fakeIndex().origin,
    regimes: async () => law.regimes,
    bodiesOf: async (member) => law.bodies.filter((row) => row.member === member),
    certificates: async (ids) => ids.map(byId),
    linesOf: async (id) => law.lines.filter(({ certificate }) => certificate === id).map(({ line }) => line),
    consumption: async (id) => law.consumptions.find(({ certificate }) => certificate === id),
    consumptionOfLine: async (line) => {
      const named = law.lines.filter((row) => row.line === line).map(({ certificate }) => certificate);
      return law.consumptions.find(({ certificate }) => named.includes(certificate));
    },
    inquiries: async (id) => law.inquiries.filter(({ certificate }) => certificate === id),
  };
}

function laboratoriesOf(law: LawRows): FakeIndex['laboratories'] {
  return {
    ...fakeIndex().laboratories,
    panels: async () => law.panels,
    profiles: async (shore) => law.profiles.filter((row) => row.shore === shore),
    periods: async (laboratory) => law.periods.filter((row) => row.laboratory === laboratory),
    designations: async (laboratory) => law.designations.filter((row) => row.laboratory === laboratory),
    reports: async (ids) => ids.map((id) => law.reports.find((row) => row.id === id)),
    decisions: async (report) => law.decisions.filter((row) => row.report === report),
    arrangement: async (number) => law.arrangements.findLast((row) => row.arrangement === number),
    arrangements: async () => [...new Map(law.arrangements.map((row) => [row.arrangement, row])).values()],
    arrangementVersions: async (number) => law.arrangements.filter((row) => row.arrangement === number),
  };
}

function safetyOf(law: LawRows): FakeIndex['safety'] {
  // As the index does: the newest word, at the place where it was raised.
  const alert = (id: Hex) => {
    const steps = law.alerts.filter((row) => row.alert === id);
    const [raised, newest] = [steps[0], steps.at(-1)];
    return raised === undefined || newest === undefined
      ? undefined
      : { ...newest, block: raised.block, logIndex: raised.logIndex, sequence: raised.sequence };
  };
  const alerts = () => [...new Set(law.alerts.map((row) => row.alert))].flatMap((id) => alert(id) ?? []);
  return {
    ...fakeIndex().safety,
    alert: async (id) => alert(id),
    alerts: async (page, { shore, stage } = {}) =>
      paged(
        alerts().filter(({ word }) => (shore === undefined || word.shore === shore) && (stage === undefined || word.stage === stage)),
        page,
      ),
    alertsOfLot: async (lot) => law.alertLots.filter((row) => row.lot === lot).flatMap((row) => alert(row.alert) ?? []),
    alertSteps: async (id) => law.alerts.filter((row) => row.alert === id),
    lotsOfAlert: async (id) => law.alertLots.filter((row) => row.alert === id).map(({ lot }) => lot),
    recall: async (id) => law.recalls.find((row) => row.recall === id),
    recallsOf: async (id) => law.recalls.filter((row) => row.alert === id),
    lots: async (lots) => lots.map((lot) => law.lotChanges.findLast((row) => row.lot === lot)),
    movementsOfLot: async (lot, page) =>
      paged(
        law.movements.filter((row) => row.lot === lot),
        page,
      ),
  };
}

function registryOf(law: LawRows): FakeIndex['registry'] {
  return {
    ...fakeIndex().registry,
    filings: async (subjects) => subjects.map((subject) => law.filings.findLast((row) => row.subject === subject)),
  };
}

function paged<Row extends EventRow>(rows: readonly Row[], { first, after }: PageRequest): Page<Row> {
  const rest = rows.filter((row) => after === undefined || row.block > after.block);
  return { rows: rest.slice(0, first), hasNext: rest.length > first };
}

function fakeHints(): Pick<LawIndex, 'tell' | 'hints'> & { readers: () => number } {
  const readers = new Set<{ waiting: Hint[]; wake: () => void }>();
  let sequence = 100;
  return {
    readers: () => readers.size,
    tell(hint) {
      sequence += 1;
      for (const reader of readers) {
        reader.waiting.push({ ...at(sequence), ...hint });
        reader.wake();
      }
    },
    async *hints(_after, signal) {
      const reader = { waiting: [] as Hint[], wake: () => {} };
      readers.add(reader);
      signal.addEventListener('abort', () => reader.wake(), { once: true });
      try {
        while (!signal.aborted) {
          const news = new Promise<void>((resolve) => {
            reader.wake = resolve;
          });
          for (let hint = reader.waiting.shift(); hint !== undefined; hint = reader.waiting.shift()) yield hint;
          if (reader.waiting.length === 0 && !signal.aborted) await news;
        }
      } finally {
        readers.delete(reader);
      }
    },
  };
}
