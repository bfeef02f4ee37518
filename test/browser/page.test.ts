import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { LANGUAGES, textsOf } from '../../web/texts/textsOf.ts';
import { everVerified, glanceOf, startWorld, untilChecked, type World } from './world.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Ids and targets of what axe finds wrong. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } }).axe;
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe('product page in a browser', function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    world = await startWorld();
  });
  after(() => world?.stop());

  describe('without JavaScript', () => {
    for (const language of LANGUAGES) {
      it(`tells the whole story in ${language}`, async () => {
        const page = await world.open(world.nodes.page('laver', language), { javaScriptEnabled: false });
        const texts = textsOf(language);
        const words = (await page.locator('main').textContent()) ?? '';
        for (const part of [
          texts.glance.green.title,
          texts.journey.heading,
          'DEMO-KR-26-000417',
          'NAI-26-0914',
          'BT-26-1022',
          '2,100 · 4,800',
        ])
          expect(words).to.contain(part);
        expect(await glanceOf(page)).to.include({ colour: 'green', by: 'node', verified: 'no' });
        expect(await overflow(page)).to.equal(0);
        await world.picture(page, `laver-${language}-without-script`);
        await page.context().close();
      });
    }

    it('follows Accept-Language', async () => {
      const page = await world.open(world.nodes.page('laver'), { javaScriptEnabled: false, locale: 'ko-KR' });
      expect(await page.locator('html').getAttribute('lang')).to.equal('ko');
      await page.context().close();
    });

    it('says of an unknown product that nothing is recorded', async () => {
      const page = await world.open(`${world.nodes.korea}/01/09521001001021/10/NOTHING`, { javaScriptEnabled: false });
      expect(await page.locator('h1').textContent()).to.equal(textsOf('en').unknownProduct.title);
      await world.picture(page, 'unknown-product');
      await page.context().close();
    });
  });

  describe('with JavaScript', () => {
    for (const language of LANGUAGES) {
      it(`is checked on the phone in ${language}`, async () => {
        const page = await world.open(world.nodes.page('laver', language));
        await untilChecked(page);
        expect(await glanceOf(page)).to.include({ colour: 'green', by: 'phone', verified: 'yes' });
        const answers = await page.locator('.checks > li').evaluateAll((items) => items.map((item) => item.getAttribute('data-answer')));
        expect(answers.length).to.be.greaterThan(6);
        expect(new Set(answers)).to.deep.equal(new Set(['VALID']));
        expect(await page.locator('.differences').count()).to.equal(0);
        expect(await overflow(page)).to.equal(0);
        await world.picture(page, `laver-${language}-checked`);
        await page.context().close();
      });
    }

    it('counts a replaced certificate as past', async () => {
      const page = await world.open(world.nodes.page('kimchi', 'ko'), { colorScheme: 'dark' });
      await untilChecked(page);
      expect(await glanceOf(page)).to.include({ colour: 'green', verified: 'yes' });
      expect((await glanceOf(page)).words).to.contain(textsOf('ko').replacedNote);
      await world.picture(page, 'kimchi-ko-dark');
      await page.context().close();
    });

    it('reports nothing to the console', async () => {
      const page = await world.open('about:blank');
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      await page.goto(world.nodes.page('laver'));
      await untilChecked(page);
      expect(said).to.deep.equal([]);
      await page.context().close();
    });

    it('checks within 2 seconds of the scan', async () => {
      const page = await world.open('about:blank');
      const started = Date.now();
      await page.goto(world.nodes.page('laver'));
      await page.locator('[data-verified="yes"]').waitFor();
      expect(Date.now() - started).to.be.lessThan(2000);
      await page.context().close();
    });

    it('is not green while the other node is away', async () => {
      world.nodes.setAway(true);
      const page = await world.open(world.nodes.page('laver'));
      await untilChecked(page);
      expect(await glanceOf(page)).to.include({ colour: 'amber', verified: 'no' });
      expect(await page.locator('[data-question="block"]').getAttribute('data-answer')).to.equal('CANNOT_CHECK');
      expect(await everVerified(page)).to.equal(false);
      await world.picture(page, 'laver-other-node-away');
      world.nodes.setAway(false);
      await page.locator('[data-verified="yes"]').waitFor({ timeout: 10_000 });
      await page.context().close();
    });

    it('accuses no node that could not check everything itself', async () => {
      world.nodes.setPageAlone(true);
      for (const product of ['laver', 'kimchi'] as const) {
        const page = await world.open(world.nodes.page(product, 'en'));
        await untilChecked(page);
        expect(await page.locator('.differences').count()).to.equal(0);
        expect(await glanceOf(page)).to.include({ colour: 'green', verified: 'yes' });
        await page.context().close();
      }
      world.nodes.setPageAlone(false);
    });

    it('tells what happened to the container while the lot was in it, and checks that too', async () => {
      const page = await world.open(world.nodes.page('laver', 'en'));
      await untilChecked(page);
      const journey = (await page.locator('#journey').textContent()) ?? '';
      expect(journey).to.contain('inside unit 095210010000009010').and.contain('On the way');
      // It left Qingdao again without the lot.
      expect(journey.match(/Departed/g)).to.have.length(1);
      const along = page.locator('#along li');
      expect(await along.locator('.badge[data-colour="green"]').count()).to.equal(3);
      expect(await along.first().locator('a').getAttribute('href')).to.equal('/page/00/095210010000001014?lang=en');
      expect(await page.locator('#along > p a').getAttribute('href')).to.contain('/page/trace?id=https');
      await page.context().close();
    });

    it('keeps focus, reading position and opened details while it checks again', async () => {
      const page = await world.open(world.nodes.page('kimchi', 'en'));
      await untilChecked(page);
      await page.locator('details summary').click();
      await page.evaluate(() => window.scrollTo(0, 900));
      const before = await page.locator('#main').getAttribute('data-height');
      await world.ledger.advance();
      await page.waitForFunction((height) => !document.querySelector('#ledger')?.textContent?.includes(`${height} (`), before, {
        timeout: 10_000,
      });
      expect(await page.locator('details').getAttribute('open')).not.to.equal(null);
      expect(await page.evaluate(() => document.activeElement?.localName)).to.equal('summary');
      expect(await page.evaluate(() => Math.round(window.scrollY))).to.equal(900);
      await page.context().close();
    });
  });

  describe('accessibility', () => {
    for (const [name, product, options] of [
      ['a checked page', 'laver', { colorScheme: 'light' }],
      ['a checked page in the dark', 'kimchi', { colorScheme: 'dark' }],
      ['a wide page', 'laver', { viewport: { width: 1200, height: 900 } }],
    ] as const) {
      it(`finds nothing wrong with ${name}`, async () => {
        const page = await world.open(world.nodes.page(product), { ...options, bypassCSP: true });
        await untilChecked(page);
        expect(await axeViolations(page)).to.deep.equal([]);
        await page.context().close();
      });
    }

    it('finds nothing wrong with a page for nothing recorded', async () => {
      const page = await world.open(`${world.nodes.korea}/01/09521001001021/10/NOTHING`, { bypassCSP: true });
      expect(await axeViolations(page)).to.deep.equal([]);
      await page.context().close();
    });

    it('is used by keyboard', async () => {
      const page = await world.open(world.nodes.page('kimchi', 'en'));
      await untilChecked(page);
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href') ?? document.activeElement?.localName);
      await page.keyboard.press('Tab');
      expect(await focused()).to.equal('#main');
      for (const language of LANGUAGES) {
        await page.keyboard.press('Tab');
        expect(await focused()).to.contain(`lang=${language}`);
      }
      const links = await page.locator('main a').count();
      for (let link = 0; link < links; link++) {
        await page.keyboard.press('Tab');
        expect(await focused()).to.match(/^(#|\/page\/)/);
      }
      await page.keyboard.press('Tab');
      expect(await focused()).to.equal('summary');
      await page.keyboard.press('Enter');
      expect(await page.locator('details').getAttribute('open')).not.to.equal(null);
      await page.context().close();
    });

    it('is announced to a screen reader', async () => {
      const page = await world.open(world.nodes.page('laver', 'en'));
      await untilChecked(page);
      expect(await page.locator('#live').textContent()).to.contain(textsOf('en').glance.green.title);
      await page.context().close();
    });
  });

  // Last, as what is revoked stays revoked.
  describe('after a revocation', () => {
    it('turns red on an open page within 2 seconds of the block', async () => {
      const page = await world.open(world.nodes.page('laver', 'en'));
      await page.locator('[data-verified="yes"]').waitFor();
      const documents = (await world.ledger.bundle('laver')).documents;
      const certificate = documents.findIndex(({ type, issuer }) => type === 'credential' && issuer === 3);
      await world.ledger.revoke('laver', certificate);
      const revoked = Date.now();
      await page.locator('#glance[data-colour="red"]').waitFor({ timeout: 10_000 });
      expect(Date.now() - revoked).to.be.lessThan(2000);
      expect(await glanceOf(page)).to.include({ by: 'phone', verified: 'no' });
      expect(await page.locator('#live').textContent()).to.contain(textsOf('en').glance.red.title);
      expect(await page.locator('.differences').count()).to.equal(0);
      await world.picture(page, 'laver-en-revoked');
      await page.context().close();
    });

    it('is red without JavaScript', async () => {
      const page = await world.open(world.nodes.page('laver', 'zh'), { javaScriptEnabled: false });
      expect(await glanceOf(page)).to.include({ colour: 'red', by: 'node' });
      await world.picture(page, 'laver-zh-revoked-without-script');
      await page.context().close();
    });

    it('finds nothing wrong for axe in red', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await world.open(world.nodes.page('laver'), { colorScheme, bypassCSP: true });
        await untilChecked(page);
        expect(await axeViolations(page)).to.deep.equal([]);
        await page.context().close();
      }
    });
  });

  describe('after a recall', () => {
    it('turns red on an open page', async () => {
      const page = await world.open(world.nodes.page('kimchi', 'ko'));
      await page.locator('[data-verified="yes"]').waitFor();
      await world.ledger.recall('kimchi');
      await page.locator('#glance[data-colour="red"]').waitFor({ timeout: 10_000 });
      expect(await page.locator('#checks [data-question="free"]').getAttribute('data-answer')).to.equal('INVALID');
      expect(await page.locator('#checks [data-answer="INVALID"]').count()).to.equal(1);
      await world.picture(page, 'kimchi-ko-recalled');
      await page.context().close();
    });
  });
});
