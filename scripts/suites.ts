import { spawn } from 'node:child_process';

/** Counts of one suite's run. A suite that ends badly without naming a failure counts as one failure. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A command whose output ends in mocha's or Hardhat's "N passing / N failing / N pending"; `counts: 'exit code'` for a check that just passes or fails. */
export interface Suite {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly counts?: 'exit code';
}

/** Runs the suites one after the other, showing their output, and returns the sum of their counts. */
export async function runSuites(suites: readonly Suite[]): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) {
    const started = Date.now();
    process.stdout.write(`\n== ${suite.name}: ${suite.command.join(' ')}\n`);
    const { code, output } = await run(suite.command);
    const counts = suite.counts === 'exit code' ? byExitCode(code) : byOutput(output, code);
    process.stdout.write(`== ${suite.name}: ${sentence(counts)} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

/** The closing line that tools read. */
export function sentence(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

function byExitCode(code: number): Counts {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function byOutput(output: string, code: number): Counts {
  const counts = {
    passed: sum(output, /^\s*(\d+) passing/gm),
    failed: sum(output, /^\s*(\d+) failing/gm),
    skipped: sum(output, /^\s*(\d+) (?:pending|skipped)/gm),
  };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  // A runner that found no test must not look like success.
  if (code === 0 && counts.passed + counts.skipped === 0) counts.failed = 1;
  return counts;
}

function sum(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);
}

function run([command, ...args]: readonly [string, ...string[]]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, FORCE_COLOR: '0' } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      output += chunk.toString('utf8');
    });
    child.on('error', () => resolve({ code: 127, output }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
