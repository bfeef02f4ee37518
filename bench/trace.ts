/**
 * `npm run -s bench:trace -- [--events 100000,1000000] [--questions 200] [--seed 1] [--json]`: lineage through the API. A node's catalogue and index are filled
 * with generated events (`bench/trace/fill.ts`: without a chain, without bodies), its API is started as a process of its own, as a node is, and asked over HTTP
 * from this one, one question after the other: raw materials down and products up, each time two lots that reach a thousand goods in 20 steps, and the recall of
 * an ingredient of 374,401 lots as text.
 *
 * Exit code 1 where a bar is missed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from '../deploy/local/nodeFlags.ts';
import { type RunningPostgres, startPostgres } from '../indexer/store/postgres.ts';
import { freePort } from '../test/indexer/support/localLedger.ts';
import { type Capture, familiesOf, generate, generateHub, HUB, lotOf, random } from './lineage/generate.ts';
import { machine } from './machine.ts';
import { fill } from './trace/fill.ts';
import type { Served, Used } from './trace/serve.ts';

const BARS = { p99: 100, growth: 1.5, recallMs: 1_000 };
/** Questions before those that are timed: a node has long run, and V8 compiled what runs often. */
const WARM_UP = 100;
const RECALLS = 5;
/** Two lots so far apart reach 1,001 lots, and some pallets. */
const APART = 20;
// One connection that stays, and no streams of the web's kind: the client is to cost little, as it shares the processors.
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000,1000000' },
    questions: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const folder = mkdtempSync(join(tmpdir(), 'tidemark-trace-'));
// The server of a benchmark that runs as root must be able to pass.
chmodSync(folder, 0o755);
const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: await freePort() });
try {
  const ledgers = [];
  for (const events of values.events.split(',').map(Number)) ledgers.push(await measureLedger(postgres, events));
  const recall = await measureRecall(postgres);
  const report = { ledgers, recall, growth: growthOf(ledgers), bars: BARS, machine: machine(), load: loadavg() };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : text(report));
  process.exitCode = isMet(report) ? 0 : 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** How long a kind of question took, in milliseconds, and medians of the answers before. */
interface Timing {
  readonly question: 'source' | 'destination';
  readonly p50: number;
  readonly p99: number;
  /** Of the process that serves, on the average: what does not depend on what else the machine does. */
  readonly processorMs: number;
  readonly goods: number;
  readonly depth: number;
  readonly kilobytes: number;
}

type Start = Omit<Served, 'url'> & { readonly fillSeconds: number; readonly peakMegabytes: number };

async function measureLedger(server: RunningPostgres, events: number): Promise<{ events: number; start: Start; questions: Timing[] }> {
  const next = random(seed + 1);
  const draw = (below: number): number => Math.floor(next() * below);
  const families = familiesOf(events);
  const { start, result } = await withNode(server, `events${events}`, generate(events, seed), async (node) => [
    await time(node, 'destination', () => twoLots(draw(families), 0, draw(100))),
    await time(node, 'source', () => twoLots(draw(families), 20, draw(100))),
  ]);
  return { events, start, questions: result };
}

function twoLots(family: number, layer: number, index: number): string[] {
  return [lotOf(family, layer, index), lotOf(family, layer, (index + APART) % 100)];
}

async function measureRecall(server: RunningPostgres): Promise<{ lots: number; milliseconds: number; megabytes: number; start: Start }> {
  const { start, result } = await withNode(server, 'recall', generateHub(), async ({ url }) => {
    const rounds = [];
    for (let round = 0; round < RECALLS; round++) rounds.push(await recallOnce(url));
    return rounds.sort((a, b) => a.milliseconds - b.milliseconds)[Math.floor(RECALLS / 2)] as (typeof rounds)[number];
  });
  return { ...result, start };
}

/** A node that is asked. */
interface Node {
  readonly url: string;
  used(): Promise<Used>;
}

/** Fills a node's data, starts its API, asks it, and ends it. */
async function withNode<Result>(
  server: RunningPostgres,
  name: string,
  captures: Iterable<Capture>,
  ask: (node: Node) => Promise<Result>,
): Promise<{ start: Start; result: Result }> {
  const place = { folder: join(folder, name), database: server.url(name) };
  const began = performance.now();
  await fill({ catalogue: join(place.folder, 'catalogue.sqlite'), database: place.database }, captures);
  const fillSeconds = Math.round((performance.now() - began) / 1000);
  const child = fork(new URL('trace/serve.ts', import.meta.url), [JSON.stringify(place)], { execArgv: [...NODE_FLAGS] });
  try {
    const { url, ...served } = await told<Served>(child);
    const used = async () => {
      child.send('used');
      return told<Used>(child);
    };
    const result = await ask({ url, used });
    const { peakMegabytes } = await used();
    return { start: { ...served, fillSeconds, peakMegabytes }, result };
  } finally {
    child.kill();
    rmSync(place.folder, { recursive: true, force: true });
  }
}

