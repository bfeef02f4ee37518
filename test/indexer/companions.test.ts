import { expect } from 'chai';
import { type Indexer, startIndexer } from '../../indexer/run.ts';
import { contentsOf, indexOnce, until } from './support/indexing.ts';
import { type MockNode, startMockNode } from './support/mockNode.ts';
import { query, usePostgres } from './support/postgres.ts';
import { Random } from './support/random.ts';
import { CONTRACT, SyntheticChain } from './support/syntheticChain.ts';

describe('indexer', () => {
  const postgres = usePostgres();
  let chain: SyntheticChain;
  let node: MockNode;
  let database: string;
  let count = 0;

  beforeEach(async () => {
    chain = new SyntheticChain(new Random(70 + count));
    chain.growLedger(20);
    node = await startMockNode(chain, new Random(71));
    database = postgres.url(`companions${count++}`);
  });

  afterEach(() => node.close());

  const config = (more: { database?: string } = {}) => ({
    ...{ name: 'test', rpcUrl: node.url, contract: CONTRACT, startBlock: 0, database, ...more },
  });
  const caughtUp = ({ complete, lagBlocks, head }: { complete: boolean; lagBlocks: number; head: number }) =>
    complete && lagBlocks === 0 && head === chain.head.number;

  async function withIndexer(work: (indexer: Indexer) => Promise<void>): Promise<void> {
    const indexer = await startIndexer(config());
    try {
      await until(indexer, caughtUp);
      await work(indexer);
    } finally {
      await indexer.stop();
    }
  }

  /** Logs that an index has taken, by address. */
  async function taken(from = database): Promise<Record<string, number>> {
    const rows = await query(
      from,
      "select '0x' || encode(address, 'hex') as address, count(*)::int as logs from chain.log group by address",
    );
    return Object.fromEntries(rows.map(({ address, logs }) => [address, logs]));
  }

  /** Logs of the chain that count: the ledger's, and a companion's from its addition on. */
  function counting(): Record<string, number> {
    const logs: Record<string, number> = {};
    const added = new Set<string>([CONTRACT]);
    for (const { address, topics } of chain.blocks.flatMap((block) => block.logs)) {
      if (!added.has(address)) continue;
      logs[address] = (logs[address] ?? 0) + 1;
      if (address === CONTRACT && topics.length === 2) added.add(`0x${topics[1]?.slice(26)}`);
    }
    return logs;
  }

  describe('contracts beside the ledger', () => {
    it('are found in the middle of a range, and only their own time counts', async () => {
      chain.growCompanions(2);
      chain.grow(40);
      const { alarms, sequence } = await indexOnce(config());
      expect({ alarms, sequence }).to.deep.equal({ alarms: 0, sequence: chain.head.sequence });
      expect(await taken()).to.deep.equal(counting());
    });

    it('give the same index whatever ranges are read', async () => {
      chain.growCompanions(3);
      chain.grow(40);
      const other = postgres.url('companionsRanges');
      await indexOnce(config());
      node.faults = { mostBlocks: 1 };
      await indexOnce(config({ database: other }));
      expect(await contentsOf(other)).to.deep.equal(await contentsOf(database));
    });

    it('are asked for with the ledger in one request', async () => {
      chain.growCompanions(1);
      await withIndexer(async (indexer) => {
        const before = node.asked.length;
        chain.grow(1);
        await until(indexer, caughtUp);
        const [one, ...more] = node.asked.slice(before);
        expect(one).to.deep.equal([CONTRACT, chain.head.companions[0]?.address]);
        expect(more).to.be.empty;
      });
    });

    it('are found while following', async () => {
      await withIndexer(async (indexer) => {
        chain.growCompanions(2);
        await until(indexer, caughtUp);
        chain.grow(5);
        await until(indexer, caughtUp);
      });
      expect(await taken()).to.deep.equal(counting());
    });

    it('of an abandoned block are forgotten', async () => {
      chain.growCompanions(1);
      const [abandoned] = chain.head.companions;
      await withIndexer(async (indexer) => {
        chain.cut(1);
        chain.growLedger(3);
        await until(indexer, ({ alarms }) => alarms > 0);
        await until(indexer, caughtUp);
        expect(await query(database, 'select * from chain.companion')).to.be.empty;
        expect(await taken()).to.have.all.keys(CONTRACT);
        const before = node.asked.length;
        chain.growCompanions(1);
        await until(indexer, caughtUp);
        expect(node.asked.slice(before).flat()).not.to.include(abandoned?.address);
      });
      const other = postgres.url('companionsAbandoned');
      await indexOnce(config({ database: other }));
      expect(await contentsOf(database)).to.deep.equal(await contentsOf(other));
    });

    it('are known again after a restart', async () => {
      chain.growCompanions(2);
      await indexOnce(config());
      chain.grow(10);
      const before = node.asked.length;
      await indexOnce(config());
      const known = [CONTRACT, ...chain.head.companions.map(({ address }) => address)].slice(0, 3);
      expect(node.asked[before]).to.deep.equal(known);
      expect(await taken()).to.deep.equal(counting());
    });

    it('are never taken from a node that gives what was not asked for', async () => {
      chain.growCompanions(1);
      node.faults = { foreign: true };
      const indexer = await startIndexer(config());
      try {
        const { problem } = await until(indexer, (status) => status.problem !== null);
        expect(problem?.code).to.equal('LOG_OUT_OF_RANGE');
        node.faults = {};
        await until(indexer, caughtUp);
        expect(await taken()).to.deep.equal(counting());
      } finally {
        await indexer.stop();
      }
    });

    it('whose events no version knows stop the index', async () => {
      chain.growUnknown();
      const indexer = await startIndexer(config());
      try {
        const { problem, lagBlocks } = await until(indexer, (status) => status.problem !== null && status.height >= 0);
        expect(problem?.code).to.equal('UNKNOWN_EVENT');
        expect(lagBlocks).to.be.greaterThan(0);
      } finally {
        await indexer.stop();
      }
    });
  });

  describe('an index of the ledger alone', () => {
    it('is brought forward, digests and all', async () => {
      await indexOnce(config());
      const before = await contentsOf(database);
      await query(
        database,
        `alter table chain.log drop column address;
         alter table chain.abandoned_log drop column address;
         drop table chain.companion;
         update chain.block set digest = sha256(digest);
         update chain.checkpoint set digest = sha256(digest), projection = '1';
         delete from public.tidemark_migration where name like '0002%'`,
      );
      await indexOnce(config());
      expect(await contentsOf(database)).to.deep.equal(before);
    });
  });
});
