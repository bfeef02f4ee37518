import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Addresses of the built files under `/assets/`, as `dist/assets/manifest.json` names them; sizes in bytes. */
export interface WebBuild {
  assets: { style: string; script: string };
  gzipped: { style: number; script: number };
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the pages' files are built. */
const ASSETS = join(ROOT, 'dist', 'assets');

/** Builds the pages' script and style into a folder, named by content so that they may be cached for ever, and a `manifest.json` beside them. */
export async function buildWeb(folder = ASSETS): Promise<WebBuild> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'web/client/page.ts'), join(ROOT, 'web/style/page.css')],
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
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).filter((name) => /^page-.*\.(js|css)$/.test(name))) rmSync(join(folder, old));
  const kept = (extension: '.js' | '.css') => {
    const file = outputFiles.find(({ path }) => path.endsWith(extension));
    if (file === undefined) throw new Error(`esbuild wrote no ${extension}`);
    const name = `page-${createHash('sha256').update(file.contents).digest('hex').slice(0, 12)}${extension}`;
    writeFileSync(join(folder, name), file.contents);
    return { address: `/assets/${name}`, size: gzipSync(file.contents, { level: 9 }).length };
  };
  const [script, style] = [kept('.js'), kept('.css')];
  const assets = { style: style.address, script: script.address };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(assets));
  return { assets, gzipped: { style: style.size, script: script.size } };
}
