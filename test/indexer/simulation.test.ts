import { expect } from 'chai';
import { startIndexer } from '../../indexer/run.ts';
import { contentsOf, indexOnce, until } from './support/indexing.ts';
import { type Faults, type MockNode, startMockNode } from './support/mockNode.ts';
import { query, usePostgres } from './support/postgres.ts';
import { Random } from './support/random.ts';
import { CONTRACT, SyntheticChain } from './support/syntheticChain.ts';

/** Seeds, and first seed, of a run; a campaign sets them: `SIMULATION_SEEDS=200 SIMULATION_FIRST=1000`. */
const SEEDS = Number(process.env.SIMULATION_SEEDS ?? 5);
const FIRST = Number(process.env.SIMULATION_FIRST ?? 1);
const STEPS = 8;
const DEEPEST_FORK = 64;
const KILL_WRITERS =
  "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tidemark-indexer' and datname = current_database()";

describe('indexer', () => {
  const postgres = usePostgres();

  describe('in a simulation of failures', () => {
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++)
      it(`ends with the index of a clean run, seed ${seed}`, async () => {
        const random = new Random(seed);
        const chain = new SyntheticChain(random);
        chain.grow(1 + random.below(300));
        const node = await startMockNode(chain, random, faultsOf(random));
        try {
          await disturb(random, chain, node, postgres.url(`simulated${seed}`));
          node.faults = {};
          const config = { name: 'clean', rpcUrl: node.url, contract: CONTRACT, startBlock: 0 };
          await indexOnce({ ...config, database: postgres.url(`simulated${seed}`) });
          await indexOnce({ ...config, database: postgres.url(`clean${seed}`) });
          expect(await contentsOf(postgres.url(`simulated${seed}`))).to.deep.equal(await contentsOf(postgres.url(`clean${seed}`)));
        } finally {
          await node.close();
        }
      });
  });
});

/** Lets an index live through growth, forks, lost blocks, and connections that break at any point. */
async function disturb(random: Random, chain: SyntheticChain, node: MockNode, database: string): Promise<void> {
  let indexer = await startIndexer({
    name: 'simulated',
    rpcUrl: node.url,
    contract: CONTRACT,
    startBlock: 0,
    database,
    lossPatienceMs: 50,
  });
  for (let step = 0; step < STEPS; step++) {
    await new Promise((resolve) => setTimeout(resolve, random.below(60)));
    switch (random.below(5)) {
      case 0:
        chain.grow(1 + random.below(20));
        break;
      case 1:
        chain.cut(1 + random.below(DEEPEST_FORK));
        chain.grow(1 + random.below(2 * DEEPEST_FORK));
        break;
      case 2:
        // A crash of the chain: blocks are lost, and nothing comes after them for a while.
        chain.cut(1 + random.below(10));
        break;
      case 3:
        await query(database, KILL_WRITERS).catch(() => undefined);
        break;
      default:
        await indexer.stop();
        indexer = await startIndexer({
          name: 'simulated',
          rpcUrl: node.url,
          contract: CONTRACT,
          startBlock: 0,
          database,
          lossPatienceMs: 50,
        });
    }
  }
  chain.grow(5);
  node.faults = {};
  await until(indexer, ({ complete, lagBlocks, head }) => complete && lagBlocks === 0 && head === chain.head.number);
  await indexer.stop();
}

function faultsOf(random: Random): Faults {
  const share = () => (random.chance(0.5) ? random.next() * 0.3 : 0);
  return {
    ...{ errors: share(), duplicates: share(), reorder: share(), omissions: share(), lag: share() },
    undated: random.chance(0.3),
    ...(random.chance(0.3) ? { mostBlocks: 1 + random.below(20) } : {}),
  };
}
