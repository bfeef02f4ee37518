import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ManagedProcess, startProcess } from './processes.ts';

/** The embedded chain: anvil from npm, for trying and developing, never a durable ledger (docs/OPERATIONS.md says what to run instead). */
export interface LocalChain {
  readonly url: string;
  readonly process: ManagedProcess;
}

/** Chain id of the embedded chain. */
export const LOCAL_CHAIN_ID = 880_016;

const START_PATIENCE_MS = 20_000;
const STATE_INTERVAL_SECONDS = '10';

/** Starts anvil on 127.0.0.1:`port`, its state kept under `directory` unless other options are given, and resolves when it answers. */
export async function startChain(directory: string, port: number, options = stateUnder(directory)): Promise<LocalChain> {
  const url = `http://127.0.0.1:${port}`;
  const chain = await startProcess(
    'chain',
    anvilBinary(),
    [
      ...['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(LOCAL_CHAIN_ID), '--hardfork', 'cancun'],
      // Zero fees (reference: Besu's zeroBaseFee), no funded development accounts with publicly known keys.
      ...['--base-fee', '0', '--gas-price', '0', '--disable-min-priority-fee', '--gas-limit', '300000000', '--accounts', '0'],
      ...['--cache-path', join(directory, 'cache'), ...options],
    ],
    join(directory, 'chain.log'),
    process.env,
    () => silent(url),
  );
  await answering(url, chain);
  return { url, process: chain };
}

function stateUnder(directory: string): string[] {
  return ['--state', join(directory, 'state.json'), '--state-interval', STATE_INTERVAL_SECONDS];
}

/** Path of the anvil binary inside its npm package (the package's own launcher would cost a second process). */
export function anvilBinary(): string {
  const platform = process.platform === 'win32' ? 'win32' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${platform}-${arch}/package.json`);
  return join(dirname(manifest), 'bin', 'anvil');
}

/** A chain that is still ending on this port must not be taken for the one that is started. */
async function silent(url: string): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  for (let id = await chainIdAt(url); id !== undefined; id = await chainIdAt(url)) {
    if (Date.now() > deadline) throw new Error(`a chain (${id}) answers at ${url}: stop it, or choose another port with --port-offset`);
    await sleep(200);
  }
}

async function answering(url: string, process: ManagedProcess): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  let exited = false;
  void process.ended.then(() => {
    exited = true;
  });
  while (Date.now() < deadline) {
    if (exited) throw new Error(`the chain stopped at once: is the port of ${url} in use?`);
    if ((await chainIdAt(url)) === LOCAL_CHAIN_ID) return;
    await sleep(50);
  }
  throw new Error(`the chain at ${url} did not answer within ${START_PATIENCE_MS / 1000} s`);
}

async function chainIdAt(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
    });
    const { result } = (await response.json()) as { result: string };
    return Number(result);
  } catch {
    return undefined;
  }
}
