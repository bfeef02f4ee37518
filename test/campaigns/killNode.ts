/**
 * Kills a node (SIGKILL) at random moments while members notarise through it, and counts what was acknowledged and lost, doubled or indexed differently.
 *
 * `node scripts/run.mjs test/campaigns/killNode.ts -- [--kills 200] [--seed 1] [--json]`; exit code 1 when anything is lost, doubled or different.
 */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { demoMembers } from '../../deploy/local/demo.ts';
import { portsFrom, type System, startSystem } from '../../deploy/local/system.ts';
import { startIndexer } from '../../indexer/run.ts';
import { temporaryHome } from '../system/temporaryHome.ts';

const root = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
const WRITERS = 4;
const READERS = 8;
const SETTLE_MS = 120_000;

const home = temporaryHome('tidemark-kill-');
const system = await startSystem({
  root,
  home,
  ports: portsFrom(8_000 + (process.pid % 400) * 50),
  members: demoMembers(join(root, 'deploy', 'demo')),
});
try {
  const result = await campaign(system);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${sentences(result)}\n`);
  process.exitCode = result.lost + result.doubled === 0 && result.digestsEqual ? 0 : 1;
} finally {
  await system.stop();
  rmSync(home, { recursive: true, force: true });
}

interface Spread {
  p50: number;
  max: number;
}

interface Result {
  kills: number;
  seed: number;
  acknowledged: number;
  lost: number;
  doubled: number;
  digestsEqual: boolean;
  /** From the start of the process until its index has everything up to the chain's head; measured by the node itself. */
  indexingAgainMs: Spread;
  /** Until it says so over HTTP. */
  readyAgainMs: Spread;
  machine: string;
}

async function campaign({ nodes, restart, postgres, deployment }: System): Promise<Result> {
  const random = mulberry32(seed);
  const node = nodes.qingdao;
  const token = readFileSync(join(home, 'members', 'jiaowan', 'token'), 'utf8').trim();
  const acknowledged: string[] = [];
  let serial = 0;
  let writing = true;

  // A writer repeats what was not acknowledged, as a real client does, and never repeats what was.
  const writer = async () => {
    while (writing) {
      const id = `https://id.gs1.org/01/09521001001021/21/K${seed}N${++serial}`;
      const body = JSON.stringify(eventOf(id, serial));
      for (;;) {
        const status = await post(`${node.url}/epcis/v2/events`, token, body);
        if (status === 201 || status === 202 || status === 409) {
          acknowledged.push(id);
          break;
        }
        if (status !== undefined && status < 500) throw new Error(`the node answers ${status}`);
        if (!writing) break;
        await sleep(20);
      }
    }
  };
  const writers = Array.from({ length: WRITERS }, writer);

  const ready: number[] = [];
  const indexing: number[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    await sleep(50 + random() * 700);
    process.kill(node.process.pid, 'SIGKILL');
    await node.process.ended;
    const logged = statSync(node.process.logFile).size;
    const started = performance.now();
    await restart('qingdao');
    ready.push(await readyAgain(node.url, started));
    indexing.push(await indexingAgain(node.process.logFile, logged));
    if (process.stderr.isTTY) process.stderr.write(`\r${kill}/${kills} kills, ${acknowledged.length} acknowledged `);
  }
  writing = false;
  await Promise.all(writers);

  const counts = await countEntries(node.url, acknowledged);
  const [own, other] = await settledLedgers([nodes.qingdao.url, nodes.korea.url]);
  const clean = await cleanIndexDigest(postgres.url('clean'), deployment, own?.height ?? 0);
  return {
    ...{ kills, seed, acknowledged: acknowledged.length },
    lost: counts.filter((count) => count === 0).length,
    doubled: counts.filter((count) => count > 1).length,
    digestsEqual: own?.indexDigest === other?.indexDigest && own?.indexDigest === clean,
    indexingAgainMs: spread(indexing),
    readyAgainMs: spread(ready),
    machine: `${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`,
  };
}

