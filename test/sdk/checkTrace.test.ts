import { expect } from 'chai';
import { accountableParties } from '../../protocol/lineage/accountableParties.ts';
import { openLineageGraph } from '../../protocol/lineage/graph/lineageGraph.ts';
import type { LineageEvent } from '../../protocol/lineage/lineageEvent.ts';
import type { BundleDocument } from '../../protocol/verdict/bundle.ts';
import { SdkError } from '../../sdk/errors.ts';
import type { NodeClient } from '../../sdk/node/client.ts';
import { type CheckedTrace, checkTrace, type TraceClaim, type TraceRequest } from '../../sdk/trace/checkTrace.ts';
import { checkAsked } from '../../sdk/trace/goodsAsked.ts';
import { proveParties, proveScope } from '../../sdk/trace/proveGoods.ts';
import { NOW, TRUST } from '../fixtures/ledgerFixture.ts';
import { honestNode } from './support/honestNode.ts';
import { bundleOf, headOf, type LedgerState, recordWord, type SyntheticLedger, syntheticLedger } from './support/syntheticLedger.ts';

/** The first ledger that has what a test needs, and nothing sealed. */
function ledgerWith(isMeant: (state: LedgerState) => boolean): SyntheticLedger {
  for (let seed = 1; seed < 1_000; seed++) {
    const ledger = syntheticLedger(seed);
    if (ledger.newest.documents.every(({ sealed }) => !sealed) && isMeant(ledger.newest)) return ledger;
  }
  throw new Error('no ledger has it');
}

const goodsOf = (state: LedgerState) => [...state.salts.keys()];
const longest = (state: LedgerState) => goodsOf(state).find((id) => headOf(state, id).entries > 2);

/** A transformation that two events tell, of which the second names none of the goods of the first, and something that it made by the first. */
function transformationInTwo(state: LedgerState): { transformation: string; made: string; second: LineageEvent } | undefined {
  const told = [...state.events.values()].filter(({ transformationID }) => transformationID !== undefined);
  for (const [transformation = '', events] of Map.groupBy(told, (event) => event.transformationID)) {
    const [first = [], others] = events.map(({ inputs, outputs }) => [...outputs, ...inputs].map(({ id }) => id));
    const [made, second] = [first[0], events[1]];
    if (made !== undefined && second !== undefined && others?.every((id) => !first.includes(id))) return { transformation, made, second };
  }
  return undefined;
}

