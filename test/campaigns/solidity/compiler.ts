import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Sources } from './sources.ts';

/** As much of a node of the compiler's syntax tree as all have in common; `src` is `start:length:file` in bytes. */
export interface Node {
  readonly id: number;
  readonly nodeType: string;
  readonly src: string;
  readonly [field: string]: unknown;
}

interface CompiledContract {
  readonly abi: readonly { readonly type: string; readonly name?: string }[];
  readonly evm: { readonly bytecode: { readonly object: string }; readonly deployedBytecode: { readonly object: string } };
}

export interface Compilation {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly sources?: Readonly<Record<string, { readonly ast: Node }>>;
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, CompiledContract>>>>;
}

/** Runs before it is replaced: the compiler's memory only grows. */
const LIFE = 20;

/**
 * The compiler of hardhat.config.ts in a thread of its own, without its optimiser: no test asks how much gas a call takes, and all contracts with all tests
 * compile in an eighth of the time.
 */
export class Compiler {
  #worker: Worker | undefined;
  #runs = 0;

  /** Code of the contracts in `wanted`, or the syntax trees of all. */
  async compile(sources: Sources, wanted: readonly string[] | 'trees'): Promise<Compilation> {
    const output = ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'];
    const input = {
      language: 'Solidity',
      sources: Object.fromEntries([...sources].map(([path, content]) => [path, { content }])),
      settings: {
        evmVersion: 'cancun',
        metadata: { bytecodeHash: 'none' },
        outputSelection: wanted === 'trees' ? { '*': { '': ['ast'] } } : Object.fromEntries(wanted.map((file) => [file, { '*': output }])),
      },
    };
    if (this.#runs++ % LIFE === 0) await this.#replace();
    const worker = this.#worker as Worker;
    worker.postMessage(JSON.stringify(input));
    const [answer] = (await once(worker, 'message')) as [string];
    return JSON.parse(answer) as Compilation;
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #replace(): Promise<void> {
    await this.stop();
    this.#worker = new Worker(new URL('./compileWorker.ts', import.meta.url));
  }
}

/** Why it does not compile; undefined when it does. */
export function failureOf(compilation: Compilation): string | undefined {
  return compilation.errors?.find(({ severity }) => severity === 'error')?.formattedMessage;
}
