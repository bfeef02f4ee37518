import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../../scripts/buildWeb.ts';
import { LANGUAGES } from '../../web/texts/textsOf.ts';
import { traceTexts } from '../../web/texts/traceTexts.ts';
import { KIMCHI, LAVER, RAW, startTraceScene, type TraceScene } from '../api/support/traceScene.ts';
import { launchBrowser } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 390, height: 844 };

/** The page of a regulator, on a phone and at a desk. */
describe('trace page in a browser', function () {
  this.timeout(60_000);
  let scene: TraceScene;
  let browser: Browser;

  before(async () => {
    scene = await startTraceScene();
    scene.recall(RAW);
    mkdirSync(scene.node.config.assets, { recursive: true });
    await buildWeb(scene.node.config.assets);
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await scene?.node.close();
  });

  const open = async (query: Record<string, string>, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: PHONE, ...options });
    const page = await context.newPage();
    await page.goto(`${scene.node.url}/page/trace?${new URLSearchParams(query)}`);
    return page;
  };
  const problemsOf = async (page: Page): Promise<string[]> => {
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } };
      return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    return wide ? [...found, 'wider than the screen'] : found;
  };

  for (const lang of LANGUAGES)
    for (const [name, options] of [
      ['on a phone', {}],
      ['at a desk in the dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
    ] as const)
      it(`has nothing wrong for axe in ${lang} ${name}`, async () => {
        const page = await open({ id: LAVER, lang }, { ...options, bypassCSP: true });
        expect(await problemsOf(page)).to.deep.equal([]);
        await page.context().close();
      });

  it('has nothing wrong for axe before and after a question that finds nothing', async () => {
    for (const query of [{}, { id: 'DEMO-0' }] as Record<string, string>[]) {
      const page = await open(query, { bypassCSP: true });
      expect(await problemsOf(page)).to.deep.equal([]);
      await page.context().close();
    }
  });

  it('is asked, and moved through time, without a script', async () => {
    const page = await open({ lang: 'en' }, { javaScriptEnabled: false });
    await page.locator('#ask').fill('(01)09521001001021(10)HB260914A');
    await page.locator('.trace__ask button').click();
    expect(await page.locator('.trace__subject').textContent()).to.equal('Lot HB260914A');
    expect(await page.locator('svg.trace__picture').count()).to.equal(1);
    await page.locator('#day-at').fill('2026-09-13');
    await page.locator('#time form:not([data-live]) button').click();
    expect(await page.locator('.trace__none').textContent()).to.equal(traceTexts('en').nothing);
    await page.locator('#time a').click();
    expect(await page.locator('.trace__none').count()).to.equal(0);
    await page.locator('#slide').press('Home');
    await page.locator('.trace__slide button').click();
    expect(new URL(page.url()).searchParams.get('at')).to.equal(String(Date.parse('2026-09-09T21:00:00Z') / 1000));
    await page.context().close();
  });

  it('says the time of the slider, and asks by itself when it rests', async () => {
    const page = await open({ id: LAVER, lang: 'ko' });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.locator('#slide').press('Home');
    expect(await page.locator('#slide-time').textContent()).to.equal('2026년 9월 9일 21:00 (UTC)');
    await page.waitForURL(/at=\d+/);
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal('slide');
    expect(said).to.deep.equal([]);
    await page.context().close();
  });

  it('is used by keyboard, the picture and what is folded included', async () => {
    const page = await open({ id: KIMCHI, lang: 'en' });
    const reached = new Set<string>();
    for (let press = 0; press < 160; press++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const { id, className, localName } = document.activeElement as HTMLElement;
        return `${localName}#${id}.${className}`;
      });
      reached.add(at);
      if (at.startsWith('summary')) break;
    }
    for (const stop of ['input#ask.', 'button#.', 'input#slide.', 'input#day-at.', 'div#.trace__scroll', 'summary#.'])
      expect([...reached]).to.include(stop);
    await page.keyboard.press('Enter');
    expect(await page.locator('details[open]').count()).to.equal(1);
    await page.context().close();
  });

  it('shows on a small screen where the picture begins', async () => {
    const page = await open({ id: LAVER, lang: 'zh' });
    const asked = await page.locator('.trace__node--asked .trace__frame').boundingBox();
    expect(asked?.x).to.be.within(0, PHONE.width - 188);
    await page.context().close();
  });

  it('says a recall in words, in the picture and in the list', async () => {
    const page = await open({ id: RAW, lang: 'zh' });
    const words = traceTexts('zh').stops.RECALL('中国', 2);
    for (const part of ['.trace__banner', '.trace__node--stopped', '#source .trace__stopped'])
      expect(await page.locator(part).first().textContent()).to.contain(words);
    await page.context().close();
  });

  it('prints black on white, with the way back and everything that is folded', async () => {
    const page = await open({ id: KIMCHI, lang: 'ko' }, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).to.equal('rgb(0, 0, 0)');
    expect(await page.locator('.trace__code').isVisible()).to.equal(true);
    expect(await page.locator('.trace__ask').isVisible()).to.equal(false);
    expect(await page.locator('details .trace__item').last().isVisible()).to.equal(true);
    await page.context().close();
  });
});
