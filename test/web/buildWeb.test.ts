import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { buildWeb } from '../../scripts/buildWeb.ts';
import { productView } from '../../web/render/productView.ts';
import { renderProductPage } from '../../web/render/renderProductPage.ts';
import { LANGUAGE_NAMES, LANGUAGES, textsOf } from '../../web/texts/textsOf.ts';
import { demoBundle, demoVerdict, SUBJECTS } from './demoBundle.ts';

const MOST = 100_000;

describe('buildWeb', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-assets-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('keeps page, style, script and verifier within 100 kB gzipped', async () => {
    const { assets, gzipped } = await buildWeb(folder);
    const view = productView(demoBundle('kimchi'), demoVerdict(demoBundle('kimchi')), SUBJECTS.kimchi);
    for (const language of LANGUAGES) {
      const page = { path: '/', node: 'korea', assets: { style: assets.style, script: assets.scripts[language] } };
      const html = gzipSync(renderProductPage(view, page, language)).length;
      expect(html + gzipped.style + gzipped.scripts[language]).to.be.at.most(MOST);
    }
  });

  it('names files by content and lists them', async () => {
    const { assets } = await buildWeb(folder);
    expect(assets.scripts.ko).to.match(/^\/assets\/page-[0-9a-f]{12}\.js$/);
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).to.deep.equal(assets);
    expect(readFileSync(join(folder, assets.style.slice('/assets/'.length)), 'utf8')).to.contain('.glance');
  });

  it('gives a script the words of its language alone', async () => {
    const { assets } = await buildWeb(folder);
    const scripts = LANGUAGES.map((language) => readFileSync(join(folder, assets.scripts[language].slice('/assets/'.length)), 'utf8'));
    for (const [index, language] of LANGUAGES.entries())
      expect(scripts.map((script) => script.includes(textsOf(language).checking))).to.deep.equal(LANGUAGES.map((_, at) => at === index));
  });

  it('lets each script offer every language by its name', async () => {
    const { assets } = await buildWeb(folder);
    for (const language of LANGUAGES) {
      const script = readFileSync(join(folder, assets.scripts[language].slice('/assets/'.length)), 'utf8');
      expect(Object.values(LANGUAGE_NAMES).filter((name) => !script.includes(name))).to.deep.equal([]);
    }
  });

  it('writes a script without sinks', async () => {
    const { assets } = await buildWeb(folder);
    const script = readFileSync(join(folder, assets.scripts.zh.slice('/assets/'.length)), 'utf8');
    expect(script).not.to.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  });
});
