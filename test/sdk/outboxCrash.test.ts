import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { Wallet } from 'ethers';
import { startTestChain, type TestChain } from './support/chain.ts';

// More moments: TIDEMARK_KILLS=200.
const KILLS = Number(process.env.TIDEMARK_KILLS ?? 12);
const TARGET = `0x${'7e'.repeat(20)}`;
const A_RUN = 40;

describe('outbox in a process that is killed', () => {
  let chain: TestChain;
  let folder: string;

  before(async () => {
    chain = await startTestChain(['--block-time', '0.1']);
    folder = mkdtempSync(join(tmpdir(), 'tidemark-outbox-'));
  });

  after(async () => {
    await chain.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing that it acknowledged and doubles nothing', async function () {
    this.timeout(30_000 + KILLS * 5_000);
    const key = Wallet.createRandom().privateKey;
    const acknowledged = new Set<number>();
    for (let kill = 0; kill <= KILLS; kill++) {
      const first = acknowledged.size === 0 ? 0 : Math.max(...acknowledged) + 1;
      const killed = await runUntilKilled(
        [key, TARGET, String(first), String(kill === KILLS ? 1 : A_RUN)],
        kill === KILLS ? undefined : Math.random() * 250,
      );
      for (const number of killed.acknowledged) acknowledged.add(number);
      if (kill === KILLS) expect(killed.finished).to.equal(true);
    }
    const mined = await countMined(chain);
    const lost = [...acknowledged].filter((number) => !mined.has(number));
    const doubled = [...mined].filter(([, times]) => times > 1);
    expect({ lost, doubled }).to.deep.equal({ lost: [], doubled: [] });
    expect(acknowledged.size).to.be.greaterThan(KILLS);
  });

  /** Runs the submitter and kills it with SIGKILL some milliseconds after its outbox is open, or lets it finish. */
  async function runUntilKilled(args: string[], afterMs: number | undefined): Promise<{ acknowledged: number[]; finished: boolean }> {
    const script = join(import.meta.dirname, 'support', 'submitter.ts');
    const child = spawn(process.execPath, [...process.execArgv, script, chain.url, join(folder, 'outbox.sqlite'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const numbers: number[] = [];
    let finished = false;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'done') finished = true;
      else if (line !== 'open') numbers.push(Number(line));
      else if (afterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    await once(child, 'close');
    return { acknowledged: numbers, finished };
  }
});

/** How often each number stands in a block. */
async function countMined(chain: TestChain): Promise<Map<number, number>> {
  const height = await chain.provider.getBlockNumber();
  const times = new Map<number, number>();
  for (let number = 1; number <= height; number++) {
    const block = (await chain.provider.send('eth_getBlockByNumber', [`0x${number.toString(16)}`, true])) as {
      transactions: { to: string; input: string }[];
    };
    for (const { to, input } of block.transactions) {
      if (to.toLowerCase() === TARGET) times.set(Number(input), (times.get(Number(input)) ?? 0) + 1);
    }
  }
  return times;
}
