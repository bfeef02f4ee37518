import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser/browser.ts';
import { type RunningSystem, root, runningSystem } from './runningSystem.ts';

const LAVER = '/01/09521001001021/10/HB260914A';

/** The consumer's page of both running nodes, on a phone-sized screen of a real browser. */
describe('page of the running nodes', () => {
  let running: RunningSystem;
  let browser: Browser;
  before('start', async () => {
    running = await runningSystem();
    browser = await launchBrowser();
    mkdirSync(join(root, 'screenshots'), { recursive: true });
  });
  after('end', () => browser?.close());

  const open = async (node: 'qingdao' | 'korea', locale: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale });
    const page = await context.newPage();
    await page.goto(running.system.nodes[node].url + LAVER);
    return page;
  };
  const picture = (page: Page, name: string) => page.screenshot({ path: join(root, 'screenshots', `${name}.png`), fullPage: true });

  for (const [node, locale] of [
    ['qingdao', 'zh-CN'],
    ['korea', 'ko-KR'],
    ['korea', 'en-GB'],
  ] as const) {
    it(`of ${node} is verified by the phone in ${locale}`, async () => {
      const page = await open(node, locale);
      await page.locator('[data-verified="yes"]').waitFor({ timeout: 60_000 });
      expect(await page.locator('html').getAttribute('lang')).to.match(new RegExp(`^${locale.slice(0, 2)}`));
      expect(await page.locator('.differences').count()).to.equal(0);
      await picture(page, `system-${node}-${locale}`);
      await page.context().close();
    });
  }

  it('turns red on both nodes when a report is revoked', async () => {
    const pages = await Promise.all([open('qingdao', 'en-GB'), open('korea', 'en-GB')]);
    for (const page of pages) await page.locator('[data-verified="yes"]').waitFor({ timeout: 60_000 });
    const reds = pages.map((page) => page.locator('#glance[data-colour="red"]').waitFor({ timeout: 60_000 }));
    const { code, stderr } = await running.tidemark('revoke', 'BT-26-1022', '--member', 'beihai', '--reason', 'DATA_INCORRECT');
    expect(code, stderr).to.equal(0);
    await Promise.all(reds);
    await picture(pages[0] as Page, 'system-revoked');
    for (const page of pages) await page.context().close();
  });
});
