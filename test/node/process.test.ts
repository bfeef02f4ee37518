import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildNode } from '../../scripts/buildNode.ts';
import { inFolder } from '../api/support/outcomes.ts';

// Away from the checkout, so that it has no packages but those that are built in.
const built = mkdtempSync(join(tmpdir(), 'tidemark-node-'));

describe('a node', () => {
  before('build', () => buildNode(built));
  after('forget', () => rmSync(built, { recursive: true }));

  it('ends with 64 and its usage without a configuration', async () => {
    const { code, errors } = await ended(start([]));
    expect([code, errors.startsWith('usage:')]).to.deep.equal([64, true]);
  });

  it('ends with 78 and names the field of a bad configuration', () =>
    inFolder(async (folder) => {
      const file = configIn(folder, { port: 'four' });
      const { code, errors } = await ended(start(['--config', file]));
      expect(code).to.equal(78);
      expect(errors).to.include('/port: must be a port');
    }));

  it('ends with 78 where there is no deployment', () =>
    inFolder(async (folder) => {
      const { code, errors } = await ended(start(['--config', configIn(folder, { deployment: join(folder, 'none.json') })]));
      expect(code).to.equal(78);
      expect(errors).to.include('/deployment');
    }));

  it('lives without chain and database, is not ready, and ends with 0 when asked', () =>
    inFolder(async (folder) => {
      const port = await freePort();
      const child = start(['--config', configIn(folder, { port })]);
      const finished = ended(child);
      await answering(`http://127.0.0.1:${port}/health/live`);
      const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
      const ledger = await fetch(`http://127.0.0.1:${port}/checkpoint`);
      child.kill('SIGTERM');
      expect([ready.status, ledger.status]).to.deep.equal([503, 503]);
      expect((await finished).code).to.equal(0);
    }));

  it('that is killed leaves its compiled code to the next', () =>
    inFolder(async (folder) => {
      const port = await freePort();
      const cache = join(folder, 'cache');
      const child = start(['--config', configIn(folder, { port })], { NODE_COMPILE_CACHE: cache });
      const finished = ended(child);
      await answering(`http://127.0.0.1:${port}/health/live`);
      child.kill('SIGKILL');
      await finished;
      expect(readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).to.not.be.empty;
    }));
});

function configIn(folder: string, change: object): string {
  const file = (name: string) => join(folder, name);
  mkdirSync(file('data'), { recursive: true });
  // Nothing listens at port 1.
  const deployment = { chainId: 31337, contract: `0x${'c0'.repeat(20)}`, rpcUrl: 'http://127.0.0.1:1', deployedAt: 0 };
  writeFileSync(file('deployment.json'), JSON.stringify(deployment));
  writeFileSync(file('trust.json'), JSON.stringify({ chainId: 31337, contract: deployment.contract, witnesses: [], maxAge: 60 }));
  const config = {
    ...{ name: 'korea', shore: 'KR', port: 0, publicUrl: 'http://127.0.0.1', database: 'postgres://postgres@127.0.0.1:1/none' },
    ...{ data: file('data'), deployment: file('deployment.json'), trust: file('trust.json'), lanes: file('lanes') },
    ...{ profiles: file('profiles'), assets: file('assets'), documents: { kind: 'embedded' } },
  };
  writeFileSync(file('node.json'), JSON.stringify({ ...config, ...change }));
  return file('node.json');
}

function start(args: readonly string[], more: NodeJS.ProcessEnv = {}): ChildProcess {
  const { TIDEMARK_DATABASE: _, NODE_COMPILE_CACHE: __, ...env } = process.env;
  return spawn(process.execPath, [join(built, 'node.mjs'), ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...env, ...more } });
}

async function ended(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors: errors.replace(/^\(node:\d+\).*\n(\(Use .*\n)?/gm, '') };
}

async function answering(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
