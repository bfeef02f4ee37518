import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';

const ROOT = dirname(dirname(import.meta.dirname));

/** What a run of the command line printed, and its exit code. */
export interface Ran {
  exit: number;
  out: string;
  err: string;
}

/** Runs the command line in a process of its own, without a terminal. */
export function tidemark(args: readonly string[], home: string, environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const env = { ...process.env, TIDEMARK_HOME: home, ...environment };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...process.execArgv, join(ROOT, 'scripts', 'tidemark.ts'), ...args],
      { env, cwd: ROOT },
      (error, out, err) => {
        resolve({ exit: error === null ? 0 : Number(error.code), out, err });
      },
    );
  });
}
