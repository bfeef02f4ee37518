import { cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import type { ArrangementRow } from '../../indexer/store/law/laboratories.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ARRANGEMENT_LEVEL, ARRANGEMENT_STATUS, DECISION } from '../../protocol/law/codes.ts';
import { profileDigest } from '../../protocol/law/limitProfile.ts';
import type { ReportWord } from '../../protocol/law/words.ts';
import { KIND, SHORE } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import { buildTree } from '../../protocol/merkle/tree.ts';
import { codeOf, dataOf } from './support/ask.ts';
import { at, type LawIndex, lawIndex, lawMember } from './support/lawIndex.ts';
import { sealedCertificate, sealedReport } from './support/sealed.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const LAW = join(import.meta.dirname, '../../law');
const LAVER = textOf('panels/laver');
const LIMITS = textOf('profiles/cn-laver');
const DAY = 1_790_000_000;
const UNKNOWN: Hex = `0x${'ee'.repeat(32)}`;
const TERM = { from: 1_700_000_000, until: 0, endedAt: 0, reason: 0, compromisedSince: 0, by: 5 };
const COURSE = {
  panel: 2,
  sampledFrom: DAY,
  sampledUntil: DAY,
  analysedFrom: DAY,
  analysedUntil: DAY,
  sampledPeriod: 1,
  analysedPeriod: 1,
};

describe('law of laboratories in GraphQL', () => {
  let index: LawIndex;
  let node: TestNode;

  before(async () => {
    index = lawIndex();
    index.law.members.push(lawMember(1, 'KR', 'LABORATORY'), lawMember(5, 'KR', 'ACCREDITOR'), lawMember(6, 'CN', 'REGULATOR'));
    index.law.panels.push({ ...at(1), panel: 2, digest: profileDigest(LAVER) }, { ...at(2), panel: 9, digest: UNKNOWN });
    index.law.profiles.push(
      { ...at(3), shore: SHORE.CN, profile: 2, version: 1, effectiveFrom: 5, digest: profileDigest(LIMITS) },
      { ...at(4), shore: SHORE.KR, profile: 1, version: 3, effectiveFrom: 5, digest: UNKNOWN },
    );
    node = await startTestNode({ index });
    // Texts may come while the node runs.
    for (const name of ['panels/laver.json', 'profiles/cn-laver.json'])
      cpSync(join(LAW, name), join(node.folder, 'profiles', basename(name)));
  });
  after(() => node.close());

  async function report(): Promise<Hex> {
    const { sdJwt, leaf } = sealedReport();
    await node.post('/documents', { documents: [{ sdJwt }] }, AUTHORIZED);
    return leaf;
  }

  async function anchored(): Promise<Hex> {
    const leaf = await report();
    index.addRecord({ leafOrRoot: leaf, issuer: 1, kind: KIND.LABORATORY_REPORT });
    return leaf;
  }

  const shown = async (leaf: Hex, fields: string) =>
    (await dataOf<{ labReport: { labReport: unknown } }>(node, `{ labReport(fingerprint: "${leaf}") { labReport { ${fields} } } }`))
      .labReport.labReport;

  it('shows within which scope a report was registered', async () => {
    const leaf = await anchored();
    const fields =
      'registration { id batch scope tests { index analyte method } panel { code matrix } sampledFrom analysedUntil sampledPeriod }';
    expect(await shown(leaf, fields)).to.deep.equal({ registration: null });
    index.law.reports.push({ ...at(20), id: recordId(1, leaf), laboratory: 1, lot: null, tests: 1n, course: COURSE });
    expect(await shown(leaf, fields)).to.deep.equal({
      registration: {
        ...{ id: recordId(1, leaf), batch: false, scope: '0x1', panel: { code: 2, matrix: 'ready-to-eat laver' } },
        ...{ tests: [{ index: 0, analyte: 'APC', method: 'GB 4789.2-2022' }], sampledPeriod: 1 },
        ...{ sampledFrom: new Date(DAY * 1000).toISOString(), analysedUntil: new Date(DAY * 1000).toISOString() },
      },
    });
  });

  it('shows the registration of its batch', async () => {
    const leaves = [await report(), await report()];
    await node.post('/batches', { leaves }, AUTHORIZED);
    const { root } = buildTree(leaves);
    index.addRecord({ leafOrRoot: root, issuer: 1, kind: KIND.LABORATORY_REPORT });
    index.law.reports.push({ ...at(21), id: recordId(1, root), laboratory: 1, lot: null, tests: 1n, course: COURSE });
    expect(await shown(leaves[1] as Hex, 'registration { id batch }')).to.deep.equal({
      registration: { id: recordId(1, root), batch: true },
    });
  });

  it('shows by whom, when and under which terms a report was accepted', async () => {
    const leaf = await anchored();
    const fields = 'decisions { decision authority { id shore } decidedAt arrangementNumber arrangement { status version } judgement }';
    expect(await shown(leaf, fields)).to.deep.equal({ decisions: [] });
    arrangement(30, { version: 1 });
    decide(31, leaf, { decision: DECISION.LIMIT_PROFILE, arrangement: 0, decidedAt: DAY });
    decide(32, leaf, { decision: DECISION.ACCEPTED, decidedAt: DAY + 1 });
    arrangement(33, { version: 2, status: ARRANGEMENT_STATUS.SUSPENDED });
    const common = { authority: { id: 6, shore: 'CN' }, judgement: UNKNOWN };
    expect(await shown(leaf, fields)).to.deep.equal({
      decisions: [
        { ...common, decision: 'LIMIT_PROFILE', decidedAt: new Date(DAY * 1000).toISOString(), arrangementNumber: null, arrangement: null },
        {
          ...common,
          ...{ decision: 'ACCEPTED', decidedAt: new Date((DAY + 1) * 1000).toISOString(), arrangementNumber: 1 },
          arrangement: { status: 'PILOT', version: 1 },
        },
      ],
    });
  });

  function arrangement(block: number, terms: Partial<ArrangementRow['terms']>, number = 1): void {
    index.law.arrangements.push({
      ...{ ...at(block), arrangement: number, tests: 1n, text: UNKNOWN },
      terms: {
        ...{ status: ARRANGEMENT_STATUS.PILOT, level: ARRANGEMENT_LEVEL.REDUCED_SAMPLING, destination: SHORE.CN, panel: 2 },
        ...{ from: 5, until: 0, maxAgeDays: 365, designated: 1, version: 1 },
        ...terms,
      },
    });
  }

  function decide(block: number, leaf: Hex, word: Partial<ReportWord>): void {
    index.law.decisions.push({
      ...{ ...at(block), report: recordId(1, leaf), judgement: UNKNOWN },
      word: { facts: 0n, decidedAt: DAY, by: 6, shore: SHORE.KR, decision: DECISION.ACCEPTED, arrangement: 1, ...word },
    });
  }

  it('finds an arrangement by number, or none', async () => {
    const fields = 'number status level destination panel { code } tests { analyte } until maxAgeDays needsDesignation text';
    expect(await dataOf(node, `{ arrangement(number: 1) { ${fields} } }`)).to.deep.equal({
      arrangement: {
        ...{ number: 1, status: 'SUSPENDED', level: 'REDUCED_SAMPLING', destination: 'CN', panel: { code: 2 } },
        ...{ tests: [{ analyte: 'APC' }], until: null, maxAgeDays: 365, needsDesignation: true, text: UNKNOWN },
      },
    });
    expect(await dataOf(node, '{ arrangement(number: 77) { number } }')).to.deep.equal({ arrangement: null });
  });

  it('pages arrangements by number', async () => {
    arrangement(34, { panel: 9 }, 3);
    const query =
      'query ($after: String) { arrangements(first: 1, after: $after) { edges { cursor node { number tests { index } } } pageInfo { hasNextPage } } }';
    const page = async (after?: string) => (await dataOf<ArrangementPage>(node, query, { after })).arrangements;
    const { edges, pageInfo } = await page();
    expect([edges[0]?.node, pageInfo.hasNextPage]).to.deep.equal([{ number: 1, tests: [{ index: 0 }] }, true]);
    // One with a smaller number does not move the cursor.
    arrangement(35, {}, 0);
    expect(await page(edges[0]?.cursor)).to.deep.include({ pageInfo: { hasNextPage: false } });
    expect((await page(edges[0]?.cursor)).edges[0]?.node).to.deep.equal({ number: 3, tests: null });
  });

  it('lists panels and limits, and leaves out the words of texts that it has not', async () => {
    const query = `{ panels { edges { node { code digest matrix entries { method } } } }
      limitProfiles { edges { node { shore code version digest name } } } }`;
    expect(await dataOf(node, query)).to.deep.equal({
      panels: {
        edges: [
          {
            node: {
              code: 2,
              digest: profileDigest(LAVER),
              matrix: 'ready-to-eat laver',
              entries: [{ method: 'GB 4789.2-2022' }],
            },
          },
          { node: { code: 9, digest: UNKNOWN, matrix: null, entries: null } },
        ],
      },
      limitProfiles: {
        edges: [
          { node: { shore: 'CN', code: 2, version: 1, digest: profileDigest(LIMITS), name: 'CN-LAVER' } },
          { node: { shore: 'KR', code: 1, version: 3, digest: UNKNOWN, name: null } },
        ],
      },
    });
    const korean = await dataOf<{ limitProfiles: { edges: unknown[] } }>(node, '{ limitProfiles(shore: KR) { edges { node { code } } } }');
    expect(korean.limitProfiles.edges).to.deep.equal([{ node: { code: 1 } }]);
  });

  it('shows scopes and designations of a laboratory', async () => {
    const query = `query ($id: Int!, $first: Int) { member(id: $id) {
      accreditations(first: $first) { period panel { code } scope tests { analyte } term { by { id } compromisedSince } } designations { shore panel { code } term { until } } } }`;
    expect(await dataOf(node, query, { id: 1 })).to.deep.equal({ member: { accreditations: [], designations: [] } });
    for (const period of [1, 2])
      index.law.periods.push({ ...at(40 + period), laboratory: 1, panel: 2, period, tests: 1n, certificate: UNKNOWN, term: TERM });
    index.law.designations.push({ ...at(43), laboratory: 1, panel: 2, shore: SHORE.CN, term: TERM });
    const period = { panel: { code: 2 }, scope: '0x1', tests: [{ analyte: 'APC' }], term: { by: { id: 5 }, compromisedSince: null } };
    const designations = [{ shore: 'CN', panel: { code: 2 }, term: { until: null } }];
    expect(await dataOf(node, query, { id: 1 })).to.deep.equal({
      member: {
        accreditations: [
          { ...period, period: 1 },
          { ...period, period: 2 },
        ],
        designations,
      },
    });
    expect(await dataOf(node, query, { id: 1, first: 1 })).to.deep.equal({
      member: { accreditations: [{ ...period, period: 1 }], designations },
    });
    expect(await codeOf(node, query, { id: 1, first: 101 })).to.equal('BAD_PAGE_SIZE');
  });

  describe('judge', () => {
    const QUERY = `query ($report: String!, $profile: String!) { judge(report: $report, profile: $profile) {
      code reason confidence digest lines { code analyte line value unit limit limitUnit } report { leaf } profile { name } } }`;

    it('judges by the limits of a destination, named or by digest', async () => {
      const leaf = await anchored();
      const judged = await dataOf<{ judge: Record<string, unknown> & { lines: unknown[] } }>(node, QUERY, {
        report: leaf,
        profile: 'cn-laver',
      });
      expect(judged.judge).to.include({ code: 'CONFORM', reason: 'WITHIN_PLAN' });
      expect(judged.judge.report).to.deep.equal({ leaf });
      expect(judged.judge.lines[0]).to.include({ code: 'CONFORM', analyte: 'APC', line: 0 });
      expect(judged.judge.digest).to.match(/^0x[0-9a-f]{64}$/);
      expect(await dataOf(node, QUERY, { report: leaf, profile: profileDigest(LIMITS) })).to.deep.equal(judged);
    });

    it('judges no unknown document, no certificate, and by no unknown limits', async () => {
      const leaf = await anchored();
      const { sdJwt, leaf: certificate } = sealedCertificate();
      await node.post('/documents', { documents: [{ sdJwt }] }, AUTHORIZED);
      index.addRecord({ leafOrRoot: certificate, issuer: 1, kind: KIND.CERTIFICATE_OF_ORIGIN });
      expect(await codeOf(node, QUERY, { report: UNKNOWN, profile: 'CN-LAVER' })).to.equal('UNKNOWN_DOCUMENT');
      expect(await codeOf(node, QUERY, { report: certificate, profile: 'CN-LAVER' })).to.equal('NOT_A_REPORT');
      expect(await codeOf(node, QUERY, { report: leaf, profile: 'CN-TEA' })).to.equal('UNKNOWN_PROFILE');
      expect(await codeOf(node, QUERY, { report: 'NAI-26-0888', profile: 'CN-LAVER' })).to.equal('BAD_REQUEST');
    });

    it('says that the report is not here', async () => {
      const { leaf } = sealedReport();
      index.addRecord({ leafOrRoot: leaf, issuer: 1, kind: KIND.LABORATORY_REPORT });
      expect(await codeOf(node, QUERY, { report: leaf, profile: 'CN-LAVER' })).to.equal('BODY_NOT_KEPT');
    });
  });
});

interface ArrangementPage {
  arrangements: { edges: { cursor: string; node: unknown }[]; pageInfo: { hasNextPage: boolean } };
}

function textOf(name: string): string {
  return readFileSync(join(LAW, `${name}.json`), 'utf8');
}
