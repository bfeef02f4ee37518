import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BaseContract, Contract, ContractFactory, type InterfaceAbi } from 'ethers';
import type { OwnChain } from '../gas/bench.ts';

/** A contract as its package ships it: compiled by its authors. */
export interface Shipped {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

const FOLDER = join(import.meta.dirname, 'packages');
/** The compiler's version at the end of the bytecode: three bytes behind `solc` in CBOR. */
const COMPILER = /64736f6c6343([0-9a-f]{6})/;

/** Installs the packages by their own lockfile: no install scripts, nothing into the project's own node_modules. */
export function installRivals(): void {
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (done.status !== 0) throw new Error('the packages to compare with could not be installed: is the package registry reachable?');
}

/** Loads a module of one of the packages. */
export function loadFrom<Module>(path: string): Module {
  return createRequire(join(FOLDER, 'package.json'))(path) as Module;
}

/** Name and version of a package, and the compiler of a contract in it. */
export function sourceOf(name: string, { bytecode }: Shipped): string {
  const { version } = JSON.parse(readFileSync(join(FOLDER, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
  const bytes = COMPILER.exec(bytecode)?.[1];
  const compiler = bytes === undefined ? 'unknown compiler' : `solc ${[...Buffer.from(bytes, 'hex')].join('.')}`;
  return `${name} ${version}, bytecode as shipped (${compiler})`;
}

/** A deployed contract, and what that cost. */
export interface Deployed {
  readonly contract: Contract;
  readonly gas: number;
}

/** Deploys a contract as an account. */
export async function deployShipped(
  chain: OwnChain,
  { abi, bytecode }: Shipped,
  owner: string,
  args: readonly unknown[],
): Promise<Deployed> {
  const signer = chain.account(owner);
  const deployed: BaseContract = await new ContractFactory(abi, bytecode, signer).deploy(...args);
  const receipt = await deployed.deploymentTransaction()?.wait();
  return { contract: new Contract(await deployed.getAddress(), abi, signer), gas: Number(receipt?.gasUsed) };
}
