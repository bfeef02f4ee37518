import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AbiCoder, getCreateAddress, keccak256, Transaction, Wallet } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import type { LedgerAt } from '../../../sdk/chain/readState.ts';
import { CHAIN_ID, type TestChain } from './chain.ts';

/** Whom nobody has the key of. */
const NOBODY = '0x000000000000000000000000000000000000dead';
const ROOT = dirname(dirname(dirname(import.meta.dirname)));
const ARTIFACT = join(ROOT, 'artifacts', 'contracts', 'Ledger.sol', 'Ledger.json');

/** Whether the contracts are compiled; tests that need them are skipped where not. */
export const hasArtifact = existsSync(ARTIFACT);

/** Deploys the ledger with an authority for each shore; nobody can act for both. */
export async function deployTestLedger(chain: TestChain, authorities: { CN: Hex; KR: Hex }): Promise<LedgerAt> {
  const { bytecode } = JSON.parse(readFileSync(ARTIFACT, 'utf8')) as { bytecode: string };
  const deployer = Wallet.createRandom();
  const args = AbiCoder.defaultAbiCoder().encode(['address', 'address', 'address'], [authorities.CN, authorities.KR, NOBODY]);
  const transaction = Transaction.from({
    ...{ type: 2, chainId: CHAIN_ID, nonce: 0, gasLimit: 10_000_000, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n },
    data: bytecode + args.slice(2),
  });
  transaction.signature = deployer.signingKey.sign(transaction.unsignedHash);
  await chain.provider.send('eth_sendRawTransaction', [transaction.serialized]);
  const contract = getCreateAddress({ from: deployer.address, nonce: 0 }).toLowerCase() as Hex;
  for (let attempt = 0; (await chain.provider.send('eth_getCode', [contract, 'latest'])) === '0x'; attempt++) {
    if (attempt === 100) throw new Error('the ledger was not deployed');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { provider: chain.provider, chainId: CHAIN_ID, contract };
}

/** keccak-256 of the deployed code. */
export async function codeHashOf({ provider, contract }: LedgerAt): Promise<Hex> {
  return keccak256((await provider.send('eth_getCode', [contract, 'latest'])) as string) as Hex;
}
