import { expect } from 'chai';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { KIND } from '../../protocol/ledger/codes.ts';
import type { LedgerRecord } from '../../protocol/ledger/words.ts';
import { documentWith } from './support/events.ts';
import { HEAD } from './support/fakeIndex.ts';
import { AUTHORIZED, startTestNode, type TestNode } from './support/testNode.ts';

const CASES = ['C1', 'C2'].map((serial) => `https://id.gs1.org/01/09521001001021/21/${serial}`);
const PALLET = 'https://id.gs1.org/00/095210010000004015';
const PLANT = { id: 'https://id.gs1.org/414/9521001000017' };
const SHOP = { id: 'https://id.gs1.org/414/9521002000016' };

const event = (minute: number, more: JsonObject): JsonObject => ({
  ...{ eventTimeZoneOffset: '+09:00', eventTime: `2026-10-01T00:${String(minute).padStart(2, '0')}:00Z` },
  ...more,
});
const JOURNEY = [
  event(1, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: [...CASES], bizLocation: PLANT }),
  event(2, { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: PALLET, childEPCs: [...CASES], bizLocation: PLANT }),
  event(3, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', epcList: [PALLET], readPoint: PLANT }),
  event(9, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', epcList: [PALLET], bizLocation: SHOP }),
];

describe('trace routes', () => {
  let node: TestNode;
  before(async () => {
    node = await startTestNode();
    await node.post('/epcis/v2/capture', documentWith(...JOURNEY), AUTHORIZED);
    for (const id of node.submitted.keys()) anchor(id.slice('batch-'.length) as Hex);
    const deadline = Date.now() + 3_000;
    while (node.node.catalogue.recordedEvents(0, 10).length < JOURNEY.length && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
  });
  after(() => node.close());

  function anchor(root: Hex): void {
    const record = node.index.addRecord({ leafOrRoot: root, issuer: 1, anchored: { anchoredAt: HEAD.timestamp - 60 } as LedgerRecord });
    for (const leaf of node.node.catalogue.leavesOf(root))
      for (const { key } of node.node.catalogue.subjectsOf(leaf)) node.index.addEntry({ subject: key, leaf, issuer: 1, record: record.id });
  }
  const ask = async (path: string, accept = 'application/json') => {
    const response = await fetch(node.url + path, { headers: { accept } });
    const text = await response.text();
    return { status: response.status, text, json: accept === 'application/json' ? JSON.parse(text) : undefined };
  };
  const from = (direction: string, id: string, more = '') => ask(`/trace/${direction}?id=${encodeURIComponent(id)}${more}`);

  it('follows goods to where they were seen last', async () => {
    const { json } = await from('destination', CASES[0] as string);
    const [goods] = json.goods;
    expect(goods).to.include({ id: CASES[0], certainty: 'certain', depth: 0 });
    expect(goods.lastSeen.place).to.equal(SHOP.id);
    expect(json.goods.map(({ id }: { id: string }) => id)).to.deep.equal([CASES[0], PALLET]);
  });

  it('finds goods by any spelling, and by a document that names them', async () => {
    const { json } = await from('source', 'urn:epc:id:sscc:9521001.0000000401');
    expect(json.ids).to.deep.equal([PALLET]);
    const [leaf] = node.node.catalogue.byEvent({ hash: node.node.catalogue.events({ first: 1, view: 'ALL' })[0]?.eventHash ?? '' }, 'ALL');
    expect((await from('source', leaf?.leaf ?? '')).json.ids).to.have.members(CASES);
  });

  it('finds goods by what stands on a label', async () => {
    const spellings: [string, string][] = [
      ['(00) 095210010000004015', PALLET],
      ['0 9521001 0000004015', PALLET],
      ['/00/095210010000004015', PALLET],
      ['00/095210010000004015', PALLET],
      ['(01)09521001001021(21)C1', CASES[0] as string],
      ['9521001001021', 'https://id.gs1.org/01/09521001001021'],
    ];
    for (const [text, id] of spellings) expect((await from('source', text)).json.ids, text).to.deep.equal([id]);
    expect((await from('source', '(01)09521001001022')).json).to.include({ status: 400, code: 'CHECK_DIGIT_WRONG' });
    expect((await from('source', '095210010000004016')).json).to.include({ status: 404, code: 'UNKNOWN_SUBJECT' });
  });

  it('stands on a block, and tells what the ledger counts of each of the goods', async () => {
    const { json } = await from('destination', PALLET);
    expect(json.block).to.include({ height: HEAD.height, hash: HEAD.hash, indexDigest: HEAD.digest });
    const pallet = json.histories.find(({ id }: { id: string }) => id === PALLET);
    expect(pallet).to.include({ entries: 3 });
    expect(pallet.sealed).to.deep.equal([]);
  });

  it('counts what it cannot show', async () => {
    const leaf: Hex = `0x${'5e'.repeat(32)}`;
    const [subject] = node.node.catalogue.subjects(PALLET);
    const record = node.index.addRecord({ leafOrRoot: leaf, issuer: 2, kind: KIND.LABORATORY_REPORT });
    node.index.addEntry({ subject: subject?.key ?? '0x', leaf, issuer: 2, record: record.id });
    const { json } = await from('source', PALLET);
    const pallet = json.histories.find(({ id }: { id: string }) => id === PALLET);
    expect(pallet.sealed).to.deep.equal([{ leaf, issuer: 2, kind: 'LABORATORY_REPORT', reason: 'UNAVAILABLE' }]);
  });

  it('counts it also where as many documents that the ledger does not hold name the goods', async () => {
    const [leaf, sealed]: [Hex, Hex] = [`0x${'5f'.repeat(32)}`, `0x${'6f'.repeat(32)}`];
    const [subject] = node.node.catalogue.subjects(CASES[1] as string);
    if (subject === undefined) throw new Error('no subject');
    const place = { leaf, cid: 'none', sha256: leaf, sm3: leaf };
    const refused = { ...place, type: 'credential', kind: KIND.LABORATORY_REPORT, issuer: 2, own: true, visibility: 'PUBLIC' } as const;
    node.node.catalogue.add([refused], new Map([[leaf, [subject]]]));
    const record = node.index.addRecord({ leafOrRoot: sealed, issuer: 2, kind: KIND.LABORATORY_REPORT });
    node.index.addEntry({ subject: subject.key, leaf: sealed, issuer: 2, record: record.id });
    const { json } = await from('source', CASES[1] as string);
    expect(
      json.histories.flatMap((history: { sealed: { leaf: Hex }[] }) => history.sealed).map((one: { leaf: Hex }) => one.leaf),
    ).to.include(sealed);
  });

  it('answers as of a time', async () => {
    const { json } = await from('destination', CASES[0] as string, '&at=2026-10-01T00:01:30Z');
    expect(json.goods.map(({ id }: { id: string }) => id)).to.deep.equal([CASES[0]]);
    expect((await from('destination', CASES[0] as string, '&asOf=2020-01-01T00:00:00Z')).json.goods).to.deep.equal([]);
  });

  it('pages', async () => {
    const first = (await from('destination', PALLET, '&first=1')).json;
    expect(first.truncated).to.equal(true);
    const rest = (await from('destination', PALLET, `&after=${encodeURIComponent(first.cursor)}`)).json;
    expect([...first.goods, ...rest.goods].map(({ id }: { id: string }) => id)).to.deep.equal([PALLET, ...CASES]);
  });

  it('streams identifiers', async () => {
    const { text } = await ask(`/trace/destination?id=${encodeURIComponent(PALLET)}`, 'text/plain');
    expect(text.split('\n')).to.deep.equal([PALLET, ...CASES, '']);
  });

  it('writes a table', async () => {
    const { text } = await ask(`/trace/destination?id=${encodeURIComponent(PALLET)}`, 'text/csv');
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect(head?.startsWith('id,where,certainty')).to.equal(true);
    expect(lines.map((line) => line.split(',')[0])).to.deep.equal([PALLET, ...CASES]);
  });

  it('takes its form from the address, where a link cannot say what it accepts', async () => {
    const form = (format: string) => fetch(`${node.url}/trace/destination?id=${encodeURIComponent(PALLET)}&format=${format}`);
    const csv = await form('csv');
    expect(csv.headers.get('content-type')).to.contain('text/csv');
    expect(csv.headers.get('content-disposition')).to.equal('attachment; filename=trace-destination.csv');
    expect((await (await form('txt')).text()).split('\n')).to.deep.equal([PALLET, ...CASES, '']);
    expect((await (await form('json')).json()).ids).to.deep.equal([PALLET]);
    expect(await (await form('xlsx')).json()).to.include({ status: 400, code: 'BAD_REQUEST', pointer: '/format' });
  });

  it('streams the answer with the histories that prove it, or why there is none', async () => {
    const answer = await fetch(`${node.url}/trace/destination?id=${encodeURIComponent(PALLET)}&format=proofs`);
    expect(answer.headers.get('content-type')).to.contain('application/x-ndjson');
    const [first, ...rest] = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first.trace.goods.map(({ id }: { id: string }) => id)).to.deep.equal([PALLET, ...CASES]);
    expect(rest.slice(0, -1).map(({ id }) => id)).to.have.members([PALLET, ...CASES]);
    // The chain of this node is a stub that proves nothing.
    for (const { bundle, code } of rest.slice(0, -1)) expect(bundle === undefined).to.equal(typeof code === 'string');
    expect(rest.at(-1)).to.deep.equal({ end: 3 });
  });

  it('is a query of the graph too', async () => {
    const query = `query ($id: String!, $after: String) {
      traceDestination(id: $id, first: 2, after: $after) {
        height finality truncated endCursor
        goods { id certainty depth entries sealed { leaf kind } lastSeen { place bizStep event { hash } } }
        steps { from to kind certainty event { bizStep } }
        gaps { code id } findings { code facts }
      }
    }`;
    const page = async (after?: string) => (await (await node.post('/graphql', { query, variables: { id: PALLET, after } })).json()).data;
    const { traceDestination: first } = await page();
    expect(first.goods.map(({ id }: { id: string }) => id)).to.deep.equal([PALLET, CASES[0]]);
    expect(first.goods[0].lastSeen).to.deep.include({ place: SHOP.id, bizStep: 'receiving' });
    expect(first.steps).to.deep.include({
      from: PALLET,
      to: CASES[0],
      kind: 'AGGREGATION',
      certainty: 'CERTAIN',
      event: { bizStep: 'packing' },
    });
    const { traceDestination: rest } = await page(first.endCursor);
    expect(rest.goods.map(({ id }: { id: string }) => id)).to.deep.equal([CASES[1]]);
    expect(rest).to.include({ truncated: false, endCursor: null });
  });

  it('says who answers for goods, and what a recall must reach', async () => {
    const query = `query ($id: String!) {
      accountableParties(id: $id, atStep: "receiving") { at bizStep place event { hash } parties { role type id } }
      recallScope(ids: [$id]) { ids lots { id produced } units { id state } goods { id entries } goodsCount unitsCount shipmentsCount truncated }
    }`;
    const { data } = await (await node.post('/graphql', { query, variables: { id: CASES[0] } })).json();
    expect(data.accountableParties.map(({ bizStep, place }: { bizStep: string; place: string }) => [bizStep, place])).to.deep.equal([
      ['receiving', SHOP.id],
    ]);
    expect(data.recallScope.units).to.deep.include({ id: CASES[0], state: 'held' });
    const id = encodeURIComponent(CASES[0] as string);
    const { json: parties } = await ask(`/trace/parties?id=${id}&step=receiving`);
    expect(parties.parties[0].steps.map(({ bizStep }: { bizStep: string }) => bizStep)).to.deep.equal(['receiving']);
    const { json: scope } = await ask(`/trace/scope?id=${id}`);
    expect(scope.counts).to.deep.equal({ goods: data.recallScope.goodsCount, units: data.recallScope.unitsCount, shipments: 0, gaps: 0 });
  });

  it('refuses what it cannot read, by field', async () => {
    const refusals: [string, number, string, string][] = [
      ['source?id=', 400, 'BAD_REQUEST', '/id'],
      ['source', 400, 'BAD_REQUEST', '/id'],
      ['source?id=DEMO-0', 404, 'UNKNOWN_SUBJECT', '/id'],
      [`source?id=${PALLET}&at=yesterday`, 400, 'BAD_REQUEST', '/at'],
      [`source?id=${PALLET}&first=0`, 400, 'BAD_REQUEST', '/first'],
      [`source?id=${PALLET}&first=1001`, 400, 'BAD_REQUEST', '/first'],
      [`source?id=${PALLET}&depth=101`, 400, 'BAD_REQUEST', '/depth'],
      [`source?id=${PALLET}&after=x`, 400, 'BAD_CURSOR', '/after'],
      [`source?id=${PALLET}&as_of=2026-01-01T00:00:00Z`, 400, 'BAD_REQUEST', '/as_of'],
      [`parties?id=${PALLET}&at=2026-01-01T00:00:00Z`, 400, 'BAD_REQUEST', '/at'],
      [`scope?id=${PALLET}&${'x'.repeat(99)}=1`, 400, 'BAD_REQUEST', `/${'x'.repeat(64)}`],
      [`source?${`id=${PALLET}&`.repeat(101)}`, 400, 'TOO_MANY', '/id'],
    ];
    for (const [path, status, code, pointer] of refusals) {
      const { json, status: answered } = await ask(`/trace/${path}`);
      expect({ status: answered, code: json.code, pointer: json.pointer }, path).to.deep.equal({ status, code, pointer });
    }
  });
});
