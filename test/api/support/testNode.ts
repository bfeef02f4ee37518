import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lanes } from '../../../api/capture/lanes.ts';
import type { NodeConfig } from '../../../api/config.ts';
import { type RunningApi, startApi } from '../../../api/startApi.ts';
import type { OutboxCall } from '../../../sdk/outbox/outbox.ts';
import { type FakeIndex, fakeIndex, HEAD } from './fakeIndex.ts';

/** The token of the test node's one member, number 1. */
export const TOKEN = 'a-token-of-a-member-for-tests';
export const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

/** A node on a free port with a fake index and a fake outbox, in a folder of its own. */
export interface TestNode extends RunningApi {
  index: FakeIndex;
  folder: string;
  config: NodeConfig;
  /** Calls that the outbox was given, by request id. */
  submitted: Map<string, OutboxCall>;
  /** Makes the outbox refuse. */
  failSubmits(error: Error | undefined): void;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Stops it and keeps its folder. */
  halt(): Promise<void>;
}

/** What a test may choose. */
export interface TestNodeOptions {
  /** A folder of a former node, to start on what it left. */
  folder?: string;
  peer?: string;
  status?: Partial<{ complete: boolean; lagBlocks: number }>;
  log?: (line: object) => void;
  index?: FakeIndex;
}

/** Starts a node; `close` stops it and removes its folder. */
export async function startTestNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tidemark-api-'));
  const config = prepare(folder, options.peer);
  const index = options.index ?? fakeIndex();
  const { lanes, submitted, failSubmits } = fakeLanes();
  const status = { height: HEAD.height, lagBlocks: 0, lagSeconds: 0, alarms: 0, complete: true, ...options.status };
  const api = await startApi(config, {
    ...{ index, lanes, status: () => status },
    log: (level, event, facts) => options.log?.({ level, event, ...facts }),
  });
  return {
    ...{ ...api, index, folder, config, submitted, failSubmits },
    post: (path, body, headers = {}) =>
      fetch(api.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    halt: () => api.close(),
    async close() {
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function prepare(folder: string, peer: string | undefined): NodeConfig {
  const file = (name: string) => join(folder, name);
  mkdirSync(file('profiles'), { recursive: true });
  const { chainId, contract } = HEAD;
  writeFileSync(file('deployment.json'), JSON.stringify({ chainId, contract, rpcUrl: 'http://127.0.0.1:1', deployedAt: 0 }));
  writeFileSync(file('trust.json'), JSON.stringify({ chainId, contract, witnesses: [], maxAge: 60 }));
  const sha256 = createHash('sha256').update(TOKEN).digest('hex');
  writeFileSync(file('tokens.json'), JSON.stringify({ tokens: [{ slug: 'hanbada', member: 1, sha256 }] }));
  return {
    ...{ name: 'korea', shore: 'KR', host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1', database: 'postgres://none', data: folder },
    ...{ deployment: file('deployment.json'), trust: file('trust.json'), lanes: file('lanes'), profiles: file('profiles') },
    ...{ assets: file('assets'), documents: { kind: 'embedded' } },
    ...(peer !== undefined && { peer: { name: 'qingdao', url: peer } }),
  };
}

function fakeLanes() {
  const submitted = new Map<string, OutboxCall>();
  let failure: Error | undefined;
  const outbox = {
    lane: `0x${'aa'.repeat(20)}` as const,
    events: new EventEmitter(),
    async submit(id: string, call: OutboxCall) {
      if (failure !== undefined) throw failure;
      submitted.set(id, call);
      return { id, hash: '0x' as const, nonce: submitted.size - 1 };
    },
    // Never settled: what is unsettled is taken up again by the next run.
    wait: () => new Promise<never>(() => {}),
    close: async () => {},
  };
  const lanes: Lanes = { outboxOf: async () => outbox as unknown as Awaited<ReturnType<Lanes['outboxOf']>>, close: async () => {} };
  const failSubmits = (error: Error | undefined) => {
    failure = error;
  };
  return { lanes, submitted, failSubmits };
}
