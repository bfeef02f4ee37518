import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openNodeKeys } from '../../api/keys/nodeKeys.ts';
import { type RunningPostgres, startPostgres } from '../../indexer/store/postgres.ts';
import type { RoleName, ShoreName } from '../../protocol/ledger/codes.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import type { LedgerAt } from '../../sdk/chain/readState.ts';
import { prepareSeats } from '../../sdk/govern/seats.ts';
import type { Deployment } from '../../sdk/home/home.ts';
import { prepareMember } from '../../sdk/member/prepareMember.ts';
import { LOCAL_CHAIN_ID, type LocalChain, startChain } from './chain.ts';
import type { DemoMember } from './demo.ts';
import { empowerDemoMembers } from './demoLaw.ts';
import { type Councils, establishLaw, openCouncils } from './law.ts';
import { type Deployed, deployLedger, knownDeployment } from './ledger.ts';
import { NODE_FLAGS } from './nodeFlags.ts';
import { type ManagedProcess, startProcess } from './processes.ts';

/** Loopback ports of the local system. */
export interface Ports {
  chain: number;
  postgres: number;
  qingdao: number;
  korea: number;
}

/** The ports that the README names, moved by `offset` so that a second system can run beside the first. */
export function portsFrom(offset: number): Ports {
  return { chain: 4030 + offset, postgres: 4032 + offset, qingdao: 4010 + offset, korea: 4020 + offset };
}

/** What to bring up, and where. */
export interface SystemOptions {
  /** Root of the checkout. */
  root: string;
  /** Folder of everything that is kept. */
  home: string;
  ports: Ports;
  members: readonly DemoMember[];
  /** Told what is being done, for a person who waits. */
  onStep?: (step: string) => void;
}

/** One node of the running system. */
export interface RunningNode {
  readonly name: NodeName;
  readonly url: string;
  process: ManagedProcess;
}

/** Names of the two nodes: one a shore. */
export type NodeName = 'qingdao' | 'korea';

/** Chain, contracts, database, members and both nodes, running. */
export interface System {
  readonly home: string;
  readonly deployment: Deployment;
  readonly chain: LocalChain;
  readonly postgres: RunningPostgres;
  readonly nodes: Readonly<Record<NodeName, RunningNode>>;
  /** Starts a node again after it ended; resolves when it answers. */
  restart(name: NodeName): Promise<void>;
  /** Ends everything in order: nodes, database, chain. */
  stop(): Promise<void>;
}

const SHORES: Readonly<Record<NodeName, ShoreName>> = { qingdao: 'CN', korea: 'KR' };
const NODES: readonly NodeName[] = ['qingdao', 'korea'];
const MAX_AGE_SECONDS = 60;
const READY_PATIENCE_MS = 60_000;

/** Brings the whole system up on this machine, or what of it is missing; everything binds 127.0.0.1. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { home, ports, onStep = () => {} } = options;
  mkdirSync(home, { recursive: true });
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of undo.splice(0).reverse()) await end();
  };
  try {
    onStep('chain');
    const chain = await startChain(join(home, 'chain'), ports.chain);
    undo.push(() => chain.process.stop());
    onStep('contracts');
    const provider = new FastProvider(chain.url, LOCAL_CHAIN_ID);
    const { deployment, companions } = await prepareLedger(options, provider, chain.url);
    const ledger = { provider, chainId: LOCAL_CHAIN_ID, contract: deployment.contract };
    onStep('database');
    const postgres = await startPostgres({ dataDir: join(home, 'postgres'), port: ports.postgres });
    undo.push(() => postgres.stop());
    writeTrust(options, deployment);
    const councils = await openCouncils(home, ledger);
    try {
      onStep('law');
      cpSync(join(options.root, 'law'), join(home, 'law'), { recursive: true });
      await establishLaw(home, councils, companions, ledger);
      onStep('members');
      await prepareMembers(options, councils, ledger);
      await empowerDemoMembers(home, options.members, councils, companions, ledger);
    } finally {
      await councils.close();
    }
    provider.destroy();
    onStep('nodes: build');
    await promisify(execFile)(process.execPath, [join(options.root, 'scripts', 'build.ts')], { cwd: options.root });
    onStep('nodes');
    const nodes = {} as Record<NodeName, RunningNode>;
    for (const name of NODES) {
      nodes[name] = { name, url: urlOf(options, name), process: await startNode(options, name, postgres) };
      undo.push(() => nodes[name].process.stop());
    }
    await Promise.all(NODES.map((name) => answering(nodes[name], '/health/ready')));
    const restart = async (name: NodeName) => {
      nodes[name].process = await startNode(options, name, postgres);
      await answering(nodes[name], '/health/live');
    };
    return { home, deployment, chain, postgres, nodes, restart, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepareLedger({ root, home }: SystemOptions, provider: FastProvider, rpcUrl: string): Promise<Deployed> {
  const known = await knownDeployment(home, provider);
  if (known !== undefined) return known;
  const seats = { CN: prepareSeats(home, 'CN'), KR: prepareSeats(home, 'KR') };
  const addresses = { CN: seats.CN.map(({ address }) => address), KR: seats.KR.map(({ address }) => address) };
  return deployLedger(root, home, provider, LOCAL_CHAIN_ID, rpcUrl, addresses);
}

/** What verifiers pin: the ledger, and one witness a shore. */
function writeTrust(options: SystemOptions, { chainId, contract, codeHash }: Deployment): void {
  const witnesses = NODES.map((name) => {
    mkdirSync(nodeFolder(options, name), { recursive: true });
    return { name, shore: SHORES[name], url: urlOf(options, name), jwk: openNodeKeys(join(nodeFolder(options, name), 'key.json')).witness };
  });
  const trust = { chainId, contract, codeHash, witnesses, maxAge: MAX_AGE_SECONDS };
  writeFileSync(join(options.home, 'trust.json'), `${JSON.stringify(trust, undefined, 2)}\n`);
}

