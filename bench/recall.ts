/**
 * `npm run -s bench:recall -- [--json]`: how long after the block of a recall the consumer's pages of the lot are red. The whole system is started, with the demo and
 * the movements of scenario S4 up to the hold (a lot with three hundred entries in its history); then the recall is opened on the command line. Watched are the page
 * of each node without script in three languages, fetched again and again, and an open page of each node in a browser, which looks by itself.
 *
 * The bar is two blocks and two seconds; the chain here mines at once, so a block counts for the second that it takes by default on a QBFT chain. Exit code 1 where
 * it is missed.
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { id, JsonRpcProvider } from 'ethers';
import type { Browser } from 'playwright-core';
import { LAVER_LOT } from '../deploy/demo/recall/laverEvents.ts';
import { recallFiles } from '../deploy/demo/recall/recallFiles.ts';
import { launchBrowser } from '../test/browser/browser.ts';
import { type RunningSystem, runningSystem, stopSystem } from '../test/system/runningSystem.ts';
import type { Language } from '../web/render/view.ts';
import { LANGUAGES, textsOf } from '../web/texts/textsOf.ts';
import { machine } from './machine.ts';

/** Besu's default `blockperiodseconds`. */
const BLOCK_MS = 1_000;
const BAR_MS = 2 * BLOCK_MS + 2_000;
const NODES = ['qingdao', 'korea'] as const;
type NodeName = (typeof NODES)[number];
/** Of the laver's movements those that come before the recall. */
const BEFORE = ['laver-1', 'laver-2', 'laver-3', 'laver-4', 'laver-5'];
const RECALL_CHANGED = id('RecallChanged(bytes32,bytes32,bytes32,uint256,uint256)');
const LONGEST_MS = 60_000;
const LOOK_MS = 5;
const OWNED = ['--owner', 'jiaowan', '--due', '2099-01-01', '--evidence'];

/** A page that turned red. */
interface Red {
  readonly node: string;
  /** A language: fetched in it, without script; `browser`: an open page. */
  readonly face: string;
  /** After the block of the recall. */
  readonly milliseconds: number;
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const running = await runningSystem();
const browser = await launchBrowser();
try {
  const alert = await bringToRecall(running);
  const pages = await measurePages();
  const reds = await measureReds(running, browser, alert);
  const slowest = Math.max(...reds.map(({ milliseconds }) => milliseconds));
  const report = { pages, reds, slowest, bar: BAR_MS, machine: machine(), load: loadavg() };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : text(report));
  process.exitCode = slowest <= BAR_MS ? 0 : 1;
} finally {
  await browser.close();
  await stopSystem();
}

/** Answers the alert under which the lot can be recalled. */
async function bringToRecall({ home }: RunningSystem): Promise<string> {
  const files = recallFiles().filter(({ name }) => BEFORE.some((start) => name.startsWith(start)));
  for (const { name, member } of files) await done(`capture ${join(home, 'demo', 'recall', name)} --member ${member}`);
  const raised = await done(
    `alert raise ${LAVER_LOT} --grade III --reference 2026-17 --member qingdao-market`,
    ...OWNED,
    'plate count (DEMO)',
  );
  await done(`hold ${LAVER_LOT} --member qingdao-market`);
  return (raised as { alert: string }).alert;
}

/** How long each node takes for the page while nothing changes: the first time it may fetch what the other shore captured. */
async function measurePages(): Promise<{ node: string; first: number; again: number }[]> {
  const measured = [];
  for (const node of NODES) {
    const times: number[] = [];
    for (let round = 0; round < 2; round++) {
      const began = performance.now();
      if (await isRed(node, 'en')) throw new Error('the lot is recalled already');
      times.push(Math.round(performance.now() - began));
      // An answer is kept for a second.
      await sleep(1_100);
    }
    const [first = 0, again = 0] = times;
    measured.push({ node, first, again });
  }
  return measured;
}

async function measureReds({ system }: RunningSystem, browser: Browser, alert: string): Promise<Red[]> {
  const open = await Promise.all(
    NODES.map(async (node) => {
      const page = await browser.newPage({ viewport: { width: 360, height: 780 }, locale: 'en-GB' });
      await page.goto(addressOf(node));
      await page.locator('#glance[data-checked-by="phone"]').waitFor({ timeout: LONGEST_MS });
      return { node, page };
    }),
  );
  const provider = new JsonRpcProvider(system.chain.url);
  const block = untilRecalled(provider, await provider.getBlockNumber());
  const opened = done(
    `recall open ${alert} ${LAVER_LOT} --class 2 --owner hanbada --start 2098-01-01 --complete 2098-02-01 --reference 2026-17-R1 --member qingdao-market`,
    ...['--evidence', 'order (DEMO)'],
  );
  const began = await block;
  const since = (): number => Math.round(performance.now() - began);
  const fetched = NODES.flatMap((node) =>
    LANGUAGES.map(async (face): Promise<Red> => {
      while (!(await isRed(node, face))) if (since() > LONGEST_MS) throw new Error(`${node} ${face} is not red`);
      return { node, face, milliseconds: since() };
    }),
  );
  const looked = open.map(async ({ node, page }): Promise<Red> => {
    await page.locator('#glance[data-colour="red"]', { hasText: textsOf('en').codes.RECALLED }).waitFor({ timeout: LONGEST_MS });
    return { node, face: 'browser', milliseconds: since() };
  });
  const reds = await Promise.all([...fetched, ...looked]);
  await opened;
  provider.destroy();
  return reds;
}

/** When a block with a recall can be read. */
async function untilRecalled(provider: JsonRpcProvider, fromBlock: number): Promise<number> {
  while ((await provider.getLogs({ fromBlock, topics: [RECALL_CHANGED] })).length === 0) await sleep(LOOK_MS);
  return performance.now();
}

/** Whether the page, as it is sent, says at a glance that the lot is recalled. */
async function isRed(node: NodeName, language: Language): Promise<boolean> {
  const answer = await fetch(addressOf(node), { headers: { accept: 'text/html', 'accept-language': language } });
  const [glance = ''] = /<section id="glance"[\s\S]*?<\/section>/.exec(await answer.text()) ?? [];
  return glance.includes('data-colour="red"') && glance.includes(textsOf(language).codes.RECALLED);
}

function addressOf(node: NodeName): string {
  return running.system.nodes[node].url + new URL(LAVER_LOT).pathname;
}

/** What a command answers. @throws Error where it fails */
async function done(line: string, ...more: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await running.tidemark(...line.split(' '), ...more, '--json');
  if (code !== 0) throw new Error(`${line}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
}

function text({ pages, reds, slowest }: { pages: { node: string; first: number; again: number }[]; reds: Red[]; slowest: number }): string {
  return [
    ...pages.map(({ node, first, again }) => `page of ${node}: ${first} ms the first time, ${again} ms again`),
    ...reds.map(({ node, face, milliseconds }) => `red after the block: ${node}, ${face}: ${milliseconds} ms`),
    `slowest: ${slowest} ms (bar ${BAR_MS})`,
    `${machine()}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
    '',
  ].join('\n');
}
