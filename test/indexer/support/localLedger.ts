import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Contract, ContractFactory, type InterfaceAbi, NonceManager, Wallet } from 'ethers';
import { anvilBinary } from '../../../deploy/local/chain.ts';
import { LedgerProvider } from '../../../indexer/source/provider.ts';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { KIND, ROLE } from '../../../protocol/ledger/codes.ts';

/** A chain of anvil with the ledger deployed and one member enrolled, whose account signs. */
export interface LocalLedger {
  readonly rpcUrl: string;
  readonly address: string;
  /** Block of the deployment. */
  readonly startBlock: number;
  /** The contract, called by the member's account. */
  readonly ledger: Contract;
  /** The contract, called by the authority of CN. */
  readonly authority: Contract;
  /** Whom the chain knows as the authority of KR, and as that of both shores. */
  readonly korea: NonceManager;
  readonly both: NonceManager;
  readonly member: number;
  /** Address of the member's account, in lower case. */
  readonly account: Hex;
  readonly provider: LedgerProvider;
  readonly pid: number;
  stop(): Promise<void>;
}

const ROOT = new URL('../../../', import.meta.url).pathname;
const ARTIFACTS = join(ROOT, 'artifacts', 'contracts');
const ZERO_FEES = ['--base-fee', '0', '--gas-price', '0', '--disable-min-priority-fee'];
const FREE = { gasPrice: 0, gasLimit: 100_000_000 };

/** Options of `eth_sendTransaction` on a chain without fees. */
export const free = FREE;

/** Starts anvil on a free port and deploys the ledger. */
export async function startLocalLedger(options: { readonly args?: readonly string[]; readonly port?: number } = {}): Promise<LocalLedger> {
  const port = options.port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-chain-'));
  const args = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', '880016', '--hardfork', 'cancun', '--gas-limit', '300000000'];
  const anvil = spawn(anvilBinary(), [...args, ...ZERO_FEES, '--accounts', '0', '--cache-path', folder, ...(options.args ?? [])], {
    stdio: 'ignore',
  });
  const rpcUrl = `http://127.0.0.1:${port}`;
  const provider = new LedgerProvider(rpcUrl, 880_016);
  provider.pollingInterval = 20;
  await answering(provider);
  const deployed = await deploy(provider);
  const ended = new Promise((resolve) => anvil.once('exit', resolve));
  return {
    ...deployed,
    ...{ rpcUrl, provider, pid: anvil.pid as number },
    async stop() {
      provider.destroy();
      anvil.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answering(provider: LedgerProvider): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await provider.batch([{ method: 'eth_chainId', params: [] }]);
      return;
    } catch (error) {
      if (tries > 400) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

async function deploy(provider: LedgerProvider) {
  const { abi, bytecode } = await readArtifact('Ledger.sol/Ledger');
  const china = new NonceManager(new Wallet(`0x${'11'.repeat(32)}`, provider));
  const korea = new NonceManager(new Wallet(`0x${'22'.repeat(32)}`, provider));
  const both = new NonceManager(new Wallet(`0x${'44'.repeat(32)}`, provider));
  const account = new NonceManager(new Wallet(`0x${'33'.repeat(32)}`, provider));
  const authorities = await Promise.all([china, korea, both].map((authority) => authority.getAddress()));
  const contract = await new ContractFactory(abi, bytecode, china).deploy(...authorities, FREE);
  const receipt = await contract.deploymentTransaction()?.wait();
  if (receipt === null || receipt === undefined) throw new Error('the ledger was not deployed');
  const address = (await contract.getAddress()).toLowerCase();
  const authority = new Contract(address, abi, china);
  const roles = ROLE.LABORATORY | ROLE.OPERATOR | ROLE.CERTIFIER;
  await (await authority.getFunction('enrol')(roles, 1, 4_000_000_000, `0x${'ab'.repeat(32)}`, FREE)).wait();
  await (await authority.getFunction('authoriseAccount')(1, await account.getAddress(), 4_000_000_000, FREE)).wait();
  const ledger = new Contract(address, abi, account);
  return {
    address,
    startBlock: receipt.blockNumber,
    ledger,
    ...{ authority, korea, both },
    member: 1,
    account: (await account.getAddress()).toLowerCase() as Hex,
  };
}

/** Reads a compiled contract; compiles them first where there is none. @param name as `Ledger.sol/Ledger` */
export async function readArtifact(name: string): Promise<{ abi: InterfaceAbi; bytecode: string }> {
  const file = join(ARTIFACTS, `${name}.json`);
  if (!existsSync(file)) {
    const hardhat = join(ROOT, 'node_modules', 'hardhat', 'dist', 'src', 'cli.js');
    await promisify(execFile)(process.execPath, [hardhat, 'build'], { cwd: ROOT });
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Kinds that the enrolled member may anchor. */
export const LAB_REPORT = KIND.LABORATORY_REPORT;
