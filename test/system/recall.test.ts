import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { KIMCHI_LOT } from '../../deploy/demo/recall/kimchiEvents.ts';
import { LAVER_LOT, LAVER_PALLET } from '../../deploy/demo/recall/laverEvents.ts';
import { recallFiles } from '../../deploy/demo/recall/recallFiles.ts';
import type { JsonObject } from '../../protocol/json/jsonValue.ts';
import { parseStrict } from '../../protocol/json/parseStrict.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { readMember } from '../../sdk/home/home.ts';
import { en } from '../../web/texts/en.ts';
import { ko } from '../../web/texts/ko.ts';
import { zh } from '../../web/texts/zh.ts';
import { type LotBalance, lotBalance } from '../deploy/support/lotBalance.ts';
import { type RunningSystem, root, runningSystem } from './runningSystem.ts';

const NODES = ['qingdao', 'korea'] as const;
type NodeName = (typeof NODES)[number];
const TEXTS = { zh, ko, en };
type Language = keyof typeof TEXTS;
const LANGUAGES = Object.keys(TEXTS) as Language[];

// The embedded chain makes a block for each transaction, so two blocks are no time at all.
const RED_WITHIN_MS = 2_000;
const KILLS = 4;

/** Scenario S4 as the members run it, on the command line and against both nodes: failed inspection, alert, hold, recall, returns. The steps stand in their order. */
describe('recall', () => {
  let running: RunningSystem;
  before('start', async () => {
    running = await runningSystem();
  });

  const files = recallFiles();
  const LAVER = files.map(({ name }) => name.replace('.json', '')).filter((name) => name.startsWith('laver'));
  const fileOf = (name: string) => files.find((file) => file.name === `${name}.json`) as (typeof files)[number];
  const pathOf = (name: string) => join(running.home, 'demo', 'recall', `${name}.json`);
  const eventsIn = (name: string) => (fileOf(name).document.epcisBody as { eventList: unknown[] }).eventList.length;

  const tidemark = async (line: string, ...more: string[]) => {
    const { code, stdout, stderr } = await running.tidemark(...line.split(' '), ...more, '--json');
    const json = stdout === '' ? undefined : JSON.parse(stdout);
    return { exit: code, code: (json?.error?.code ?? json?.code) as string | undefined, json, stderr };
  };
  const done = async (line: string, ...more: string[]) => {
    const outcome = await tidemark(line, ...more);
    expect(outcome.exit, JSON.stringify(outcome)).to.equal(0);
    return outcome.json;
  };
  const capture = async (...names: string[]) => {
    for (const name of names) {
      const summary = await done(`capture ${pathOf(name)} --member ${fileOf(name).member}`);
      expect(summary, name).to.include({ events: eventsIn(name), captured: eventsIn(name), known: 0, left: 0 });
    }
  };

  const next = ['--owner', 'jiaowan', '--due', '2099-01-01', '--evidence'];
  let alert: string;

  describe('goods on their way', () => {
    it('are captured once, however often the command is killed', async () => {
      const name = 'laver-1-shipments';
      const args = ['--disable-warning=ExperimentalWarning', join(root, 'scripts', 'tidemark.ts')];
      for (let kill = 0; kill < KILLS; kill++) {
        const child = spawn(process.execPath, [...args, 'capture', pathOf(name), '--member', fileOf(name).member], {
          cwd: root,
          env: { ...process.env, TIDEMARK_HOME: running.home },
          stdio: 'ignore',
        });
        const timer = setTimeout(() => child.kill('SIGKILL'), 400 + kill * 400);
        await once(child, 'exit');
        clearTimeout(timer);
      }
      const summary = await done(`capture ${pathOf(name)} --member ${fileOf(name).member}`);
      expect(summary.captured + summary.known).to.equal(eventsIn(name));
      const again = await done(`capture ${pathOf(name)} --member ${fileOf(name).member}`);
      expect(again).to.include({ captured: 0, known: eventsIn(name) });
      // All of them name the lot, but the two in which the pallet leaves.
      expect(await entriesAt('korea', LAVER_LOT)).to.equal(eventsIn(name) - 2);
    });

    it('arrive, and are taken in', () => capture('laver-2-arrivals', 'laver-3-entry'));
  });

  describe('failed inspection', () => {
    it('does not conform: c is kept, M is not', async () => {
      const report = join(root, 'deploy', 'demo', 'recall', 'lab-report-import.json');
      const { bundles } = await done(`lab report ${report} --member beihai --out ${join(running.home, 'recall')}`);
      const judged = await tidemark(`judge ${bundles[0].file} --profile CN-LAVER`);
      expect({ exit: judged.exit, code: judged.code }).to.deep.equal({ exit: 1, code: 'NONCONFORM' });
      await capture('laver-4-inspection');
    });
  });

  describe('alert and hold', () => {
    it('stop the lot: it is neither released nor written off', async () => {
      const raise = `alert raise ${LAVER_LOT} --grade III --reference 2026-17 --member qingdao-market`;
      alert = (await done(raise, ...next, 'plate count above M (DEMO)')).alert;
      await done(`hold ${LAVER_LOT} --member qingdao-market`);
      for (const command of ['release', 'write-off']) {
        const refused = await tidemark(
          `${command} ${LAVER_LOT} --member qingdao-customs`,
          '--document',
          `${command} of the bad lot (DEMO)`,
        );
        expect({ exit: refused.exit, code: refused.code }, command).to.deep.equal({ exit: 1, code: 'LOT_ON_HOLD' });
      }
      await capture('laver-5-holding');
    });
  });

  describe('recall', () => {
    it('turns the pages of both nodes red in three languages', async () => {
      // Read once before: each node fetches what the other shore captured when it is first asked.
      for (const node of NODES)
        for (const language of LANGUAGES) expect(await isRecalled(node, language), `${node} ${language}`).to.equal(false);
      const { recall } = await done(
        `recall open ${alert} ${LAVER_LOT} --class 2 --owner hanbada --start 2098-01-01 --complete 2098-02-01 --reference 2026-17-R1 --member qingdao-market`,
        ...['--evidence', 'order of 2026-11-12 18:05 (DEMO)'],
      );
      // The command returns once the recall is in a block.
      const opened = Date.now();
      await Promise.all(
        NODES.map(async (node) => {
          await untilIndexed(node, recall);
          await Promise.all(LANGUAGES.map((language) => untilRecalled(node, language)));
        }),
      );
      expect(Date.now() - opened).to.be.lessThan(RED_WITHIN_MS);
    });

    it('is told by those who have and who sold the goods', () => capture('laver-6-recall-of-stock', 'laver-7-recall-of-sales'));
  });

  describe('returns and destruction', () => {
    it('are captured', () => capture('laver-8-returns', 'laver-9-destruction'));

    for (const node of NODES) {
      it(`add up as ${node} tells them: 310 = 264 + 46, and 2,400 = 2,354 + 46`, async () => {
        const { made, household, orders, traded, returned, destroyed, open } = await balanceAt(node);
        expect({ orders, open: sum(open), stillOut: made - destroyed }).to.deep.equal({ orders: 287, open: 46, stillOut: 46 });
        expect([household, returned, household - returned]).to.deep.equal([310, 264, 46]);
        expect([made, household + traded, destroyed]).to.deep.equal([2_400, 2_400, 2_354]);
      });
    }
  });

  describe('review', () => {
    const step = (name: string) => tidemark(`alert ${name} ${alert} --member qingdao-market`, ...next, `${name} (DEMO)`);
    const close = () => tidemark(`alert close ${alert} --owner jiaowan --member qingdao-market`, '--evidence', 'review (DEMO)');

    it('closes the alert, in the order of its stages and with no recall open', async () => {
      expect((await step('review')).exit).to.equal(1);
      for (const name of ['assess', 'dispose', 'review']) expect((await step(name)).exit, name).to.equal(0);
      expect((await close()).exit).to.equal(1);
      await done(`recall close ${alert} --reference 2026-17-R1 --member qingdao-market`, '--evidence', '264 of 310 returned (DEMO)');
      expect((await close()).exit).to.equal(0);
    });

    it('leaves the lot recalled', async () => {
      for (const node of NODES) expect(await isRecalled(node, 'en'), node).to.equal(true);
    });
  });

  describe('mirror', () => {
    it('brings the alert of Korea to the plant in Qingdao', async () => {
      await capture('kimchi-1-shipment', 'kimchi-2-entry', 'kimchi-3-inspection', 'kimchi-4-holding');
      const raise = `alert raise ${KIMCHI_LOT} --grade II --owner laowan --due 2099-01-01 --reference FS-26-0088 --member korea-food-safety`;
      const raised = await done(raise, '--evidence', 'Yersinia enterocolitica in 1 of 5 (DEMO)');
      const query = 'query($id: String!) { alert(id: $id) { stage shore owner { id } lots { id } } }';
      const { alert: told } = await running.query<{ alert: unknown }>('qingdao', query, { id: raised.alert });
      const owner = { id: readMember(running.home, 'laowan').member };
      expect(told).to.deep.equal({ stage: 'RAISED', shore: 'KR', owner, lots: [{ id: KIMCHI_LOT }] });
    });
  });

  /** Whether the page says so at a glance. */
  async function isRecalled(node: NodeName, language: Language): Promise<boolean> {
    const address = running.system.nodes[node].url + new URL(LAVER_LOT).pathname;
    const page = await (await fetch(address, { headers: { accept: 'text/html', 'accept-language': language } })).text();
    const [glance = ''] = /<section id="glance"[\s\S]*?<\/section>/.exec(page) ?? [];
    return glance.includes('data-colour="red"') && glance.includes(TEXTS[language].codes.RECALLED);
  }

  /** A page of 300 events takes the node a while: asked before it knows of the recall, it would be busy with the page of before. */
  async function untilIndexed(node: NodeName, id: string): Promise<void> {
    const query = 'query($id: String!) { recall(id: $id) { id } }';
    while ((await running.query<{ recall: unknown }>(node, query, { id })).recall === null) await sleep(25);
  }

  async function untilRecalled(node: NodeName, language: Language): Promise<void> {
    while (!(await isRecalled(node, language))) await sleep(100);
  }

  async function entriesAt(node: NodeName, lot: string): Promise<number> {
    const [, gtin, , number] = new URL(lot).pathname.split('/').filter((part) => part !== '');
    const query = 'query($gtin: String!, $lot: String!) { lot(gtin: $gtin, lot: $lot) { entries(first: 1) { totalCount } } }';
    const { lot: told } = await running.query<{ lot: { entries: { totalCount: number } } }>(node, query, { gtin, lot: number });
    return told.entries.totalCount;
  }

  /** The sums, from the events as the node tells them to anybody: each node has those of its own shore, and those of the other from its peer. */
  async function balanceAt(node: NodeName): Promise<LotBalance> {
    const texts = new Set<string>();
    for (const subject of [LAVER_LOT, LAVER_PALLET]) {
      const answer = await fetch(`${running.system.nodes[node].url}/subjects?id=${encodeURIComponent(subject)}`);
      const { documents } = (await answer.json()) as Bundle;
      expect(documents.filter(({ type }) => type === 'withheld')).to.deep.equal([]);
      for (const document of documents) if (document.type === 'event') texts.add(document.event);
    }
    const events = [...texts].map((text) => parseStrict(text) as JsonObject);
    expect(events).to.have.lengthOf(LAVER.reduce((count, name) => count + eventsIn(name), 0));
    return lotBalance(events, LAVER_LOT);
  }

  function sum(open: ReadonlyMap<string, number>): number {
    return [...open.values()].reduce((total, left) => total + left, 0);
  }
});