function eventOf(id: string, serial: number): object {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'ObjectEvent',
    eventID: `urn:uuid:00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
    eventTime: '2026-11-01T08:00:00+08:00',
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep: 'storing',
    disposition: 'in_progress',
    epcList: [id],
    readPoint: { id: 'https://id.gs1.org/414/9521005000013' },
  };
}

async function post(url: string, token: string, body: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}

/** The node's own figure, from the line of its log that says it, after the `logged` bytes of those before it. */
async function indexingAgain(logFile: string, logged: number): Promise<number> {
  for (;;) {
    const lines = readFileSync(logFile).subarray(logged).toString('utf8').split('\n');
    const line = lines.find((text) => text.includes('"event":"indexing"'));
    if (line !== undefined) return (JSON.parse(line) as { uptimeMs: number }).uptimeMs;
    await sleep(5);
  }
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN), max: Math.round(sorted.at(-1) ?? Number.NaN) };
}

/** Milliseconds from the start of the process until the node is ready. */
async function readyAgain(url: string, started: number): Promise<number> {
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok === true) return performance.now() - started;
    await sleep(5);
  }
}

/** How often each subject's history holds its one event; asked again until it is there or time is up. */
async function countEntries(url: string, ids: readonly string[]): Promise<number[]> {
  const deadline = Date.now() + SETTLE_MS;
  const counts = new Map<string, number>();
  const left = [...ids];
  const reader = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      let count = await entriesOf(url, id);
      while (count === 0 && Date.now() < deadline) {
        await sleep(100);
        count = await entriesOf(url, id);
      }
      counts.set(id, count);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return ids.map((id) => counts.get(id) ?? 0);
}

async function entriesOf(url: string, id: string): Promise<number> {
  const answer = await fetch(`${url}/subjects?id=${encodeURIComponent(id)}`);
  return answer.ok ? ((await answer.json()) as { subject: { entries: unknown[] } }).subject.entries.length : 0;
}

/** The digest that an index made from nothing arrives at. */
async function cleanIndexDigest(database: string, { rpcUrl, contract, deployedAt }: System['deployment'], height: number): Promise<string> {
  const indexer = await startIndexer({ name: 'clean', rpcUrl, contract, startBlock: deployedAt, database });
  while (indexer.status().height < height) await sleep(50);
  const checkpoint = await indexer.reader.checkpoint();
  await indexer.stop();
  return checkpoint?.digest ?? '';
}

interface LedgerState {
  height: number;
  indexDigest: string;
}

/** What both nodes say once they stand at one height and nothing more arrives (events that were stored but not acknowledged are anchored too). */
async function settledLedgers(urls: readonly string[]): Promise<LedgerState[]> {
  const deadline = Date.now() + SETTLE_MS;
  let before = -1;
  for (;;) {
    const states = await Promise.all(urls.map(ledgerOf));
    const heights = new Set(states.map(({ height }) => height));
    if ((heights.size === 1 && heights.has(before)) || Date.now() > deadline) return states;
    before = states[0]?.height ?? -1;
    await sleep(3_000);
  }
}

async function ledgerOf(url: string): Promise<LedgerState> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ ledger { height indexDigest } }' }),
  });
  return ((await answer.json()) as { data: { ledger: LedgerState } }).data.ledger;
}

/** Small seeded generator (mulberry32): the same seed kills at the same intervals. */
function mulberry32(state: number): () => number {
  let current = state;
  return () => {
    current = (current + 0x6d2b79f5) | 0;
    let t = Math.imul(current ^ (current >>> 15), 1 | current);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function sentences(result: Result): string {
  return [
    `${result.kills} kills (seed ${result.seed}) on ${result.machine}`,
    `${result.acknowledged} acknowledged, ${result.lost} lost, ${result.doubled} doubled`,
    `index digests ${result.digestsEqual ? 'equal to the other node and to a clean index' : 'DIFFER'}`,
    `indexing again after p50 ${result.indexingAgainMs.p50} ms, max ${result.indexingAgainMs.max} ms`,
    `ready again over HTTP after p50 ${result.readyAgainMs.p50} ms, max ${result.readyAgainMs.max} ms`,
  ].join('\n');
}
