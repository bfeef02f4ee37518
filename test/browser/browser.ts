import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packaged, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const BIN = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');

/**
 * Starts headless Chromium from npm. The package brings the program and, for systems that lack them, its shared libraries, both packed; they are
 * unpacked once into the temporary folder. `TIDEMARK_FONTS` may name a folder of fonts with Chinese and Korean, for screenshots.
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform === 'linux') {
    if (!existsSync(join(tmpdir(), 'al2023', 'lib'))) await inflate(join(BIN, 'al2023.tar.br'));
    setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'));
  }
  useFonts();
  // The sandbox needs rights that root in a container lacks; the pages are our own.
  return chromium.launch({ executablePath: await packaged.executablePath(), args: ['--no-sandbox', '--disable-gpu'] });
}

/** A browsing context whose clock shows the fixture ledger's time, and which notes whether a page was ever shown as verified. */
export async function openContext(
  browser: Browser,
  now: () => number,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: 'en-GB', ...options });
  await context.addInitScript((offset: number) => {
    const Clock = Date;
    class Shifted extends Clock {
      constructor(...values: [] | [number]) {
        super(values.length === 0 ? Clock.now() + offset : values[0]);
      }
      static override now(): number {
        return Clock.now() + offset;
      }
    }
    Object.assign(globalThis, { Date: Shifted, everVerified: false });
    new MutationObserver(() => {
      if (document.querySelector('[data-verified="yes"]') !== null) Object.assign(globalThis, { everVerified: true });
    }).observe(document, { subtree: true, childList: true, attributes: true });
  }, now() - Date.now());
  return context;
}

function useFonts(): void {
  const fonts = process.env.TIDEMARK_FONTS;
  if (fonts === undefined) return;
  const folder = join(tmpdir(), 'tidemark-fontconfig');
  mkdirSync(folder, { recursive: true });
  const families = ['Noto Sans SC', 'Noto Sans KR'].map((family) => `<family>${family}</family>`).join('');
  const aliases = ['sans-serif', 'system-ui', 'Segoe UI'].map(
    (family) => `<alias><family>${family}</family><prefer>${families}</prefer></alias>`,
  );
  const text = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir>${aliases.join('')}</fontconfig>`;
  writeFileSync(join(folder, 'fonts.conf'), text);
  process.env.FONTCONFIG_FILE = join(folder, 'fonts.conf');
}
