import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { lstat, mkdir, readlink, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Whose server it is, and where its files are. */
export interface Place {
  /** The data folder itself, without links. */
  readonly data: string;
  /** User that the server runs as; undefined: who we are. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

const NOBODY = 65_534;
const OUTSIDE = '/var/lib/tidemark';

/**
 * Decides where a server's data lie.
 *
 * A usual user has them in `dataDir`. PostgreSQL refuses root, so root's server runs as `nobody`; if `nobody` can reach `dataDir` (every folder above may be
 * passed by others) they lie there too, and else in a folder under /var/lib/tidemark (or the system's temporary folder), named after `dataDir`, which
 * becomes a link to it. When the link was deleted, what it pointed to is deleted as well: deleting `dataDir` means to begin anew.
 */
export async function placeFor(dataDir: string): Promise<Place> {
  const wanted = resolve(dataDir);
  await mkdir(dirname(wanted), { recursive: true });
  const inside = join(await realpath(dirname(wanted)), basename(wanted));
  if (process.getuid?.() !== 0) return { data: inside, user: undefined };
  if (!(await isLink(inside)) && canPass(dirname(inside))) return { data: inside, user: nobody() };
  return { data: await outside(inside), user: nobody() };
}

/** Whether any user can pass through a folder and all above it. */
export function canPass(folder: string): boolean {
  const OTHERS_SEARCH = 0o001;
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & OTHERS_SEARCH) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** A folder that any user can pass through, for what cannot lie in the checkout. */
export async function outsideFolder(): Promise<string> {
  try {
    await mkdir(OUTSIDE, { recursive: true, mode: 0o755 });
    if (canPass(OUTSIDE)) return OUTSIDE;
  } catch {
    // A read-only system: the temporary folder has to do.
  }
  const folder = join(tmpdir(), 'tidemark');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  return folder;
}

async function outside(link: string): Promise<string> {
  if (await isLink(link)) {
    const target = await readlink(link);
    await mkdir(dirname(target), { recursive: true, mode: 0o755 });
    return target;
  }
  await rm(link, { recursive: true, force: true });
  const data = join(await outsideFolder(), `postgres-${createHash('sha256').update(link).digest('hex').slice(0, 16)}`);
  if (!existsSync(join(data, 'postmaster.pid'))) await rm(data, { recursive: true, force: true });
  await symlink(data, link);
  return data;
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() ?? false;
}

function nobody(): { uid: number; gid: number } {
  const line = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m) : null;
  return { uid: Number(line?.[1] ?? NOBODY), gid: Number(line?.[2] ?? NOBODY) };
}
