import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Source text by path from the project's root, or for a package's file by its import path. */
export type Sources = ReadonlyMap<string, string>;

/** All Solidity of the project, and what it imports from packages. */
export function readSources(root: string): Sources {
  const sources = new Map<string, string>();
  for (const path of globSync('{contracts,test/contracts}/**/*.sol', { cwd: root }).sort()) {
    sources.set(path, readFileSync(join(root, path), 'utf8'));
  }
  // The map grows while it is walked: imports of imports too.
  for (const [path, text] of sources) {
    for (const imported of importsOf(path, text)) {
      if (!sources.has(imported)) sources.set(imported, readFileSync(join(root, 'node_modules', imported), 'utf8'));
    }
  }
  return sources;
}

/** What the compiler needs for these files: them and all that they import. */
export function closureOf(sources: Sources, files: readonly string[]): Sources {
  const closure = new Map<string, string>(files.map((file) => [file, textOf(sources, file)]));
  for (const [path, text] of closure) {
    for (const imported of importsOf(path, text)) closure.set(imported, textOf(sources, imported));
  }
  return closure;
}

export function textOf(sources: Sources, path: string): string {
  const text = sources.get(path);
  if (text === undefined) throw new Error(`no source ${path}`);
  return text;
}

/** SHA-256 of paths and texts. */
export function digestOf(sources: Sources): string {
  const sorted = [...sources].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(/^import [^;]*"([^"]+)";/gm)].map(([, target = '']) =>
    target.startsWith('.') ? posix.join(posix.dirname(path), target) : target,
  );
}
