import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keccak256, Wallet } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { ShoreName } from '../../protocol/ledger/codes.ts';
import type { FastProvider } from '../../sdk/chain/provider.ts';
import { writeDurably } from '../../sdk/files/writeDurably.ts';
import { type Deployment, readDeployment } from '../../sdk/home/home.ts';
import type { Companions } from './law.ts';

/** Addresses of the officials of the two councils. */
export type Seats = Readonly<Record<ShoreName, readonly Hex[]>>;

/** Approvals that an act of a shore needs, and seconds between the agreement of both shores and their act: the demo does not wait two days. */
const THRESHOLD = 2;
const DELAY_SECONDS = 1;

const MODULE = 'ignition/modules/Ledger.ts';
/** What the start command has deployed and is to let the councils add; readers find the contracts through the ledger. */
const COMPANIONS_FILE = 'companions.json';

/** A deployment and the contracts beside its ledger. */
export interface Deployed {
  deployment: Deployment;
  companions: Companions;
}

/** The deployment that `home` remembers, if the chain still has that contract; the embedded chain's state may have been deleted. */
export async function knownDeployment(home: string, provider: FastProvider): Promise<Deployed | undefined> {
  if (!existsSync(join(home, 'deployment.json')) || !existsSync(join(home, COMPANIONS_FILE))) return undefined;
  const deployment = readDeployment(home);
  const code = await provider.getCode(deployment.contract);
  if (code === '0x' || keccak256(code) !== deployment.codeHash) return undefined;
  return { deployment, companions: JSON.parse(readFileSync(join(home, COMPANIONS_FILE), 'utf8')) as Companions };
}

/** Deploys councils, ledger and the contracts beside it by Hardhat Ignition, and writes `deployment.json` into `home`. The deploying account is made for this and has no rights afterwards. */
export async function deployLedger(
  root: string,
  home: string,
  provider: FastProvider,
  chainId: number,
  rpcUrl: string,
  seats: Seats,
): Promise<Deployed> {
  // One deployment an address of the chain: systems that start side by side do not share a journal.
  const deploymentId = `local-${new URL(rpcUrl).port}`;
  const folder = join(root, 'ignition', 'deployments', deploymentId);
  const parameters = join(home, 'ignition.json');
  mkdirSync(home, { recursive: true });
  writeFileSync(
    parameters,
    JSON.stringify({ Ledger: { seatsCN: seats.CN, seatsKR: seats.KR, threshold: THRESHOLD, delay: DELAY_SECONDS } }),
  );
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules', 'hardhat', 'dist', 'src', 'cli.js'),
      'ignition',
      'deploy',
      MODULE,
      '--network',
      'consortium',
      '--parameters',
      parameters,
      '--deployment-id',
      deploymentId,
      '--reset',
      '--build-profile',
      'default',
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        TIDEMARK_RPC_URL: rpcUrl,
        TIDEMARK_DEPLOYER_KEY: Wallet.createRandom().privateKey,
        HARDHAT_IGNITION_CONFIRM_DEPLOYMENT: 'true',
        HARDHAT_IGNITION_CONFIRM_RESET: 'true',
      },
    },
  );
  const addresses = JSON.parse(readFileSync(join(folder, 'deployed_addresses.json'), 'utf8')) as Record<string, string>;
  rmSync(folder, { recursive: true });
  const addressOf = (name: string) => (addresses[`Ledger#${name}`] as string).toLowerCase() as Hex;
  const contract = addressOf('Ledger');
  const deployment: Deployment = {
    chainId,
    rpcUrl,
    contract,
    deployedAt: await firstBlockWithCode(provider, contract),
    codeHash: keccak256(await provider.getCode(contract)) as Hex,
  };
  writeDurably(join(home, 'deployment.json'), `${JSON.stringify(deployment, undefined, 2)}\n`);
  const companions = { CLEARANCE: addressOf('Clearance'), LABORATORIES: addressOf('Laboratories'), REGISTRY: addressOf('Registry') };
  writeDurably(join(home, COMPANIONS_FILE), `${JSON.stringify(companions, undefined, 2)}\n`);
  return { deployment, companions };
}

/** Bisects: the contract has code in every block from its deployment on. */
async function firstBlockWithCode(provider: FastProvider, contract: Hex): Promise<number> {
  let low = 0;
  let high = await provider.getBlockNumber();
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await provider.getCode(contract, middle)) === '0x') low = middle + 1;
    else high = middle;
  }
  return low;
}
