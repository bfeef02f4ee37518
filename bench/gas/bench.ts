import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContractFactory, type InterfaceAbi, keccak256, toUtf8Bytes, Wallet } from 'ethers';
import hre from 'hardhat';
import { LOCAL_CHAIN_ID, startChain } from '../../deploy/local/chain.ts';
import { FastProvider } from '../../sdk/chain/provider.ts';
import type { Ledger } from '../../types/ethers-contracts/index.ts';
import type { Measurable } from './measure.ts';

/** A ledger on a chain of its own, for measuring. */
export interface GasBench extends Measurable {
  /** What ran the transactions: client and version. */
  readonly engine: string;
  /** Compiler and settings of the contract measured. */
  readonly compiler: string;
  /** Bytes of the deployed code. */
  readonly codeSize: number;
  stop(): Promise<void>;
}

/** Compiles the contracts where needed, starts anvil on a free port of 127.0.0.1 and deploys the ledger to it. */
export async function startBench(): Promise<GasBench> {
  await hre.tasks.getTask('build').run({ quiet: true });
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
    const artifact = await hre.artifacts.readArtifact('Ledger');
    const china = account('authority of CN');
    const factory = new ContractFactory(artifact.abi as unknown as InterfaceAbi, artifact.bytecode, account('deployer'));
    const deployed = await factory.deploy(china, account('authority of KR'));
    const receipt = await deployed.deploymentTransaction()?.wait();
    return {
      engine: String(await provider.send('web3_clientVersion', [])),
      compiler: await compilerOf(artifact.buildInfoId),
      ledger: deployed as unknown as Ledger,
      codeSize: (artifact.deployedBytecode.length - 2) / 2,
      deployGas: Number(receipt?.gasUsed),
      ...{ china, account, stop },
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
