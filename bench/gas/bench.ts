import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BaseContract, type BaseWallet, ContractFactory, type InterfaceAbi, keccak256, toUtf8Bytes, Wallet } from 'ethers';
import hre from 'hardhat';
import { LOCAL_CHAIN_ID, startChain } from '../../deploy/local/chain.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import type { Clearance, Council, Laboratories, Ledger, Registry } from '../../types/ethers-contracts/index.ts';
import type { Measurable } from './measure.ts';

/** A ledger, its companions and a council on a chain of their own, for measuring. */
export interface GasBench extends Measurable, OwnChain {
  /** A council of its own: no authority of the ledger. */
  readonly council: Council;
  /** Companions that follow those of the ledger, not added to it. */
  readonly successors: Pick<Measurable, 'clearance' | 'laboratories' | 'registry'>;
  /** Compiler and settings of the contracts measured. */
  readonly compiler: string;
  /** Bytes of the deployed code, by contract. */
  readonly codeSizes: Readonly<Record<string, number>>;
}

/** An anvil on a free port of 127.0.0.1. */
export interface OwnChain {
  readonly url: string;
  readonly provider: FastProvider;
  /** What runs the transactions: client and version. */
  readonly engine: string;
  account(name: string): BaseWallet;
  now(): Promise<number>;
  stop(): Promise<void>;
}

/** Seats of the bench's council, the most that there can be, and the approvals that an act needs. */
export const SEATS = 16;
export const THRESHOLD = 9;

/** Starts anvil with nothing on it. */
export async function startOwnChain(options: readonly string[] = []): Promise<OwnChain> {
  const directory = mkdtempSync(join(tmpdir(), 'tidemark-gas-'));
  const chain = await startChain(directory, await freePort(), [...options]);
  const provider = new FastProvider(chain.url, LOCAL_CHAIN_ID, { timeoutMs: 900_000 });
  // A node's answer to "is it mined?" is there at once: ethers would else ask only every four seconds.
  provider.pollingInterval = 20;
  return {
    ...{ url: chain.url, provider },
    engine: String(await provider.send('web3_clientVersion', [])),
    account: (name) => new Wallet(keccak256(toUtf8Bytes(`tidemark-bench/${name}`)), provider),
    now: async () => Number((await provider.getBlock('latest'))?.timestamp),
    stop: async () => {
      provider.destroy();
      await chain.process.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Compiles the contracts where needed, starts a chain and deploys the ledger, its companions and a council to it. */
export async function startBench(options: readonly string[] = []): Promise<GasBench> {
  await hre.tasks.getTask('build').run({ quiet: true, noTests: true });
  const chain = await startOwnChain(options);
  try {
    return await deployTo(chain);
  } catch (error) {
    await chain.stop();
    throw error;
  }
}

/** The same contracts on a chain that goes on from the newest block of this one, which it leaves as it is. */
export async function forkOf(bench: GasBench): Promise<GasBench> {
  const chain = await startOwnChain(['--fork-url', bench.url, '--no-storage-caching']);
  const { ledger, council, successors } = bench;
  const companionsOf = ({ clearance, laboratories, registry }: GasBench['successors']) => ({
    clearance: clearance.connect(chain.provider),
    laboratories: laboratories.connect(chain.provider),
    registry: registry.connect(chain.provider),
  });
  return {
    ...bench,
    ...chain,
    ...authoritiesOf(chain),
    ...companionsOf(bench),
    successors: companionsOf(successors),
    ledger: ledger.connect(chain.provider),
    council: council.connect(chain.provider),
  };
}

async function deployTo(chain: OwnChain): Promise<GasBench> {
  const codeSizes: Record<string, number> = {};
  const deploy = async <Contract extends BaseContract>(name: string, args: readonly unknown[]): Promise<Contract> => {
    const artifact = await hre.artifacts.readArtifact(name);
    codeSizes[name] = (artifact.deployedBytecode.length - 2) / 2;
    const factory = new ContractFactory(artifact.abi as unknown as InterfaceAbi, artifact.bytecode, chain.account('deployer'));
    return (await factory.deploy(...args)) as unknown as Contract;
  };
  const { china, korea, both } = authoritiesOf(chain);
  const ledger = await deploy<Ledger>('Ledger', [china.address, korea.address, both.address]);
  const receipt = await ledger.deploymentTransaction()?.wait();
  const address = await ledger.getAddress();
  const deployCompanions = async () => ({
    clearance: await deploy<Clearance>('Clearance', [address]),
    laboratories: await deploy<Laboratories>('Laboratories', [address]),
    registry: await deploy<Registry>('Registry', [address]),
  });
  const [companions, successors] = [await deployCompanions(), await deployCompanions()];
  const seats = Array.from({ length: SEATS }, (_, n) => chain.account(`seat ${n}`).address);
  const council = await deploy<Council>('Council', [seats, THRESHOLD, 0, []]);
  const { buildInfoId } = await hre.artifacts.readArtifact('Ledger');
  return {
    ...chain,
    ...{ ledger, ...companions, successors, council, codeSizes, china, korea, both },
    compiler: await compilerOf(buildInfoId),
    deployGas: Number(receipt?.gasUsed),
  };
}

function authoritiesOf({ account }: OwnChain) {
  return { china: account('authority of CN'), korea: account('authority of KR'), both: account('authority of both') };
}

/** As the build itself recorded it, not as the configuration says. */
async function compilerOf(buildInfoId: string | undefined): Promise<string> {
  const file = buildInfoId === undefined ? undefined : await hre.artifacts.getBuildInfoPath(buildInfoId);
  if (file === undefined) throw new Error('the build left no record of its compiler');
  const { solcLongVersion, input } = JSON.parse(readFileSync(file, 'utf8'));
  const { evmVersion, viaIR, optimizer } = input.settings;
  return `solc ${solcLongVersion}, ${evmVersion}, ${viaIR ? 'viaIR, ' : ''}optimizer ${optimizer.enabled ? `${optimizer.runs} runs` : 'off'}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
