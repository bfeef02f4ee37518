import { expect } from 'chai';
import type { AlertRow, RecallRow } from '../../indexer/store/law/safety.ts';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ALERT_STAGE, MOVEMENT } from '../../protocol/law/codes.ts';
import type { AlertWord, LotHalf, LotWord } from '../../protocol/law/words.ts';
import { KIND, REASON, SHORE } from '../../protocol/ledger/codes.ts';
import { subjectKey } from '../../protocol/ledger/ids.ts';
import { codeOf, dataOf } from './support/ask.ts';
import { at, type LawIndex, lawIndex, lawMember } from './support/lawIndex.ts';
import { sealedReport } from './support/sealed.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const LOT = 'https://id.gs1.org/01/09521001001021/10/HB260914A';
const FREE: LotHalf = { heldAt: 0, heldBy: 0, reason: 0, recalledAt: 0, recallClass: 0 };
const STRANGER: Hex = `0x${'5e'.repeat(32)}`;

describe('law of safety in GraphQL', () => {
  let index: LawIndex;
  let node: TestNode;
  let lot: Hex;

  before(async () => {
    index = lawIndex();
    index.law.members.push(lawMember(3, 'CN', 'REGULATOR'), lawMember(4, 'KR', 'REGULATOR'));
    node = await startTestNode({ index });
    const { sdJwt, leaf } = sealedReport();
    await node.post('/documents', { documents: [{ sdJwt, subjects: [{ id: LOT }] }] }, AUTHORIZED);
    lot = node.node.catalogue.subjects(LOT)[0]?.key as Hex;
    const record = index.addRecord({ leafOrRoot: leaf, issuer: 1, kind: KIND.LABORATORY_REPORT, subject: lot });
    index.addEntry({ subject: lot, leaf, issuer: 1, record: record.id });
  });
  after(() => node.close());

  /** A step of an alert in a block; the first raises it. */
  function alert(block: number, id: Hex, word: Partial<AlertWord> = {}): AlertRow {
    const row: AlertRow = {
      ...{ ...at(block), alert: id, evidence: idOf(block) },
      word: {
        ...{ stage: ALERT_STAGE.RAISED, grade: 2, shore: SHORE.CN, raiser: 3, owner: 4 },
        ...{ raisedAt: 100, changedAt: 100 + block, dueAt: 1_000, lots: 1, recalls: 0 },
        ...word,
      },
    };
    index.law.alerts.push(row);
    return row;
  }

  function change(block: number, of: Hex, word: Partial<LotWord>): void {
    index.law.lotChanges.push({
      ...{ ...at(block), lot: of, cause: null, by: 3, reason: 0, position: 1, head: idOf(0) },
      word: { CN: FREE, KR: FREE, ...word },
    });
  }

  const stops = async () =>
    (
      await dataOf<{ product: { lots: { edges: { node: { stops: unknown } }[] } } }>(
        node,
        `{ product(gtin: "09521001001021") { lots(first: 5) { edges { node { stops { shore hold { since by { id } reason } recall { since class } } } } } } }`,
      )
    ).product.lots.edges[0]?.node.stops;

  it('shows what stops a lot, of each shore', async () => {
    expect(await stops()).to.deep.equal([]);
    change(10, lot, { CN: { ...FREE, heldAt: 50, heldBy: 3, reason: REASON.UNDER_INVESTIGATION } });
    change(11, lot, {
      CN: { ...FREE, heldAt: 50, heldBy: 3, reason: REASON.UNDER_INVESTIGATION },
      KR: { ...FREE, recalledAt: 60, recallClass: 1 },
    });
    expect(await stops()).to.deep.equal([
      { shore: 'CN', hold: { since: instant(50), by: { id: 3 }, reason: 'UNDER_INVESTIGATION' }, recall: null },
      { shore: 'KR', hold: null, recall: { since: instant(60), class: 1 } },
    ]);
    change(12, lot, {});
    expect(await stops()).to.deep.equal([]);
  });

  it('shows a hold under any salt of the lot', async () => {
    const salt: Hex = `0x${'77'.repeat(16)}`;
    node.node.catalogue.keepSubjects([{ id: LOT, salt }]);
    const other = subjectKey(LOT, salt);
    change(13, other, { KR: { ...FREE, heldAt: 70, heldBy: 4, reason: REASON.FRAUD } });
    expect(await stops()).to.deep.equal([{ shore: 'KR', hold: { since: instant(70), by: { id: 4 }, reason: 'FRAUD' }, recall: null }]);
    change(14, other, {});
  });

  it('pages movements by place, under all salts together', async () => {
    const [first, second] = node.node.catalogue.subjects(LOT).map(({ key }) => key) as [Hex, Hex];
    for (const [block, key, movement] of [
      [20, first, MOVEMENT.RELEASED],
      [21, second, MOVEMENT.RELEASED_WITH_PREFERENCE],
      [22, first, MOVEMENT.WRITTEN_OFF],
    ] as const)
      index.law.movements.push({ ...at(block), lot: key, document: idOf(block), movement, by: 3 });
    const query = `query ($after: String) { product(gtin: "09521001001021") { lots(first: 1) { edges { node {
      movements(first: 2, after: $after) { edges { cursor node { movement block } } pageInfo { hasNextPage } } } } } } }`;
    const page = async (after?: string) =>
      (await dataOf<MovementPage>(node, query, { after })).product.lots.edges[0]?.node.movements as MovementPages;
    const { edges, pageInfo } = await page();
    expect([edges.map((edge) => edge.node.movement), pageInfo.hasNextPage]).to.deep.equal([['RELEASED', 'RELEASED_WITH_PREFERENCE'], true]);
    const rest = await page(edges.at(-1)?.cursor);
    expect([rest.edges.map((edge) => edge.node), rest.pageInfo.hasNextPage]).to.deep.equal([
      [{ movement: 'WRITTEN_OFF', block: 22 }],
      false,
    ]);
  });

  it('shows an alert with its steps, and names the lots that this node knows', async () => {
    const id = idOf(0xa1);
    alert(30, id);
    alert(31, id, { recalls: 1 });
    alert(32, id, { stage: ALERT_STAGE.ASSESSED, owner: 3, recalls: 1 });
    index.law.alertLots.push({ alert: id, lot }, { alert: id, lot: STRANGER });
    const query = `query ($id: String!) { alert(id: $id) { id shore stage grade raiser { id } owner { id } raisedAt dueAt openRecalls lotCount
      lots { subject id lot { lot movements(first: 1) { edges { node { by { id } } } } } } steps { stage owner { id } changedAt } recalls { id } } }`;
    expect(await dataOf(node, query, { id: id.toUpperCase().replace('0X', '0x') })).to.deep.equal({
      alert: {
        ...{ id, shore: 'CN', stage: 'ASSESSED', grade: 'II', raiser: { id: 3 }, owner: { id: 3 } },
        ...{ raisedAt: instant(100), dueAt: instant(1_000), openRecalls: 1, lotCount: 1, recalls: [] },
        lots: [
          { subject: lot, id: LOT, lot: { lot: 'HB260914A', movements: { edges: [{ node: { by: { id: 3 } } }] } } },
          { subject: STRANGER, id: null, lot: null },
        ],
        steps: [
          { stage: 'RAISED', owner: { id: 4 }, changedAt: instant(130) },
          { stage: 'ASSESSED', owner: { id: 3 }, changedAt: instant(132) },
        ],
      },
    });
  });

  it('shows the alerts of a lot, once each', async () => {
    const shown = await dataOf(node, '{ product(gtin: "09521001001021") { lots(first: 1) { edges { node { alerts { id stage } } } } } }');
    expect(shown).to.deep.equal({ product: { lots: { edges: [{ node: { alerts: [{ id: idOf(0xa1), stage: 'ASSESSED' }] } }] } } });
  });

  it('finds no alert, recall or lot that is not there, and refuses what is no id', async () => {
    expect(await dataOf(node, `{ alert(id: "${idOf(1)}") { id } recall(id: "${idOf(1)}") { id } }`)).to.deep.equal({
      alert: null,
      recall: null,
    });
    expect(await codeOf(node, '{ alert(id: "a1") { id } }')).to.equal('BAD_ARGUMENTS');
    expect(await codeOf(node, '{ recall(id: "0x12") { id } }')).to.equal('BAD_ARGUMENTS');
  });

  it('shows a recall with its alert', async () => {
    const recall: RecallRow = {
      ...{ ...at(40), recall: idOf(0xb1), alert: idOf(0xa1), evidence: idOf(40) },
      word: { class: 2, shore: SHORE.KR, owner: 4, openedAt: 1, startBy: 2, completeBy: 3, closedAt: 0 },
    };
    index.law.recalls.push(recall);
    const query = `{ recall(id: "${recall.recall}") { shore class owner { id } openedAt startBy completeBy closedAt alert { id recalls { id } } } }`;
    expect(await dataOf(node, query)).to.deep.equal({
      recall: {
        ...{ shore: 'KR', class: 2, owner: { id: 4 }, openedAt: instant(1), startBy: instant(2), completeBy: instant(3), closedAt: null },
        alert: { id: idOf(0xa1), recalls: [{ id: recall.recall }] },
      },
    });
  });

  it('lists alerts by shore and stage, with cursors that stay good', async () => {
    alert(50, idOf(0xa2), { shore: SHORE.KR });
    alert(51, idOf(0xa3));
    const query = `query ($after: String, $shore: Shore, $stage: AlertStage) { alerts(first: 1, after: $after, shore: $shore, stage: $stage) {
      edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;
    const page = async (variables: object) => (await dataOf<AlertPage>(node, query, { ...variables })).alerts;
    const first = await page({});
    alert(52, idOf(0xa4));
    const second = await page({ after: first.pageInfo.endCursor });
    expect([first, second].map(({ edges }) => edges[0]?.node.id)).to.deep.equal([idOf(0xa1), idOf(0xa2)]);
    expect((await page({ shore: 'KR' })).edges[0]?.node.id).to.equal(idOf(0xa2));
    expect((await page({ shore: 'CN', stage: 'RAISED' })).edges[0]?.node.id).to.equal(idOf(0xa3));
    expect((await page({ stage: 'CLOSED' })).edges).to.deep.equal([]);
  });

  it('refuses a page of more than 100, and a cursor of another list', async () => {
    expect(await codeOf(node, '{ alerts(first: 101) { edges { cursor } } }')).to.equal('BAD_PAGE_SIZE');
    expect(await codeOf(node, '{ alerts(after: "WzFd") { edges { cursor } } }')).to.equal('BAD_CURSOR');
  });

  it('counts nested pages of the law', async () => {
    expect(await codeOf(node, '{ alerts(first: 100) { edges { node { lots(first: 100) { id } } } } }')).to.equal('QUERY_TOO_COSTLY');
    expect(await codeOf(node, '{ alerts(first: 100) { edges { node { lots(first: 40) { id } } } } }')).to.equal(undefined);
  });
});

interface MovementPages {
  edges: { cursor: string; node: { movement: string } }[];
  pageInfo: { hasNextPage: boolean };
}
interface MovementPage {
  product: { lots: { edges: { node: { movements: MovementPages } }[] } };
}
interface AlertPage {
  alerts: { edges: { cursor: string; node: { id: string } }[]; pageInfo: { endCursor: string } };
}

function idOf(value: number): Hex {
  return `0x${value.toString(16).padStart(64, '0')}`;
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
