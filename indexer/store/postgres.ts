import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createDatabase } from './openIndex.ts';
import { type Binaries, findBinaries } from './postgresBinaries.ts';
import { type Place, placeFor } from './postgresPlace.ts';

/** A PostgreSQL server of our own. */
export interface RunningPostgres {
  readonly port: number;
  /** Connection string of a database, with the server's password; the database is made by who first writes to it. */
  url(database: string): string;
  /** Makes a database where it does not exist. */
  createDatabase(database: string): Promise<void>;
  /** Ends the server after what is being written. */
  stop(): Promise<void>;
}

/** Where the server keeps its data, and listens. */
export interface PostgresOptions {
  /** Folder of the data; made when missing. Deleting it is safe: an index is rebuilt from the chain. */
  readonly dataDir: string;
  /** On 127.0.0.1. */
  readonly port: number;
}

const USER = 'tidemark';
const PASSWORD_FILE = 'tidemark.password';
const START_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 20_000;
const LOOK_MS = 20;

/**
 * Starts PostgreSQL from npm's binaries: on 127.0.0.1 only, without a Unix socket, with a random password (other users of the machine can reach loopback),
 * and with fsync on. A server that an earlier process left running on this data is taken over.
 *
 * PostgreSQL refuses to run as root. Started by root, the server runs as `nobody`, and where `nobody` cannot reach the data folder or the binaries (a
 * checkout under /root, say), they are kept in a folder of their own outside, and `dataDir` becomes a link to it (see `placeFor`).
 *
 * @throws Error when the server does not start, with the end of its log
 */
export async function startPostgres({ dataDir, port }: PostgresOptions): Promise<RunningPostgres> {
  const place = await placeFor(dataDir);
  const binaries = await findBinaries(place);
  if (!existsSync(join(place.data, 'PG_VERSION'))) await initialise(place, binaries);
  const password = await readFile(join(place.data, PASSWORD_FILE), 'utf8');
  const urlAt = (at: number, database: string) => `postgres://${USER}:${password}@127.0.0.1:${at}/${encodeURIComponent(database)}`;
  const server = await running(place, binaries, port, (at) => urlAt(at, 'postgres'));
  const url = (database: string) => urlAt(server.port, database);
  return { port: server.port, url, createDatabase: (database) => createDatabase(url(database)), stop: () => stop(server) };
}

interface Server {
  readonly pid: number;
  readonly port: number;
  /** Whether the process still runs. */
  runs(): boolean;
}

async function initialise(place: Place, { initdb, environment }: Binaries): Promise<void> {
  // A folder without PG_VERSION is what an interrupted first start leaves.
  await rm(place.data, { recursive: true, force: true });
  await mkdir(place.data, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  const passwordFile = `${place.data}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  await give(place, place.data, passwordFile);
  const args = ['--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'];
  await run(initdb, [...args, '--pgdata', place.data], place, environment);
  const kept = join(place.data, PASSWORD_FILE);
  await writeFile(kept, password, { mode: 0o600 });
  await give(place, kept);
  await rm(passwordFile);
}

/** Makes files the server's user's. */
async function give({ user }: Place, ...paths: readonly string[]): Promise<void> {
  if (user === undefined) return;
  for (const path of paths) await chown(path, user.uid, user.gid);
}

async function run(command: string, args: readonly string[], { user }: Place, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(command, args, { ...user, env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.trim()}`);
}

/** Takes over the server that runs, or starts one, and waits for its answer. */
async function running(place: Place, binaries: Binaries, port: number, urlAt: (port: number) => string): Promise<Server> {
  const deadline = Date.now() + START_PATIENCE_MS;
  for (;;) {
    const server = (await leftBehind(place)) ?? (await launch(place, binaries, port));
    if (await answers(urlAt(server.port), server, deadline)) return server;
    const log = await readFile(join(place.data, 'log', 'server.log'), 'utf8').catch(() => '');
    const end = log.split('\n').slice(-8).join('\n');
    // Workers of a server that was killed outlive it by a moment; one that was shutting down when it was found has gone by now.
    if (Date.now() > deadline || !/shared memory block|shut down/.test(end)) throw new Error(`PostgreSQL did not start\n${end}`);
    await sleep(10 * LOOK_MS);
  }
}

async function launch(place: Place, { postgres, environment }: Binaries, port: number): Promise<Server> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    logging_collector: 'on',
    log_filename: 'server.log',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // In a process group of its own, so that Ctrl-C reaches it only through `stop`, after those who use it.
  const child: ChildProcess = spawn(postgres, ['-D', place.data, ...args], {
    ...place.user,
    env: environment,
    cwd: '/',
    stdio: 'ignore',
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.unref();
  return { pid: child.pid as number, port, runs: () => child.exitCode === null && child.signalCode === null };
}

/** The server that an earlier process left running on this data. */
async function leftBehind({ data }: Place): Promise<Server | undefined> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  // PostgreSQL documentation, "Database File Layout": process id, data folder, start time, port.
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (isServerOf(pid, data)) return { pid, port, runs: () => isServerOf(pid, data) };
  // A file with the id of a process that has ended is PostgreSQL's to judge; one whose id another program has by now would keep it from starting.
  if (isAlive(pid)) await rm(file, { force: true });
  return undefined;
}

function isServerOf(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data);
  } catch {
    // Without /proc (macOS) the process id has to do; a process that has just ended is none.
    return !existsSync('/proc/self');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Waits until a server lets us in; false when it ends, or `deadline` passes, before. */
async function answers(url: string, server: Server, deadline: number): Promise<boolean> {
  while (server.runs() && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await sleep(LOOK_MS);
    }
  }
  return false;
}

async function stop(server: Server): Promise<void> {
  if (!server.runs()) return;
  // "Fast shutdown": open transactions are rolled back, connections closed, a checkpoint written.
  process.kill(server.pid, 'SIGINT');
  const deadline = Date.now() + STOP_PATIENCE_MS;
  while (server.runs() && Date.now() < deadline) await sleep(LOOK_MS);
  if (server.runs()) process.kill(server.pid, 'SIGQUIT');
}
