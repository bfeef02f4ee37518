import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A child process of the local system: its log goes to a file, and it ends when asked. */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves with the exit code when the process has ended, whoever ended it. */
  readonly ended: Promise<number>;
  /** Asks the process to end (SIGTERM), kills it after `patienceMs`, and resolves when it has ended. */
  stop(patienceMs?: number): Promise<void>;
}

const STOP_PATIENCE_MS = 15_000;

/**
 * Starts `command` with its output appended to `logFile`.
 *
 * The child gets its own process group: Ctrl-C in the terminal then reaches only the start command, which ends its children in order
 * (nodes first, then database and chain), instead of all of them at once. Its id is kept beside the log; what a start that was killed left running is ended first
 * (`whenCleared` is awaited between the two).
 */
export async function startProcess(
  name: string,
  command: string,
  args: readonly string[],
  logFile: string,
  env: NodeJS.ProcessEnv = process.env,
  whenCleared: () => Promise<void> = async () => {},
): Promise<ManagedProcess> {
  mkdirSync(dirname(logFile), { recursive: true });
  const idFile = logFile.replace(/\.log$/, '.pid');
  await endLeftOver(idFile, [command, ...args].join(' '));
  await whenCleared();
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { stdio: ['ignore', log, log], env, detached: true });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started: ${command} is missing or not executable`);
  writeFileSync(idFile, String(pid));
  const ended = once(child, 'exit').then(([code]) => {
    rmSync(idFile, { force: true });
    return (code as number | null) ?? 1;
  });
  return {
    ...{ name, pid, logFile, ended },
    async stop(patienceMs = STOP_PATIENCE_MS) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Ends the process that an earlier start left running: only if its id still belongs to the same command. */
async function endLeftOver(idFile: string, command: string): Promise<void> {
  const pid = readId(idFile);
  if (pid === undefined || commandOf(pid) !== command) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + STOP_PATIENCE_MS;
  while (commandOf(pid) === command) {
    if (Date.now() > deadline) throw new Error(`process ${pid}, left by an earlier start, does not end: end it by hand (kill ${pid})`);
    await sleep(100);
  }
}

function readId(idFile: string): number | undefined {
  try {
    return Number(readFileSync(idFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
