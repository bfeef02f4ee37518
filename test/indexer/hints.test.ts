import { expect } from 'chai';
import { type Indexer, startIndexer } from '../../indexer/run.ts';
import type { Hint } from '../../indexer/store/hints.ts';
import { until } from './support/indexing.ts';
import { type MockNode, startMockNode } from './support/mockNode.ts';
import { query, usePostgres } from './support/postgres.ts';
import { Random } from './support/random.ts';
import { CONTRACT, SyntheticChain } from './support/syntheticChain.ts';

describe('hints', () => {
  const postgres = usePostgres();
  let chain: SyntheticChain;
  let node: MockNode;
  let indexer: Indexer;
  let database: string;
  let told: Hint[];
  let enough: AbortController;
  let listening: Promise<void>;
  let count = 0;

  beforeEach(async () => {
    chain = new SyntheticChain(new Random(90 + count));
    chain.growCompanions(4);
    chain.grow(60);
    node = await startMockNode(chain, new Random(91));
    database = postgres.url(`hints${count++}`);
    indexer = await startIndexer({ name: 'test', rpcUrl: node.url, contract: CONTRACT, startBlock: 0, database });
    [told, enough] = [[], new AbortController()];
    listening = listen(told, enough.signal);
  });

  afterEach(async () => {
    enough.abort();
    await listening;
    await indexer.stop();
    await node.close();
  });

  async function listen(to: Hint[], signal: AbortSignal): Promise<void> {
    for await (const hint of indexer.reader.hints(0, signal)) to.push(hint);
  }

  /** Waits until the index is at the head, and somebody has heard all of it. */
  async function heardAll(heard: readonly Hint[]): Promise<void> {
    await until(indexer, ({ complete, lagBlocks, head }) => complete && lagBlocks === 0 && head === chain.head.number);
    const tables = ['alert', 'lot_change', 'status_change', 'consumption'].map((name) => `select sequence from projection.${name}`);
    const [newest] = await query<{ max: string }>(database, `select max(sequence) from (${tables.join(' union all ')}) rows`);
    await until(indexer, () => heard.at(-1)?.sequence === Number(newest?.max));
  }

  /** All that somebody hears who listens anew. */
  async function heardAnew(): Promise<Hint[]> {
    const heard: Hint[] = [];
    const stop = new AbortController();
    const reading = listen(heard, stop.signal);
    await heardAll(heard);
    stop.abort();
    await reading;
    return heard;
  }

  it('are told once, in order, whether events are old or new', async () => {
    await heardAll(told);
    chain.grow(20);
    await heardAll(told);
    expect(await heardAnew()).to.deep.equal(told);
    expect(told.map(({ sequence }) => sequence)).to.deep.equal([...new Set(told.map(({ sequence }) => sequence))].sort((a, b) => a - b));
    expect(new Set(told.map(({ about }) => about))).to.include('STATUS');
  });

  it('are told again of blocks that were taken back', async () => {
    await heardAll(told);
    const before = told.length;
    chain.cut(50);
    const kept = chain.head.sequence;
    chain.grow(80);
    await until(indexer, ({ alarms }) => alarms > 0);
    await heardAll(told);
    const anew = await heardAnew();
    expect(told.slice(before)).to.deep.include.members(anew.filter(({ sequence }) => sequence > kept));
    expect(anew.some(({ sequence }) => sequence > kept && sequence <= (told[before - 1]?.sequence ?? 0))).to.equal(true);
  });
});
