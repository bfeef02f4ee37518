import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** A child process of the local system: its log goes to a file, and it ends when asked. */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  /** Resolves with the exit code when the process has ended, whoever ended it. */
  readonly ended: Promise<number>;
  /** Asks the process to end (SIGTERM), kills it after `patienceMs`, and resolves when it has ended. */
  stop(patienceMs?: number): Promise<void>;
}

/**
 * Starts `command` with its output appended to `logFile`.
 *
 * The child gets its own process group: Ctrl-C in the terminal then reaches only the start command, which ends its children in order
 * (nodes first, then database and chain), instead of all of them at once.
 */
export function startProcess(
  name: string,
  command: string,
  args: readonly string[],
  logFile: string,
  env: NodeJS.ProcessEnv = process.env,
): ManagedProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile, { flags: 'a' });
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  const ended = once(child, 'exit').then(([code]) => (code as number | null) ?? 1);
  if (child.pid === undefined) throw new Error(`${name} could not be started: ${command} is missing or not executable`);
  return {
    name,
    pid: child.pid,
    ended,
    async stop(patienceMs = 15_000) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
