import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** A chain of its own for one test, on a free port of this machine. */
export interface Anvil {
  rpc<Result>(method: string, ...params: unknown[]): Promise<Result>;
  stop(): Promise<void>;
}

/** Starts anvil under the rules of a hard fork, with no fees and no block until `evm_mine` or a transaction. */
export async function startAnvil(hardfork: string): Promise<Anvil> {
  const child = spawn(binary(), ['--host', '127.0.0.1', '--port', '0', '--hardfork', hardfork, '--accounts', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await listening(child.stdout);
  let id = 0;
  return {
    async rpc<Result>(method: string, ...params: unknown[]) {
      const body = JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params });
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const answer = (await response.json()) as { result: Result; error?: { message: string } };
      if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
      return answer.result;
    },
    async stop() {
      child.kill();
      await exited;
    },
  };
}

async function listening(output: Readable): Promise<string> {
  let text = '';
  // anvil goes on printing, and would stop if nobody held the other end.
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const address = /Listening on (\S+)/.exec(text)?.[1];
    if (address === undefined) continue;
    output.resume();
    return `http://${address}`;
  }
  throw new Error(`anvil did not start: ${text}`);
}

/** The program itself: the package's own wrapper would leave it running when it is killed. */
function binary(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`);
  return join(dirname(manifest), 'bin', 'anvil');
}
