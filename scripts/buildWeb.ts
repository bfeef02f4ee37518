import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Addresses of the built files under `/assets/`, as `dist/assets/manifest.json` names them; sizes in bytes. */
export interface WebBuild {
  /** Of the consumer's page, and beside them those of the page of a trace. */
  assets: PageFiles<string> & { trace: PageFiles<string> };
  gzipped: PageFiles<number> & { trace: PageFiles<number> };
}

interface PageFiles<Value> {
  style: Value;
  script: Value;
}

const ENTRIES = { page: ['web/client/page.ts', 'web/style/page.css'], trace: ['web/client/tracePage.ts', 'web/style/trace.css'] } as const;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the pages' files are built. */
const ASSETS = join(ROOT, 'dist', 'assets');

/** Builds the pages' script and style into a folder, named by content so that they may be cached for ever, and a `manifest.json` beside them. */
export async function buildWeb(folder = ASSETS): Promise<WebBuild> {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).filter((name) => /^(page|trace)-.*\.(js|css)$/.test(name))) rmSync(join(folder, old));
  const [page, trace] = await Promise.all([buildPage(folder, 'page'), buildPage(folder, 'trace')]);
  const assets = { ...page.assets, trace: trace.assets };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(assets));
  return { assets, gzipped: { ...page.gzipped, trace: trace.gzipped } };
}

async function buildPage(folder: string, name: keyof typeof ENTRIES): Promise<{ assets: PageFiles<string>; gzipped: PageFiles<number> }> {
  const { outputFiles } = await build({
    entryPoints: ENTRIES[name].map((path) => join(ROOT, path)),
    outdir: folder,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome100', 'safari15.4', 'firefox100'],
    legalComments: 'none',
    // The pages' texts as they are: escaped, Chinese and Korean take twice the space.
    charset: 'utf8',
  });
  const kept = (extension: '.js' | '.css') => {
    const file = outputFiles.find(({ path }) => path.endsWith(extension));
    if (file === undefined) throw new Error(`esbuild wrote no ${extension}`);
    const built = `${name}-${createHash('sha256').update(file.contents).digest('hex').slice(0, 12)}${extension}`;
    writeFileSync(join(folder, built), file.contents);
    return { address: `/assets/${built}`, size: gzipSync(file.contents, { level: 9 }).length };
  };
  const [script, style] = [kept('.js'), kept('.css')];
  return { assets: { style: style.address, script: script.address }, gzipped: { style: style.size, script: script.size } };
}
