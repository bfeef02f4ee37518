import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { rebuild } from '../../indexer/rebuild.ts';
import { type Indexer, type IndexerConfig, startIndexer } from '../../indexer/run.ts';
import { contentsOf, indexOnce, until } from './support/indexing.ts';
import { type MockNode, startMockNode } from './support/mockNode.ts';
import { query, usePostgres } from './support/postgres.ts';
import { Random } from './support/random.ts';
import { CONTRACT, SyntheticChain } from './support/syntheticChain.ts';

const KILLS = Number(process.env.KILLS ?? 8);

describe('indexer', () => {
  const postgres = usePostgres();
  let chain: SyntheticChain;
  let node: MockNode;
  let database: string;
  let count = 0;

  beforeEach(async () => {
    chain = new SyntheticChain(new Random(42));
    chain.grow(100);
    node = await startMockNode(chain, new Random(43));
    database = postgres.url(`follow${count++}`);
  });

  afterEach(() => node.close());

  function config(more: Partial<IndexerConfig> = {}): IndexerConfig {
    return { name: 'test', rpcUrl: node.url, contract: CONTRACT, startBlock: 0, database, ...more };
  }

  async function withIndexer(work: (indexer: Indexer) => Promise<void>, more: Partial<IndexerConfig> = {}): Promise<void> {
    const indexer = await startIndexer(config(more));
    try {
      await work(indexer);
    } finally {
      await indexer.stop();
    }
  }

  const caughtUp = ({ complete, lagBlocks, head }: { complete: boolean; lagBlocks: number; head: number }) =>
    complete && lagBlocks === 0 && head === chain.head.number;

  it('says once that it has caught up', async () => {
    const heights: number[] = [];
    const onCaughtUp = ({ height }: { height: number }) => void heights.push(height);
    await withIndexer(
      async (indexer) => {
        const head = chain.head.number;
        await until(indexer, caughtUp);
        chain.grow(3);
        await until(indexer, caughtUp);
        expect(heights).to.deep.equal([head]);
      },
      { onCaughtUp },
    );
  });

  describe('a fork', () => {
    it('is undone to the common ancestor with an alarm that names both branches', async () => {
      await withIndexer(async (indexer) => {
        await until(indexer, caughtUp);
        const abandoned = chain.head.hash;
        chain.cut(7);
        const ancestor = chain.head;
        chain.grow(9);
        const { alarms, height } = await until(indexer, (status) => caughtUp(status) && status.alarms > 0);
        expect({ alarms, height }).to.deep.equal({ alarms: 1, height: chain.head.number });
        const [alarm] = await query(database, 'select code, facts from chain.alarm');
        expect(alarm?.code).to.equal('REORG');
        expect(alarm?.facts.ancestor.number).to.be.at.most(ancestor.number);
        expect(alarm?.facts.abandoned[0].hash).to.equal(abandoned);
        expect(alarm?.facts.adopted).to.not.be.empty;
        const [kept] = await query(database, 'select count(*)::int as logs from chain.abandoned_log');
        expect(kept?.logs).to.equal(alarm?.facts.abandonedLogs);
      });
      const other = postgres.url('followFork');
      await indexOnce(config({ database: other }));
      expect(await contentsOf(database)).to.deep.equal(await contentsOf(other));
    });

    it('of equal height is seen', async () => {
      await withIndexer(async (indexer) => {
        await until(indexer, caughtUp);
        chain.cut(1);
        chain.grow(1, 0);
        await until(indexer, ({ alarms }) => alarms === 1);
        await until(indexer, caughtUp);
        expect((await indexer.reader.checkpoint())?.hash).to.equal(chain.head.hash);
      });
    });
  });

  describe('a chain that lost blocks', () => {
    it('is followed back after a while', async () => {
      await withIndexer(
        async (indexer) => {
          await until(indexer, caughtUp);
          chain.cut(5);
          const { height, alarms } = await until(indexer, (status) => caughtUp(status) && status.height === chain.head.number);
          expect({ height, alarms }).to.deep.equal({ height: chain.head.number, alarms: 1 });
        },
        { lossPatienceMs: 30 },
      );
    });

    it('is not believed at once', async () => {
      await withIndexer(async (indexer) => {
        await until(indexer, caughtUp);
        node.faults = { lag: 1 };
        await sleep(400);
        expect(indexer.status()).to.include({ height: chain.head.number, alarms: 0 });
      });
    });
  });

  describe('a node that leaves out logs', () => {
    it('is asked again', async () => {
      node.faults = { omissions: 0.5 };
      const { alarms } = await indexOnce(config());
      expect(alarms).to.equal(0);
    });

    it('for good leaves the index incomplete, until it gives them', async () => {
      node.faults = { omissions: 1 };
      await withIndexer(async (indexer) => {
        const { complete, alarms } = await until(indexer, ({ height, alarms }) => height === chain.head.number && alarms > 0);
        expect(complete).to.equal(false);
        expect(alarms).to.be.greaterThan(0);
        expect((await indexer.reader.checkpoint())?.complete).to.equal(false);
      });
      node.faults = {};
      await indexOnce(config());
      const clean = postgres.url('followOmission');
      await indexOnce(config({ database: clean }));
      expect(await contentsOf(database)).to.deep.equal(await contentsOf(clean));
    });
  });

  describe('the database', () => {
    it('of another ledger is refused', async () => {
      await indexOnce(config());
      await withIndexer(
        async (indexer) => {
          const { problem } = await until(indexer, (status) => status.problem !== null);
          expect(problem?.code).to.equal('OTHER_LEDGER');
        },
        { contract: `0x${'cd'.repeat(20)}` },
      );
    });

    it('has one writer', async () => {
      await withIndexer(async (first) => {
        await until(first, caughtUp);
        await withIndexer(async (second) => {
          const { problem } = await until(second, (status) => status.problem !== null);
          expect(problem?.code).to.equal('WRITER_ACTIVE');
        });
      });
    });

    it('is connected to again after it dropped its connections', async () => {
      await withIndexer(async (indexer) => {
        await until(indexer, caughtUp);
        await query(
          database,
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        );
        chain.grow(3);
        await until(indexer, caughtUp);
        expect((await indexer.reader.checkpoint())?.height).to.equal(chain.head.number);
      });
    });
  });

  describe('a process that is killed', () => {
    it('loses and doubles nothing, and indexes again within two seconds', async () => {
      const random = new Random(5);
      for (let kill = 0; kill < KILLS; kill++) {
        chain.grow(20);
        const child = fork(new URL('./support/indexForever.ts', import.meta.url), [JSON.stringify(config())], { stdio: 'ignore' });
        await sleep(250 + random.below(350));
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      const started = performance.now();
      await indexOnce(config());
      expect(performance.now() - started).to.be.below(2_000);
      const clean = postgres.url('followKilled');
      await indexOnce(config({ database: clean }));
      expect(await contentsOf(database)).to.deep.equal(await contentsOf(clean));
    });
  });

  describe('rebuild', () => {
    it('gives equal rows and digest without the chain', async () => {
      const { sequence } = await indexOnce(config());
      const before = await contentsOf(database);
      await query(database, 'delete from projection.subject_entry');
      const { logs } = await rebuild(database);
      expect(logs).to.equal(sequence);
      expect(await contentsOf(database)).to.deep.equal(before);
    });

    it('refuses a damaged archive, and leaves the rows alone', async () => {
      await indexOnce(config());
      await query(
        database,
        'update chain.log set data = set_byte(data, 0, 1 - get_byte(data, 0)) where (block, log_index) in (select block, log_index from chain.log limit 1)',
      );
      const before = await contentsOf(database);
      const error = await rebuild(database).catch((reason: unknown) => reason);
      expect(error).to.have.property('code').that.is.oneOf(['ARCHIVE_DAMAGED']);
      expect(await contentsOf(database)).to.deep.equal(before);
    });

    it('is done by itself for a newer projection', async () => {
      await indexOnce(config());
      const before = await contentsOf(database);
      await query(database, "update chain.checkpoint set projection = '0'");
      await query(database, 'delete from projection.record');
      await indexOnce(config());
      expect(await contentsOf(database)).to.deep.equal(before);
    });
  });

  describe('digest', () => {
    it('at a height does not depend on the ranges that were read', async () => {
      const other = postgres.url('followRanges');
      node.faults = { mostBlocks: 3 };
      await indexOnce(config());
      node.faults = {};
      await indexOnce(config({ database: other }));
      await withIndexer(async (one) => {
        await withIndexer(
          async (two) => {
            for (const height of [0, 1, 17, 50, 99, 100]) {
              const [a, b] = await Promise.all([one.reader.blockAt(height), two.reader.blockAt(height)]);
              expect({ digest: a?.digest, sequence: a?.sequence }).to.deep.equal({ digest: b?.digest, sequence: b?.sequence });
              expect(a?.sequence).to.equal(chain.blocks[height]?.sequence);
            }
            expect(await one.reader.blockAt(101)).to.equal(undefined);
          },
          { database: other },
        );
      });
    });
  });
});
