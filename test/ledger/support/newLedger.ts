import {
  type BaseWallet,
  ContractFactory,
  type InterfaceAbi,
  keccak256,
  type Provider,
  type TransactionRequest,
  toUtf8Bytes,
  Wallet,
} from 'ethers';
import hre from 'hardhat';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { toUtf8 } from '../../../protocol/encoding/utf8.ts';
import { fingerprint } from '../../../protocol/hash/fingerprint.ts';
import { KIND, ROLE } from '../../../protocol/ledger/codes.ts';
import type { Ledger } from '../../../types/ethers-contracts/index.ts';

/** A ledger on a chain of its own, in this process. */
export interface NewLedger {
  ledger: Ledger;
  address: Hex;
  china: BaseWallet;
  korea: BaseWallet;
  /** Stands for the council of both shores. */
  both: BaseWallet;
  provider: Provider;
  /** Gas of the deployment. */
  deployGas: number;
  /** An account that is always the same for a name. */
  account(name: string): BaseWallet;
  send(method: string, params: unknown[]): Promise<unknown>;
  /** Sets the time of the next block, in Unix seconds. */
  setTime(at: number): Promise<void>;
}

/** In place of a subject: none. */
export const NO_SUBJECT: Hex = `0x${'00'.repeat(32)}`;

/** Sends at no price, as on the consortium's chain, and so needs no funds. */
class FreeWallet extends Wallet {
  override populateTransaction(transaction: TransactionRequest) {
    return super.populateTransaction({ ...transaction, gasPrice: 0 });
  }
}

/** Deploys a ledger to a new chain. */
export async function newLedger(): Promise<NewLedger> {
  const connection = await hre.network.create({ network: 'default', override: { hardfork: 'cancun', initialBaseFeePerGas: 0 } });
  const { ethers, provider: rpc } = connection;
  const chain = ethers.provider as unknown as Provider;
  const account = (name: string) => new FreeWallet(keccak256(toUtf8Bytes(`tidemark-bench/${name}`)), chain);
  const [china, korea, both] = [account('authority of CN'), account('authority of KR'), account('authority of both')];
  const artifact = await hre.artifacts.readArtifact('Ledger');
  const deployed = await new ContractFactory(artifact.abi as unknown as InterfaceAbi, artifact.bytecode, account('deployer')).deploy(
    china,
    korea,
    both,
    { gasPrice: 0 },
  );
  const receipt = await deployed.deploymentTransaction()?.wait();
  const send = (method: string, params: unknown[]) => rpc.request({ method, params });
  return {
    ledger: deployed as unknown as Ledger,
    address: (await deployed.getAddress()).toLowerCase() as Hex,
    ...{ china, korea, both, account, send },
    provider: chain,
    deployGas: Number(receipt?.gasUsed),
    setTime: async (at) => {
      await send('evm_setNextBlockTimestamp', [at]);
    },
  };
}

/** Enrols a laboratory of CN with one account. */
export async function enrolLaboratory({ ledger, china, account }: NewLedger): Promise<{ member: number; laboratory: Ledger }> {
  const authority = ledger.connect(china);
  await authority.enrol(ROLE.LABORATORY, 1, 0, documentOf('profile').leaf);
  const member = Number(await ledger.membersEnrolled());
  await authority.authoriseAccount(member, account('laboratory'), 0);
  return { member, laboratory: ledger.connect(account('laboratory')) };
}

/** Fingerprint of a document that stands for any. */
export function documentOf(name: string) {
  return fingerprint(toUtf8(`test document ${name}`));
}

/** A laboratory report as `anchor` takes it. */
export function reportOf(name: string, subject: Hex = NO_SUBJECT) {
  const { sha256, sm3 } = documentOf(name);
  return { sha256Digest: sha256, sm3Digest: sm3, subject, kind: KIND.LABORATORY_REPORT, expiresAt: 4_000_000_000 };
}
