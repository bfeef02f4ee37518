import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildWeb } from '../../scripts/buildWeb.ts';
import { launchBrowser, openContext } from './browser.ts';
import { type FixtureLedger, startFixtureLedger } from './fixtureLedger.ts';
import { type FixtureNodes, startFixtureNodes } from './fixtureNodes.ts';

/** All that a browser test needs. */
export interface World {
  ledger: FixtureLedger;
  nodes: FixtureNodes;
  /** Opens an address in a context of its own. */
  open(address: string, options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  /** Writes a picture of the whole page for a person to look at. */
  picture(page: Page, name: string): Promise<void>;
  stop(): Promise<void>;
}

const SCREENSHOTS = fileURLToPath(new URL('../../screenshots', import.meta.url));

/** Builds the assets and starts a ledger, two nodes and a browser. */
export async function startWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-web-'));
  const build = await buildWeb(folder);
  const ledger = await startFixtureLedger();
  const nodes = await startFixtureNodes(ledger, build, folder);
  const browser = await launchBrowser();
  mkdirSync(SCREENSHOTS, { recursive: true });
  return {
    ledger,
    nodes,
    async open(address, options) {
      const context = await openContext(browser, ledger.now, options);
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
    async picture(page, name) {
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
    },
    async stop() {
      await browser.close();
      await nodes.stop();
      await ledger.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the page says of itself in one glance. */
export async function glanceOf(page: Page): Promise<{ colour: string; by: string; verified: string; words: string }> {
  const glance = page.locator('#glance');
  const attribute = async (name: string) => (await glance.getAttribute(name)) ?? '';
  return {
    colour: await attribute('data-colour'),
    by: await attribute('data-checked-by'),
    verified: await attribute('data-verified'),
    words: (await glance.textContent()) ?? '',
  };
}

/** Waits until the phone has made up its mind. */
export async function untilChecked(page: Page): Promise<void> {
  await page.locator('#glance[data-checked-by="phone"]').waitFor({ timeout: 15_000 });
}

/** True if the page was shown as verified at any moment since it was opened. */
export function everVerified(page: Page): Promise<boolean> {
  return page.evaluate(() => (globalThis as unknown as { everVerified: boolean }).everVerified);
}