async function prepareMembers(options: SystemOptions, councils: Councils, ledger: LedgerAt): Promise<void> {
  const { home, members, onStep = () => {} } = options;
  for (const [index, { slug, shore, roles, node, profile }] of members.entries()) {
    if (existsSync(join(home, 'members', slug, 'member.json'))) continue;
    onStep(`members ${index + 1}/${members.length}: ${slug}`);
    const name = node as NodeName;
    await prepareMember({
      ...{ home, slug, shore, roles: roles as RoleName[], profile: profile as never, ledger },
      ...{ nodeUrl: urlOf(options, name), nodeFolder: nodeFolder(options, name), council: councils[shore] },
    });
  }
  // Profiles, panels and limits are public; each node keeps its own copies, as nodes share nothing but the chain.
  if (members.length > 0)
    for (const name of NODES)
      for (const texts of [join(home, 'profiles'), join(home, 'law', 'panels'), join(home, 'law', 'profiles')])
        cpSync(texts, join(nodeFolder(options, name), 'profiles'), { recursive: true });
}

/** Starts a node from `deploy/nodes/<name>.json`, with its paths, ports and addresses moved to this system's. */
function startNode(options: SystemOptions, name: NodeName, postgres: RunningPostgres): Promise<ManagedProcess> {
  const { root, home, ports } = options;
  const peer = name === 'qingdao' ? 'korea' : 'qingdao';
  const given = JSON.parse(readFileSync(join(root, 'deploy', 'nodes', `${name}.json`), 'utf8')) as Record<string, unknown>;
  const folder = nodeFolder(options, name);
  const config = {
    ...given,
    ...{ port: ports[name], publicUrl: urlOf(options, name), peer: { name: peer, url: urlOf(options, peer) } },
    ...{ data: folder, lanes: join(folder, 'lanes'), profiles: join(folder, 'profiles') },
    ...{ deployment: join(home, 'deployment.json'), trust: join(home, 'trust.json'), assets: join(root, 'dist', 'assets') },
  };
  const file = join(folder, 'config.json');
  writeFileSync(file, `${JSON.stringify(config, undefined, 2)}\n`);
  // Compiled modules are kept, so that a node that was killed is back sooner.
  const environment = { ...process.env, TIDEMARK_DATABASE: postgres.url(name), NODE_COMPILE_CACHE: join(home, 'cache') };
  const program = join(root, 'dist', 'node', 'node.mjs');
  const args = [...NODE_FLAGS, program, '--config', file];
  return startProcess(name, process.execPath, args, join(home, 'logs', `${name}.log`), environment);
}

async function answering(node: RunningNode, path: string): Promise<void> {
  const deadline = Date.now() + READY_PATIENCE_MS;
  let code: number | undefined;
  void node.process.ended.then((exit) => {
    code = exit;
  });
  while (Date.now() < deadline) {
    if (code !== undefined)
      throw new Error(`the node ${node.name} stopped (${code}): ${lastLine(node.process.logFile)} (${node.process.logFile})`);
    const answer = await fetch(node.url + path).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(50);
  }
  throw new Error(`the node ${node.name} did not become ready within ${READY_PATIENCE_MS / 1000} s; ${node.process.logFile} says why`);
}

function lastLine(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').at(-1) ?? '';
}

function nodeFolder({ home }: SystemOptions, name: NodeName): string {
  return join(home, 'nodes', name);
}

function urlOf({ ports }: SystemOptions, name: NodeName): string {
  return `http://127.0.0.1:${ports[name]}`;
}