describe('checkTrace', () => {
  const ledger = ledgerWith((state) => longest(state) !== undefined && state.events.size > 4);
  const id = longest(ledger.newest) as string;
  const [one, other] = [honestNode(ledger.newest, 'korea'), honestNode(ledger.newest, 'qingdao')];

  const ask = (nodes: NodeClient[], more: Partial<TraceRequest> = {}): Promise<CheckedTrace> =>
    checkTrace({ ids: [id], direction: 'destination', trust: TRUST, nodes, clock: () => NOW, patienceMs: 0, ...more });
  const claiming = (change: (claim: TraceClaim) => Partial<TraceClaim>, node = one): NodeClient => ({
    ...node,
    trace: async <Answer>(of: string, parameters: URLSearchParams) => {
      const claim = await node.trace<TraceClaim>(of, parameters);
      return { ...claim, ...change(claim) } as Answer;
    },
  });
  const parts = ({ differences }: CheckedTrace) => differences.map(({ part, code }) => `${part} ${code}`);

  it('confirms an honest answer', async () => {
    const { answer, differences, rejected } = await ask([one, other]);
    expect({ answer, differences, rejected }).to.deep.equal({ answer: 'VALID', differences: [], rejected: [] });
  });

  it('wants the answer to the question that was asked', async () => {
    const turned: NodeClient = { ...one, trace: (_, parameters) => one.trace('source', parameters) };
    expect(parts(await ask([turned]))).to.include('direction CHANGED');
    expect(parts(await ask([claiming(() => ({ ids: [] }))]))).to.include('ids MISSING');
    expect(parts(await ask([claiming(({ ids }) => ({ ids: [...ids, 'https://id.gs1.org/00/000000000000000009'] }))]))).to.include(
      'ids ADDED',
    );
    const later = claiming(({ block }) => ({ asOf: block.time }));
    expect(parts(await ask([later], { asOf: '2026-10-12T08:03:00Z' }))).to.include('asOf CHANGED');
  });

  it('wants each history counted as the ledger counts it', async () => {
    expect(parts(await ask([claiming(() => ({ histories: [] }))]))).to.include('histories MISSING');
    const fewer = claiming(({ histories }) => ({ histories: histories.map((history) => ({ ...history, entries: 0 })) }));
    expect(parts(await ask([fewer]))).to.include('histories CHANGED');
  });

  it('takes no answer of an older time for one of now', async () => {
    const { doubts, answer } = await ask([claiming(() => ({ asOf: '2026-10-12T08:03:00.000Z', goods: [], events: [], edges: [] }))]);
    expect(answer).to.not.equal('VALID');
    expect(doubts.map(({ code }) => code)).to.include('STALE');
  });

  it('finds a node that answers from the block before', async () => {
    const behind = honestNode(ledger.older, 'korea');
    const { answer, rejected, doubts } = await ask([behind, other]);
    expect(answer).to.not.equal('VALID');
    expect(rejected).to.deep.include({ node: behind.url, id, code: 'STALE' });
    expect(doubts.map(({ code }) => code)).to.include('STALE');
  });

  it('finds an event whose proof is left out', async () => {
    const bundle = bundleOf(ledger.newest, id);
    const [first] = bundle.documents as [BundleDocument];
    const block = { ...bundle.block, nodes: bundle.block.nodes.filter((node) => !node.includes(recordWord(ledger.newest, first))) };
    const lying: NodeClient = {
      ...one,
      subject: async (asked) => (asked === id ? JSON.stringify({ ...bundle, block }) : one.subject(asked)),
    };
    const { answer, omissions } = await ask([lying]);
    expect(answer).to.equal('INVALID');
    expect(omissions).to.deep.include({ code: 'HISTORY_UNPROVEN', id, finding: 'anchored PROOF_MISSING' });
  });

  it('blames a node also where another shows what it left out', async () => {
    const lying: NodeClient = {
      ...one,
      subject: async (asked) => JSON.stringify({ ...JSON.parse(await one.subject(asked)), documents: [] }),
    };
    const { answer, omissions, rejected } = await ask([lying, other]);
    expect({ answer, omissions }).to.deep.equal({ answer: 'INVALID', omissions: [] });
    expect(rejected.every(({ node, code }) => node === lying.url && code === 'HISTORY_UNPROVEN')).to.equal(true);
    const { answer: ofScope, rejected: named } = await proveScope({ ids: [id], trust: TRUST, nodes: [lying, other], clock: () => NOW });
    expect(ofScope).to.equal('VALID');
    expect(named.map(({ node }) => node)).to.include(lying.url);
  });

  it('does not take a history under one salt for all where a node counts another', async () => {
    const { subject, head } = headOf(ledger.newest, id, 1);
    const both = claiming(({ histories }) => ({
      histories: histories.map((history) => (history.id === id ? { ...history, heads: [...history.heads, { subject, head }] } : history)),
    }));
    const { answer, doubts } = await ask([one, both]);
    expect({ answer, doubts }).to.deep.equal({ answer: 'CANNOT_CHECK', doubts: [{ code: 'HISTORY_SPLIT', id }] });
  });

  it('asks so about transformations too: one whose second event is under another salt is not shown whole', async () => {
    const { newest } = ledgerWith((state) => transformationInTwo(state) !== undefined);
    const { transformation, made, second } = transformationInTwo(newest) as NonNullable<ReturnType<typeof transformationInTwo>>;
    const graph = openLineageGraph();
    for (const event of newest.events.values()) if (event !== second) graph.add(event);
    const forgetful = honestNode({ ...newest, graph }, 'korea');
    const lying: NodeClient = {
      ...forgetful,
      subject: async (asked) => (asked === transformation ? JSON.stringify(bundleOf(newest, asked, 1)) : forgetful.subject(asked)),
    };
    const { answer, doubts } = await ask([lying, honestNode(newest, 'qingdao')], { ids: [made], direction: 'source' });
    expect({ answer, doubts }).to.deep.equal({ answer: 'CANNOT_CHECK', doubts: [{ code: 'HISTORY_SPLIT', id: transformation }] });
  });

  it('names who answered for goods as it was known at a time', async () => {
    const asOf = Date.parse('2026-10-12T08:03:00Z');
    const { parties } = await proveParties({ ids: [id], trust: TRUST, nodes: [one], clock: () => NOW, patienceMs: 0, asOf });
    const then = accountableParties(ledger.newest.graph, id, undefined, { asOf });
    expect(parties).to.deep.equal([{ id, steps: then }]);
    expect(then.length).to.be.lessThan(accountableParties(ledger.newest.graph, id).length);
  });

  it('is not kept asking for pages without end', async () => {
    const endless = claiming(() => ({ goods: [], cursor: 'x' }) as Partial<TraceClaim>);
    const error = await ask([endless]).catch((caught: unknown) => caught);
    expect((error as SdkError).code).to.equal('NODE_ANSWER_MALFORMED');
    expect(error).to.be.instanceOf(SdkError);
  });

  it('tells what stops the goods and which documents failed or fell, whatever the node says', async () => {
    const { newest } = ledgerWith(
      ({ documents, stops, revoked }) =>
        revoked.size > 0 && documents.some(({ overall, goods }) => overall === 'NONCONFORM' && goods.some((lot) => stops.has(lot))),
    );
    for (const asked of goodsOf(newest)) {
      const { alarms } = await ask([honestNode(newest, 'korea')], { ids: [asked] });
      const alarm = alarms.find((each) => each.id === asked);
      const stop = newest.stops.get(asked);
      const codes = stop === undefined ? [] : [stop === 'recall' ? 'RECALLED' : 'ON_HOLD'];
      expect(alarm?.stops.map(({ code }) => code) ?? [], asked).to.deep.equal(codes);
      const failed = newest.documents.filter(({ goods, overall }) => goods.includes(asked) && overall === 'NONCONFORM');
      expect(alarm?.failedReports.map(({ leaf }) => leaf) ?? [], asked).to.have.members(failed.map(({ document }) => document.anchor.leaf));
      const fallen = newest.documents.filter(({ goods, document }) => goods.includes(asked) && newest.revoked.has(document.anchor.leaf));
      expect(alarm?.fallen.filter(({ code }) => code === 'REVOKED').map(({ leaf }) => leaf) ?? [], asked).to.have.members(
        fallen.map(({ document }) => document.anchor.leaf),
      );
    }
  });

  it('finds the goods of a document by what the document names', async () => {
    const { newest } = ledgerWith(({ documents }) => documents.some(({ number, goods }) => number !== undefined && goods.length === 2));
    const document = newest.documents.find(({ number, goods }) => number !== undefined && goods.length === 2);
    const node = honestNode(newest, 'korea');
    const ids = [document?.number as string];
    expect((await ask([node], { ids })).answer).to.equal('VALID');
    expect((await ask([node], { ids: [document?.document.anchor.leaf as string] })).answer).to.equal('VALID');
    expect(parts(await ask([claiming((claim) => ({ ids: claim.ids.slice(1) }), node)], { ids }))).to.include('ids MISSING');
    expect(checkAsked(ids, [id], new Map())).to.deep.equal({ missing: [], added: [], unproven: ids });
  });
});
