import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoMembers, SCENARIOS } from '../../deploy/local/demo.ts';
import { runDemo } from '../../deploy/local/runDemo.ts';
import { portsFrom, type System, startSystem } from '../../deploy/local/system.ts';
import { temporaryHome } from './temporaryHome.ts';

/** Root of the checkout. */
export const root = join(import.meta.dirname, '..', '..');

/** Away from the ports of a system that somebody runs beside the tests, and below those that the machine hands out (32,768 and up). */
export const PORT_OFFSET = 8_000 + (process.pid % 400) * 50;

/** The whole system with the demo ledger, started once for all files of this folder and stopped with them. */
export interface RunningSystem {
  system: System;
  home: string;
  /** Runs a command of the command line against this system; never throws. */
  tidemark(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  /** A GraphQL query at one node. */
  query<Data>(node: 'qingdao' | 'korea', query: string, variables?: Record<string, unknown>): Promise<Data>;
}

let running: Promise<RunningSystem> | undefined;

/** The system; the first caller waits until it is up. */
export function runningSystem(): Promise<RunningSystem> {
  running ??= start();
  return running;
}

/** Ends the system, if one was started. */
export async function stopSystem(): Promise<void> {
  if (running === undefined) return;
  const { system, home } = await running;
  await system.stop();
  rmSync(home, { recursive: true, force: true });
}

async function start(): Promise<RunningSystem> {
  const home = temporaryHome('tidemark-system-');
  const data = join(root, 'deploy', 'demo');
  const system = await startSystem({ root, home, ports: portsFrom(PORT_OFFSET), members: demoMembers(data) });
  await runDemo(SCENARIOS, { data, home }, () => {});
  return {
    system,
    home,
    tidemark: (...args) => run([join(root, 'scripts', 'tidemark.ts'), ...args], home),
    async query<Data>(node: 'qingdao' | 'korea', query: string, variables = {}) {
      const response = await fetch(`${system.nodes[node].url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data: answer, errors } = (await response.json()) as { data: Data; errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return answer;
    },
  };
}

function run(args: string[], home: string): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, TIDEMARK_HOME: home };
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...args],
      { cwd: root, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      },
    );
  });
}
