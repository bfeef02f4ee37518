import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sources, textOf } from '../solidity/sources.ts';
import type { Memory, Outcome } from './memory.ts';
import { type Mutant, mutated } from './mutant.ts';

/** Copied, as each run changes them; all else is linked. */
const OWN = ['contracts', 'hardhat.config.ts'];
const LEFT_OUT = ['artifacts', 'cache', 'coverage', 'types'];
const FILES = ['events', 'storage', 'lawStorage', 'roles'].map((name) => `test/ledger/${name}.test.ts`);

/** The TypeScript tests of what readers rely on (events, storage, roles) on a mutant, in a copy of the project. */
export class LedgerSuite {
  readonly #root: string;
  readonly #copy: string;
  readonly #sources: Sources;
  readonly #memory: Memory;
  /** One run at a time: there is one copy. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(root: string, sources: Sources, memory: Memory) {
    this.#root = root;
    this.#sources = sources;
    this.#memory = memory;
    this.#copy = mkdtempSync(join(tmpdir(), 'tidemark-mutants-'));
    for (const name of OWN) cpSync(join(root, name), join(this.#copy, name), { recursive: true });
    const linked = readdirSync(root).filter((name) => !name.startsWith('.') && !OWN.includes(name) && !LEFT_OUT.includes(name));
    for (const name of linked) symlinkSync(join(root, name), join(this.#copy, name));
  }

  /** The first test that fails. Throws where one fails without the mutant. */
  async outcomeOf(mutant: Mutant): Promise<Outcome> {
    const turn = this.#last.then(async () => {
      const untouched = await this.#remembered(this.#sources, mutant.file);
      if (untouched.is !== 'passed') throw new Error(`test/ledger fails without a mutant: ${JSON.stringify(untouched)}`);
      return this.#remembered(mutated(this.#sources, mutant), mutant.file);
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  remove(): void {
    rmSync(this.#copy, { recursive: true, force: true });
  }

  async #remembered(sources: Sources, file: string): Promise<Outcome> {
    const digest = this.#digest(sources);
    const known = this.#memory.get(digest);
    if (known !== undefined) return known;
    const outcome = await this.#run(textOf(sources, file), file);
    this.#memory.set(digest, outcome);
    return outcome;
  }

  async #run(text: string, file: string): Promise<Outcome> {
    writeFileSync(join(this.#copy, file), text);
    try {
      const built = await this.#hardhat(['build', '--no-tests', '--build-profile', 'fast']);
      if (built.code !== 0) return { is: 'not compiled' };
      const { code, output } = await this.#hardhat(['test', 'mocha', '--no-compile', '--bail', ...FILES]);
      return code === 0 ? { is: 'passed' } : { is: 'failed', test: firstFailure(output) };
    } finally {
      writeFileSync(join(this.#copy, file), textOf(this.#sources, file));
    }
  }

  #hardhat(args: readonly string[]): Promise<{ code: number; output: string }> {
    return new Promise((resolve) => {
      const cli = join(this.#root, 'node_modules', 'hardhat', 'dist', 'src', 'cli.js');
      const child = spawn(process.execPath, [cli, ...args], { cwd: this.#copy, env: { ...process.env, FORCE_COLOR: '0' } });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
      child.on('close', (code) => resolve({ code: code ?? 1, output }));
    });
  }

  #digest(sources: Sources): string {
    const hash = createHash('sha256');
    for (const [path, text] of sources) if (path.startsWith('contracts/')) hash.update(`${path}\n${text}\n`);
    for (const path of globSync('test/ledger/**/*.ts', { cwd: this.#root }).sort()) hash.update(readFileSync(join(this.#root, path)));
    return `test/ledger ${hash.digest('hex')}`;
  }
}

/** Mocha's list of failures: `1) Ledger`, and the titles below it. */
function firstFailure(output: string): string {
  const lines = /\n {2}1\) ((?:.+\n)+)/.exec(output)?.[1]?.split('\n') ?? [];
  const titles = lines.map((line) => line.trim()).filter((line) => line !== '');
  return titles.join(' ').replace(/:$/, '') || 'it did not run to its end';
}
