import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BaseContract, ContractFactory, type InterfaceAbi, keccak256, toUtf8Bytes, Wallet } from 'ethers';
import hre from 'hardhat';
import { LOCAL_CHAIN_ID, startChain } from '../../deploy/local/chain.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import type { Clearance, Laboratories, Ledger, Registry } from '../../types/ethers-contracts/index.ts';
import type { Measurable } from './measure.ts';

/** A ledger and its companions on a chain of their own, for measuring. */
export interface GasBench extends Measurable {
  /** What ran the transactions: client and version. */
  readonly engine: string;
  /** Compiler and settings of the contracts measured. */
  readonly compiler: string;
  /** Bytes of the deployed code, by contract. */
  readonly codeSizes: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** Compiles the contracts where needed, starts anvil on a free port of 127.0.0.1 and deploys the ledger and its companions to it. */
export async function startBench(): Promise<GasBench> {
  await hre.tasks.getTask('build').run({ quiet: true, noTests: true });
  const directory = mkdtempSync(join(tmpdir(), 'tidemark-gas-'));
  const chain = await startChain(directory, await freePort());
  const provider = new FastProvider(chain.url, LOCAL_CHAIN_ID, { timeoutMs: 60_000 });
  const stop = async () => {
    provider.destroy();
    await chain.process.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  const account = (name: string) => new Wallet(keccak256(toUtf8Bytes(`tidemark-bench/${name}`)), provider);
  try {
    const codeSizes: Record<string, number> = {};
    const deploy = async <Contract extends BaseContract>(name: string, args: readonly unknown[]): Promise<Contract> => {
      const artifact = await hre.artifacts.readArtifact(name);
      codeSizes[name] = (artifact.deployedBytecode.length - 2) / 2;
      const factory = new ContractFactory(artifact.abi as unknown as InterfaceAbi, artifact.bytecode, account('deployer'));
      return (await factory.deploy(...args)) as unknown as Contract;
    };
    const [china, korea, both] = [account('authority of CN'), account('authority of KR'), account('authority of both')];
    const ledger = await deploy<Ledger>('Ledger', [china.address, korea.address, both.address]);
    const receipt = await ledger.deploymentTransaction()?.wait();
    const address = await ledger.getAddress();
    const clearance = await deploy<Clearance>('Clearance', [address]);
    const laboratories = await deploy<Laboratories>('Laboratories', [address]);
    const registry = await deploy<Registry>('Registry', [address]);
    const { buildInfoId } = await hre.artifacts.readArtifact('Ledger');
    return {
      engine: String(await provider.send('web3_clientVersion', [])),
      compiler: await compilerOf(buildInfoId),
      deployGas: Number(receipt?.gasUsed),
      ...{ ledger, clearance, laboratories, registry, codeSizes, china, korea, both, account, stop },
      now: async () => Number((await provider.getBlock('latest'))?.timestamp),
    };
  } catch (error) {
    await stop();
    throw error;
  }
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
