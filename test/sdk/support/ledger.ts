import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AbiCoder, getCreateAddress, keccak256, Transaction, Wallet } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { LedgerAt } from '../../../sdk/chain/readState.ts';
import { CHAIN_ID, type TestChain } from './chain.ts';

const ROOT = dirname(dirname(dirname(import.meta.dirname)));
const THRESHOLD = 2;

/** Whether the contracts are compiled; tests that need them are skipped where not. */
export const hasArtifact = existsSync(artifactOf('Ledger'));

/** Deploys a council of each shore and of both, and the ledger that they govern; no contract stands beside it. */
export async function deployTestLedger(chain: TestChain, seats: { CN: readonly Hex[]; KR: readonly Hex[] }): Promise<LedgerAt> {
  const deploy = deployer(chain);
  const council = (of: readonly Hex[], threshold: number) =>
    deploy('Council', ['address[]', 'uint256', 'uint256', 'bytes4[]'], [of, threshold, 0, []]);
  const [china, korea] = [await council(seats.CN, THRESHOLD), await council(seats.KR, THRESHOLD)];
  const both = await council([china, korea], 2);
  const contract = await deploy('Ledger', ['address', 'address', 'address'], [china, korea, both]);
  return { provider: chain.provider, chainId: CHAIN_ID, contract };
}

/** Deploys contracts one after the other from a new account. */
function deployer(chain: TestChain): (name: string, types: string[], args: unknown[]) => Promise<Hex> {
  const wallet = Wallet.createRandom();
  let nonce = 0;
  return async (name, types, args) => {
    const { bytecode } = JSON.parse(readFileSync(artifactOf(name), 'utf8')) as { bytecode: string };
    const transaction = Transaction.from({
      ...{ type: 2, chainId: CHAIN_ID, nonce, gasLimit: 20_000_000, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n },
      data: bytecode + AbiCoder.defaultAbiCoder().encode(types, args).slice(2),
    });
    transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
    await chain.provider.send('eth_sendRawTransaction', [transaction.serialized]);
    const contract = getCreateAddress({ from: wallet.address, nonce }).toLowerCase() as Hex;
    nonce++;
    for (let attempt = 0; (await chain.provider.send('eth_getCode', [contract, 'latest'])) === '0x'; attempt++) {
      if (attempt === 100) throw new Error(`${name} was not deployed`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return contract;
  };
}

/** keccak-256 of the deployed code. */
export async function codeHashOf({ provider, contract }: LedgerAt): Promise<Hex> {
  return keccak256((await provider.send('eth_getCode', [contract, 'latest'])) as string) as Hex;
}

function artifactOf(name: string): string {
  return join(ROOT, 'artifacts', 'contracts', `${name}.sol`, `${name}.json`);
}
