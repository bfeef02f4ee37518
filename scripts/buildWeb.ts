import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import type { Language } from '../web/render/view.ts';

/** Addresses of the built files under `/assets/`, as `dist/assets/manifest.json` names them; sizes in bytes. */
export interface WebBuild {
  /** Of the consumer's page, whose script holds the words of one language, and beside them those of the page of a trace. */
  assets: ProductFiles<string> & { trace: PageFiles<string> };
  gzipped: ProductFiles<number> & { trace: PageFiles<number> };
}

interface ProductFiles<Value> {
  style: Value;
  scripts: Record<Language, Value>;
}

interface PageFiles<Value> {
  style: Value;
  script: Value;
}

interface BuiltPage {
  address: PageFiles<string>;
  size: PageFiles<number>;
}

const ENTRIES = { page: ['web/client/page.ts', 'web/style/page.css'], trace: ['web/client/tracePage.ts', 'web/style/trace.css'] } as const;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the pages' files are built. */
const ASSETS = join(ROOT, 'dist', 'assets');

/** Builds the pages' script and style into a folder, named by content so that they may be cached for ever, and a `manifest.json` beside them. */
export async function buildWeb(folder = ASSETS): Promise<WebBuild> {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).filter((name) => /^(page|trace)-.*\.(js|css)$/.test(name))) rmSync(join(folder, old));
  const product = (language: Language) => buildPage(folder, 'page', [onlyLanguage(language)]);
  const [zh, ko, en, trace] = await Promise.all([product('zh'), product('ko'), product('en'), buildPage(folder, 'trace', [])]);
  const scripts = { zh: zh.address.script, ko: ko.address.script, en: en.address.script };
  const sizes = { zh: zh.size.script, ko: ko.size.script, en: en.size.script };
  const assets = { style: en.address.style, scripts, trace: trace.address };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(assets));
  return { assets, gzipped: { style: en.size.style, scripts: sizes, trace: trace.size } };
}

/** Leaves the words of the other languages out: a page is read in one, and words are a third of its script. */
function onlyLanguage(language: Language): Plugin {
  return {
    name: 'one language',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]texts[\\/](?:zh|ko|en)\.ts$/ }, ({ path }) => {
        const name = basename(path, '.ts');
        return name === language ? undefined : { contents: `export const ${name} = {};` };
      });
    },
  };
}

async function buildPage(folder: string, name: keyof typeof ENTRIES, plugins: Plugin[]): Promise<BuiltPage> {
  const { outputFiles } = await build({
    entryPoints: ENTRIES[name].map((path) => join(ROOT, path)),
    outdir: folder,
    bundle: true,
    plugins,
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
  return { address: { style: style.address, script: script.address }, size: { style: style.size, script: script.size } };
}
