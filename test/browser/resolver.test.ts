import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../../scripts/buildWeb.ts';
import { LANGUAGES, textsOf } from '../../web/texts/textsOf.ts';
import { LOT, PRODUCT, type ResolverScene, startResolverScene } from '../api/support/resolverScene.ts';
import { launchBrowser } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What stands in a reader's way where a Digital Link leads to no one page. */
describe('Digital Links in a browser', function () {
  this.timeout(60_000);
  let scene: ResolverScene;
  let browser: Browser;

  before(async () => {
    scene = await startResolverScene();
    mkdirSync(scene.node.config.assets, { recursive: true });
    await buildWeb(scene.node.config.assets);
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await scene?.node.close();
  });

  const open = async (path: string, locale: string): Promise<{ page: Page; status: number | undefined }> => {
    const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale, bypassCSP: true });
    const page = await context.newPage();
    return { page, status: (await page.goto(scene.node.url + path))?.status() };
  };
  const problemsOf = async (page: Page): Promise<string[]> => {
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    return wide ? [...found, 'wider than the screen'] : found;
  };

  for (const language of LANGUAGES)
    it(`say in ${language} that a lot is unknown, and lead to the known ones`, async () => {
      const { page, status } = await open(`/page${PRODUCT}?unknown=%2F10%2FFAKE`, language);
      expect(status).to.equal(200);
      expect(await page.locator('h1').textContent()).to.equal(textsOf(language).unknownProduct.title);
      expect(await page.locator('.choices a').first().getAttribute('href')).to.equal(`/page${LOT}?lang=${language}`);
      expect(await problemsOf(page)).to.deep.equal([]);
      await page.context().close();
    });

  it('give a choice of certificates', async () => {
    const { page, status } = await open(`${LOT}?linkType=gs1:certificationInfo`, 'en-GB');
    expect(status).to.equal(300);
    expect(await page.locator('.choices a').count()).to.equal(3);
    expect(await problemsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  it('say why a code is refused, and again in another language', async () => {
    const { page, status } = await open('/01/09521001001022', 'en-GB');
    expect(status).to.equal(400);
    expect(await page.locator('code').textContent()).to.equal('CHECK_DIGIT_WRONG');
    await page.locator('.languages a').first().click();
    expect(await page.locator('html').getAttribute('lang')).to.equal('zh-Hans');
    expect(await page.locator('code').textContent()).to.equal('CHECK_DIGIT_WRONG');
    expect(await problemsOf(page)).to.deep.equal([]);
    await page.context().close();
  });
});