async function told<Message>(child: ChildProcess): Promise<Message> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the API ended')));
  ended.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message as Message;
}

async function time({ url, used }: Node, question: Timing['question'], draw: () => string[]): Promise<Timing> {
  const ask = () => answerOf(addressOf(url, question, draw()), 'application/json');
  const looked: Look[] = [];
  for (let warm = 0; warm < WARM_UP; warm++) looked.push(lookAt((await ask()).body));
  // From here on answers are not read: the client's work would be beside that of the node.
  const before = await used();
  const times: number[] = [];
  for (let number = 0; number < Number(values.questions); number++) times.push((await ask()).milliseconds);
  const after = await used();
  const usual = (name: keyof Look): number =>
    rank(
      looked.map((look) => look[name]),
      0.5,
    );
  return {
    ...{ question, p50: rank(times, 0.5), p99: rank(times, 0.99) },
    processorMs: (after.processorMs - before.processorMs) / times.length,
    ...{ goods: usual('goods'), depth: usual('depth'), kilobytes: usual('kilobytes') },
  };
}

/** What an answer holds. */
interface Look {
  readonly goods: number;
  readonly depth: number;
  readonly kilobytes: number;
}

function addressOf(url: string, question: string, ids: readonly string[]): string {
  return `${url}/trace/${question}?${new URLSearchParams([...ids.map((id) => ['id', id]), ['first', '1000']])}`;
}

function lookAt(body: Buffer): Look {
  const { goods } = JSON.parse(body.toString()) as { goods: { depth: number }[] };
  return { goods: goods.length, depth: goods.at(-1)?.depth ?? 0, kilobytes: Math.round(body.length / 1024) };
}

async function recallOnce(url: string): Promise<{ lots: number; milliseconds: number; megabytes: number }> {
  const { body, milliseconds } = await answerOf(`${url}/trace/destination?id=${encodeURIComponent(HUB)}`, 'text/plain');
  return { lots: body.toString().split('\n').length - 1, milliseconds, megabytes: Math.round(body.length / 2 ** 20) };
}

/** An answer, and the time from asking to its last byte. */
async function answerOf(url: string, accept: string): Promise<{ body: Buffer; milliseconds: number }> {
  const began = performance.now();
  const [response] = (await once(get(url, { agent, headers: { accept } }), 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  const milliseconds = performance.now() - began;
  const body = Buffer.concat(parts);
  if (response.statusCode !== 200) throw new Error(body.toString());
  return { body, milliseconds };
}

function rank(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

type Ledger = Awaited<ReturnType<typeof measureLedger>>;

/** How the medians of the largest ledger stand to those of the smallest. */
function growthOf(ledgers: readonly Ledger[]): { question: string; factor: number }[] {
  const [smallest, largest] = [ledgers[0], ledgers.at(-1)];
  if (smallest === undefined || largest === undefined || smallest === largest) return [];
  return largest.questions.flatMap(({ question, p50 }) => {
    const before = smallest.questions.find((one) => one.question === question);
    return before === undefined ? [] : [{ question, factor: p50 / before.p50 }];
  });
}

interface Report {
  ledgers: Ledger[];
  recall: Awaited<ReturnType<typeof measureRecall>>;
  growth: ReturnType<typeof growthOf>;
}

function isMet({ ledgers, recall, growth }: Report): boolean {
  const isFast = ledgers.every(({ questions }) => questions.every(({ p99 }) => p99 < BARS.p99));
  return isFast && recall.milliseconds < BARS.recallMs && growth.every(({ factor }) => factor < BARS.growth);
}

function text({ ledgers, recall, growth }: Report): string {
  const lines = ledgers.flatMap(({ events, start, questions }) => [
    `${events.toLocaleString('en')} events, filled in ${start.fillSeconds} s (no chain, no bodies)`,
    `  start: answers after ${start.answersAfterMs} ms, all loaded after ${start.loadedAfterMs} ms, longest pause ${start.longestPauseMs} ms; ${start.megabytes} MB, ${start.peakMegabytes} MB at most`,
    ...questions.map(
      ({ question, p50, p99, processorMs, goods, depth, kilobytes }) =>
        `  ${question.padEnd(12)} p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms (bar ${BARS.p99}), ${processorMs.toFixed(1)} ms of processor  ${goods} goods, depth ${depth}, ${kilobytes} kB (medians)`,
    ),
  ]);
  return [
    ...lines,
    ...growth.map(
      ({ question, factor }) => `${question}: p50 x ${factor.toFixed(2)} from the smallest to the largest (bar ${BARS.growth})`,
    ),
    `recall of ${recall.lots.toLocaleString('en')} lots as text: ${recall.milliseconds.toFixed(0)} ms (bar ${BARS.recallMs}), ${recall.megabytes} MB`,
    `${machine()}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
    '',
  ].join('\n');
}
