import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { headCount } from '../../protocol/ledger/ids.ts';
import { issuerHeadSlot } from '../../protocol/ledger/slots.ts';
import { verifyBundle } from '../../protocol/verdict/verifyBundle.ts';
import { readWord } from '../../sdk/chain/readState.ts';
import { readBundle } from '../../sdk/verify/readBundle.ts';
import { hasArtifact } from '../sdk/support/ledger.ts';
import { startWorld, type World } from '../sdk/support/world.ts';

const ROOT = dirname(dirname(import.meta.dirname));
// More moments: TIDEMARK_KILLS=200.
const KILLS = Number(process.env.TIDEMARK_KILLS ?? 6);
const DOCUMENTS = 120;

describe('notarise that is killed', () => {
  let world: World;

  before(async function () {
    if (!hasArtifact) this.skip();
    world = await startWorld();
  });

  after(() => world?.stop());

  it('goes on where it stopped and doubles nothing', async function () {
    this.timeout(60_000 + KILLS * 10_000);
    const folder = join(world.home, 'reports');
    mkdirSync(folder);
    for (let number = 0; number < DOCUMENTS; number++) {
      writeFileSync(join(folder, `K-${number}.json`), readFileSync(world.report(`K-${number}`, `LOT${number}`)));
    }
    const out = join(world.home, 'killed');
    for (let kill = 0; kill < KILLS; kill++) await run(folder, out, 300 + Math.random() * 2_000);
    expect(await run(folder, out, undefined)).to.equal(0);
    const leaves = readdirSync(out).map((name) => readBundle(join(out, name)).documents[0].anchor.leaf);
    expect({ bundles: leaves.length, different: new Set(leaves).size }).to.deep.equal({ bundles: DOCUMENTS, different: DOCUMENTS });
    const head = await readWord(world.ledger, issuerHeadSlot(1));
    expect(headCount(`0x${head.toString(16).padStart(64, '0')}`)).to.equal(1);
    const verdict = verifyBundle(readBundle(join(out, `K-${DOCUMENTS - 1}.bundle.json`)), world.nodes.trust, {
      now: new Date().toISOString(),
    });
    expect(verdict.answer).to.equal('VALID');
  });

  /** Runs the command and kills it with SIGKILL after some milliseconds, or lets it finish; returns its exit code. */
  async function run(folder: string, out: string, afterMs: number | undefined): Promise<number | null> {
    const args = [join(ROOT, 'scripts', 'tidemark.ts'), 'notarise', folder, '--member', 'lab', '--out', out];
    const child = spawn(process.execPath, [...process.execArgv, ...args], {
      env: { ...process.env, TIDEMARK_HOME: world.home },
      stdio: 'ignore',
    });
    const timer = afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs);
    const [code] = await once(child, 'exit');
    clearTimeout(timer);
    return code as number | null;
  }
});
