import type {
  ArrangementRow,
  DesignationRow,
  LimitProfileRow,
  PanelRow,
  PeriodRow,
  ReportDecisionRow,
  ReportRow,
} from '../../../../indexer/store/law/laboratories.ts';
import type { Place } from '../../../../indexer/store/rows.ts';
import { ARRANGEMENT_LEVEL, ARRANGEMENT_STATUS, DECISION } from '../../../../protocol/law/codes.ts';
import type { TestPanel } from '../../../../protocol/law/testPanel.ts';
import { shoreName } from '../../../../protocol/ledger/codes.ts';
import { recordId } from '../../../../protocol/ledger/ids.ts';
import type { CatalogueDocument } from '../../../catalogue/catalogue.ts';
import { panelOf, profileOf } from '../../../law/lawTexts.ts';
import { badInput, MOST_ON_A_PAGE } from '../../connection.ts';
import type { GraphqlContext } from '../../context.ts';
import { codeName } from '../codeName.ts';
import { memberOf } from '../memberOf.ts';
import { instantOf } from '../scalars.ts';

type Context = GraphqlContext;
type Document = CatalogueDocument;
type ReportParent = ReportRow & { batch: boolean };

/** What the law adds to a laboratory report. */
export const reportLaw = {
  registration: (document: Document, _: unknown, context: Context) => registrationOf(context, document),
  decisions: async ({ issuer, leaf }: Document, _: unknown, { node }: Context) =>
    (await node.index.laboratories.decisions(recordId(issuer, leaf))).slice(-MOST_ON_A_PAGE),
};

/** Its own, else that of the batch which anchors it. */
async function registrationOf({ reports, locations }: Context, { issuer, leaf }: Document): Promise<ReportParent | null> {
  const own = await reports.load(recordId(issuer, leaf));
  if (own !== undefined) return { ...own, batch: false };
  const location = await locations.load(leaf);
  const batch = location === undefined ? undefined : await reports.load(location.record.id);
  return batch === undefined ? null : { ...batch, batch: true };
}

/** Fields of a registration. */
export const ReportRegistration = {
  panel: ({ course }: ReportParent, _: unknown, context: Context) => panelRow(context, course.panel),
  tests: ({ course, tests }: ReportParent, _: unknown, context: Context) => testsOf(context, course.panel, tests),
  scope: ({ tests }: ReportParent) => hexOf(tests),
  sampledFrom: ({ course }: ReportParent) => instantOf(course.sampledFrom),
  sampledUntil: ({ course }: ReportParent) => instantOf(course.sampledUntil),
  analysedFrom: ({ course }: ReportParent) => instantOf(course.analysedFrom),
  analysedUntil: ({ course }: ReportParent) => instantOf(course.analysedUntil),
  sampledPeriod: ({ course }: ReportParent) => course.sampledPeriod,
  analysedPeriod: ({ course }: ReportParent) => course.analysedPeriod,
};

/** Fields of a decision. */
export const Decision = {
  decision: ({ word }: ReportDecisionRow) => codeName(DECISION, word.decision),
  authority: ({ word }: ReportDecisionRow, _: unknown, context: Context) => memberOf(context, word.by),
  decidedAt: ({ word }: ReportDecisionRow) => instantOf(word.decidedAt),
  arrangementNumber: ({ word }: ReportDecisionRow) => (word.arrangement === 0 ? null : word.arrangement),
  arrangement: async (decision: ReportDecisionRow, _: unknown, { node }: Context) => {
    const versions = await node.index.laboratories.arrangementVersions(decision.word.arrangement);
    return versions.findLast((version) => isBefore(version, decision)) ?? null;
  },
};

/** Fields of an arrangement. */
export const Arrangement = {
  number: ({ arrangement }: ArrangementRow) => arrangement,
  status: ({ terms }: ArrangementRow) => codeName(ARRANGEMENT_STATUS, terms.status),
  level: ({ terms }: ArrangementRow) => codeName(ARRANGEMENT_LEVEL, terms.level),
  destination: ({ terms }: ArrangementRow) => shoreName(terms.destination),
  panel: ({ terms }: ArrangementRow, _: unknown, context: Context) => panelRow(context, terms.panel),
  tests: ({ terms, tests }: ArrangementRow, _: unknown, context: Context) => testsOf(context, terms.panel, tests),
  from: ({ terms }: ArrangementRow) => instantOf(terms.from),
  until: ({ terms }: ArrangementRow) => instantOf(terms.until),
  maxAgeDays: ({ terms }: ArrangementRow) => terms.maxAgeDays,
  needsDesignation: ({ terms }: ArrangementRow) => terms.designated !== 0,
  version: ({ terms }: ArrangementRow) => terms.version,
};

/** Fields of a panel. */
export const Panel = {
  code: ({ panel }: PanelRow) => panel,
  title: ofPanel(({ title }) => title),
  matrix: ofPanel(({ matrix }) => matrix),
  version: ofPanel(({ version }) => version),
  confidence: ofPanel(({ confidence }) => confidence),
  entries: ofPanel(({ entries }) => entries),
};

/** Fields of a limit profile. */
export const LimitProfile = {
  shore: ({ shore }: LimitProfileRow) => shoreName(shore),
  code: ({ profile }: LimitProfileRow) => profile,
  effectiveFrom: ({ effectiveFrom }: LimitProfileRow) => instantOf(effectiveFrom),
  name: ofProfile('name'),
  title: ofProfile('title'),
  items: ofProfile('items'),
};

/** Fields of a period of accreditation. */
export const Accreditation = {
  panel: ({ panel }: PeriodRow, _: unknown, context: Context) => panelRow(context, panel),
  scope: ({ tests }: PeriodRow) => hexOf(tests),
  tests: ({ panel, tests }: PeriodRow, _: unknown, context: Context) => testsOf(context, panel, tests),
};

/** Fields of a designation. */
export const Designation = {
  panel: ({ panel }: DesignationRow, _: unknown, context: Context) => panelRow(context, panel),
  shore: ({ shore }: DesignationRow) => shoreName(shore),
};

function ofPanel(pick: (panel: TestPanel) => unknown) {
  return async (row: PanelRow, _: unknown, { node }: Context) => {
    const panel = await panelOf(node, row);
    return panel === undefined ? null : pick(panel);
  };
}

function ofProfile(name: 'name' | 'title' | 'items') {
  return async (row: LimitProfileRow, _: unknown, { node }: Context) => (await profileOf(node, row))?.profile[name] ?? null;
}

async function panelRow({ panels }: Context, code: number): Promise<PanelRow> {
  const row = await panels.load(code);
  if (row === undefined) throw badInput('INDEX_BEHIND', `panel ${code} is not indexed yet`);
  return row;
}

/** Tests whose bits are set. Entries are only added: what was meant by a bit is in the newest text. */
async function testsOf(context: Context, panel: number, bits: bigint) {
  const text = await panelOf(context.node, await panelRow(context, panel));
  return text?.entries.filter(({ index }) => ((bits >> BigInt(index)) & 1n) === 1n) ?? null;
}

function hexOf(bits: bigint): string {
  return `0x${bits.toString(16)}`;
}

function isBefore(one: Place, other: Place): boolean {
  return one.block < other.block || (one.block === other.block && one.logIndex <= other.logIndex);
}
