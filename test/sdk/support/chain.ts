import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { anvilBinary } from '../../../deploy/local/chain.ts';
import { FastProvider } from '../../../sdk/chain/provider.ts';

/** Chain id of the tests' chains. */
export const CHAIN_ID = 31_337;

/** A chain of one test file: in memory unless `args` say otherwise. */
export interface TestChain {
  url: string;
  provider: FastProvider;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts anvil with zero fees on `port`, and resolves when it answers. */
export async function startTestChain(args: readonly string[] = [], port?: number): Promise<TestChain> {
  const at = port ?? (await freePort());
  const url = `http://127.0.0.1:${at}`;
  const child = spawn(
    anvilBinary(),
    [
      ...['--host', '127.0.0.1', '--port', String(at), '--chain-id', String(CHAIN_ID), '--hardfork', 'cancun', '--silent'],
      ...['--base-fee', '0', '--gas-price', '0', '--disable-min-priority-fee', '--gas-limit', '300000000', '--accounts', '1', ...args],
    ],
    { stdio: 'ignore' },
  );
  const provider = new FastProvider(url, CHAIN_ID);
  for (let attempt = 0; ; attempt++) {
    try {
      await provider.assertChain();
      break;
    } catch (error) {
      if (attempt === 200 || child.exitCode !== null) throw error;
      await sleep(25);
    }
  }
  return {
    url,
    provider,
    process: child,
    async stop() {
      provider.destroy();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    },
  };
}
