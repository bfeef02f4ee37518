import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interface } from 'ethers';
import type { Lanes } from '../../../api/capture/lanes.ts';
import type { NodeConfig } from '../../../api/config.ts';
import type { IndexerStatus } from '../../../api/routes/healthRoutes.ts';
import { type RunningApi, startApi } from '../../../api/startApi.ts';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { ledgerAbi } from '../../../protocol/ledger/abi.ts';
import type { LedgerRecord } from '../../../protocol/ledger/words.ts';
import type { OutboxCall } from '../../../sdk/outbox/outbox.ts';
import { type FakeIndex, fakeIndex, HEAD } from './fakeIndex.ts';

/** The token of the test node's one member, number 1. */
export const TOKEN = 'a-token-of-a-member-for-tests';
export const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

/** The second of the first batch that a node with `anchors` anchors, but for one. */
export const FIRST_SECOND = 1_794_000_000;

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
  status?: Partial<IndexerStatus>;
  log?: (line: object) => void;
  index?: FakeIndex;
  /** Whether what the outbox is given is anchored: the index has its record at once, each a second after the one before. */
  anchors?: boolean;
  config?: Partial<NodeConfig>;
  /** Members that have a token here, `tokenOf` each, in the place of the one member. */
  members?: readonly number[];
}

/** The token of a member at a node that was started with `members`. */
export function tokenOf(member: number): string {
  return `a-token-of-member-${member}-for-tests`;
}

/** Starts a node; `close` stops it and removes its folder. */
export async function startTestNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tidemark-api-'));
  const chain = await startChainStub();
  const config = { ...prepare(folder, urlOf(chain), options), ...options.config };
  const index = options.index ?? fakeIndex();
  const { lanes, submitted, failSubmits } = fakeLanes(options.anchors === true ? index : undefined);
  const status = { height: HEAD.height, lagBlocks: 0, lagSeconds: 0, alarms: 0, complete: true, problem: null, ...options.status };
  const api = await startApi(config, {
    ...{ index, lanes, status: () => status },
    log: (level, event, facts) => options.log?.({ level, event, ...facts }),
  });
  const halt = async () => {
    await api.close();
    chain.close();
    chain.closeAllConnections();
  };
  return {
    ...{ ...api, index, folder, config, submitted, failSubmits },
    post: (path, body, headers = {}) =>
      fetch(api.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    halt,
    async close() {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function prepare(folder: string, rpcUrl: string, { peer, members }: TestNodeOptions): NodeConfig {
  const file = (name: string) => join(folder, name);
  mkdirSync(file('profiles'), { recursive: true });
  const { chainId, contract } = HEAD;
  writeFileSync(file('deployment.json'), JSON.stringify({ chainId, contract, rpcUrl, deployedAt: 0 }));
  writeFileSync(file('trust.json'), JSON.stringify({ chainId, contract, witnesses: [], maxAge: 60 }));
  const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
  const tokens = members?.map((member) => ({ slug: `member-${member}`, member, sha256: sha256(tokenOf(member)) }));
  writeFileSync(file('tokens.json'), JSON.stringify({ tokens: tokens ?? [{ slug: 'hanbada', member: 1, sha256: sha256(TOKEN) }] }));
  return {
    ...{ name: 'korea', shore: 'KR', host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1', database: 'postgres://none', data: folder },
    ...{ deployment: file('deployment.json'), trust: file('trust.json'), lanes: file('lanes'), profiles: file('profiles') },
    ...{ assets: file('assets'), documents: { kind: 'embedded' } },
    ...(peer !== undefined && { peer: { name: 'qingdao', url: peer } }),
  };
}

/** A chain that has no block which it is asked for: the head of the fake index has no successor. */
async function startChainStub(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as { id: number } | { id: number }[];
    const answer = ({ id }: { id: number }) => ({ jsonrpc: '2.0', id, result: null });
    response.end(JSON.stringify(Array.isArray(asked) ? asked.map(answer) : answer(asked)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const ledger = new Interface(ledgerAbi);

function anchor(index: FakeIndex, { data }: OutboxCall, second: number): void {
  const [leafOrRoot, size] = ledger.decodeFunctionData('anchorRoot', data) as unknown as [Hex, bigint];
  const anchored = { anchoredAt: FIRST_SECOND + second, size: Number(size) } as LedgerRecord;
  index.addRecord({ leafOrRoot, issuer: 1, anchored });
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function fakeLanes(index: FakeIndex | undefined) {
  const submitted = new Map<string, OutboxCall>();
  let failure: Error | undefined;
  const outbox = {
    lane: `0x${'aa'.repeat(20)}` as const,
    events: new EventEmitter(),
    async submit(id: string, call: OutboxCall) {
      if (failure !== undefined) throw failure;
      submitted.set(id, call);
      if (index !== undefined) anchor(index, call, submitted.size);
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
