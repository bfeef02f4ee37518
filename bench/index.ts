import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_FLAGS } from '../deploy/local/nodeFlags.ts';
import { startPostgres } from '../indexer/store/postgres.ts';
import { openReader } from '../indexer/store/read.ts';
import { free, freePort, LAB_REPORT, type LocalLedger, startLocalLedger } from '../test/indexer/support/localLedger.ts';

/**
 * Measures indexing: `node bench/index.ts --json`. A chain (anvil) with the real contract is filled first; then a process of its own is started for each
 * measurement, and time counts from its start: the program's own loading is in the figure.
 *
 * - `batches`: 100,000 documents in batches, each with a subject: `anchorRoot` with 512 links, one row a link.
 * - `documents`: 25,600 documents anchored one by one: `anchorMany` with 256, two rows a document.
 * - `live`: from the moment a block is announced to the moment its record can be read.
 */

const ENTRIES = 100_000;
const LINKS = 512;
const MANY = 256;
const DOCUMENTS = 100 * MANY;
const SINGLE_BLOCKS = 60;
const RUNS = 3;
const COMPILE_CACHE = join(tmpdir(), 'tidemark-compile-cache');

interface Backfill {
  events: number;
  seconds: number;
  eventsPerSecond: number;
  peakMegabytes: number;
}

async function main(): Promise<void> {
  const load = loadavg()[0] as number;
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: await freePort() });
  const batches = await startLocalLedger();
  const documents = await startLocalLedger();
  try {
    await fillWithBatches(batches, Math.ceil(ENTRIES / LINKS));
    await fillWithDocuments(documents, DOCUMENTS / MANY);
    const result = {
      batches: await median(RUNS, (run) => backfill(batches, postgres.url(`batches${run}`))),
      documents: await median(RUNS, (run) => backfill(documents, postgres.url(`documents${run}`))),
      live: await live(documents, postgres.url('documents0')),
      machine: {
        cpu: cpus()[0]?.model,
        cpus: cpus().length,
        loadBefore: round(load),
        node: process.version,
        postgres: '18.4, fsync on',
        chain: 'anvil, same machine',
      },
    };
    report(result);
  } finally {
    await Promise.all([batches.stop(), documents.stop()]);
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fillWithBatches(chain: LocalLedger, count: number): Promise<void> {
  for (let batch = 0; batch < count; batch++) {
    const links = Array.from({ length: LINKS }, () => [randomBytes(32), randomBytes(32)]);
    await send(chain, 'anchorRoot', [randomBytes(32), LINKS, LAB_REPORT, 0, links]);
    progress('batches', batch + 1, count);
  }
}

async function fillWithDocuments(chain: LocalLedger, count: number): Promise<void> {
  for (let many = 0; many < count; many++) {
    await send(chain, 'anchorMany', [Array.from({ length: MANY }, () => entry())]);
    progress('documents', many + 1, count);
  }
}

function entry(): [Buffer, Buffer, Buffer, number, number] {
  return [randomBytes(32), randomBytes(32), randomBytes(32), LAB_REPORT, 0];
}

async function send({ ledger, provider }: LocalLedger, name: string, args: unknown[]): Promise<void> {
  const { hash } = await ledger.getFunction(name)(...args, free);
  for (let tries = 0; tries < 2_000; tries++) {
    const receipt = (await provider.send('eth_getTransactionReceipt', [hash])) as { status: string } | null;
    if (receipt?.status === '0x1') return;
    if (receipt !== null) throw new Error(`${name} was refused`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${name} was not mined`);
}

/** Indexes a chain from nothing in a process of its own. */
async function backfill(chain: LocalLedger, database: string): Promise<Backfill> {
  const started = performance.now();
  const child = startIndexing(chain, database);
  const { sequence, peakMegabytes } = await told<{ sequence: number; peakMegabytes: number }>(child);
  const seconds = (performance.now() - started) / 1000;
  child.kill('SIGKILL');
  return { events: sequence, seconds: round(seconds), eventsPerSecond: Math.round(sequence / seconds), peakMegabytes };
}

/** Time from a new block to its record being readable, through a reader's own connection. */
async function live(chain: LocalLedger, database: string): Promise<{ blocks: number; p50Milliseconds: number; p95Milliseconds: number }> {
  const child = startIndexing(chain, database);
  await told(child);
  const reader = await openReader(database);
  const socket = new WebSocket(chain.rpcUrl.replace('http', 'ws'));
  const times: number[] = [];
  try {
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }));
    await new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
    for (let block = 0; block < SINGLE_BLOCKS; block++) {
      const sequence = ((await reader.checkpoint())?.sequence ?? 0) + 1;
      const announced = new Promise<number>((resolve) =>
        socket.addEventListener('message', () => resolve(performance.now()), { once: true }),
      );
      const sent = chain.ledger.getFunction('anchor')(entry(), free);
      const since = await announced;
      if (!(await reader.waitForSequence(sequence, 10_000))) throw new Error('the block was not indexed');
      times.push(performance.now() - since);
      await sent;
    }
  } finally {
    socket.close();
    await reader.close();
    child.kill('SIGKILL');
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => round(times[Math.floor(share * (times.length - 1))] as number);
  return { blocks: times.length, p50Milliseconds: at(0.5), p95Milliseconds: at(0.95) };
}

function startIndexing({ rpcUrl, address, startBlock }: LocalLedger, database: string): ChildProcess {
  const file = new URL('./indexChild.ts', import.meta.url);
  return fork(file, [JSON.stringify({ rpcUrl, contract: address, startBlock, database, name: 'bench' })], {
    execArgv: [...NODE_FLAGS],
    // As at any start but the first: compiled code is kept on disk.
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  });
}

function told<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('exit', (code) => reject(new Error(`the indexer ended with ${code}`)));
  });
}

async function median(runs: number, measure: (run: number) => Promise<Backfill>): Promise<Backfill> {
  const results: Backfill[] = [];
  for (let run = 0; run < runs; run++) results.push(await measure(run));
  results.sort((a, b) => a.seconds - b.seconds);
  return results[Math.floor(runs / 2)] as Backfill;
}

function report(result: Record<string, unknown>): void {
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [name, figures] of Object.entries(result)) process.stdout.write(`${name.padEnd(10)} ${JSON.stringify(figures)}\n`);
}

function progress(what: string, done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rfilling the chain with ${what}: ${done}/${of}${done === of ? '\n' : ''}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

await main();
