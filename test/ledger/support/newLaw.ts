import { type BaseContract, ContractFactory, type InterfaceAbi } from 'ethers';
import hre from 'hardhat';
import { COMPANION_KIND } from '../../../protocol/law/codes.ts';
import { ROLE, type ShoreName } from '../../../protocol/ledger/codes.ts';
import type { Clearance, Laboratories, Ledger, Registry } from '../../../types/ethers-contracts/index.ts';
import { documentOf, type NewLedger, newLedger } from './newLedger.ts';

/** A ledger with its companions, on a chain of its own. */
export interface NewLaw extends NewLedger {
  clearance: Clearance;
  laboratories: Laboratories;
  registry: Registry;
}

/** Who acts in tests of the law, by name of their account. */
export const OFFICIALS = {
  certifier: { member: 1, shore: 'KR', role: ROLE.CERTIFIER },
  laboratory: { member: 2, shore: 'KR', role: ROLE.LABORATORY },
  accreditor: { member: 3, shore: 'KR', role: ROLE.ACCREDITOR },
  customs: { member: 4, shore: 'CN', role: ROLE.CUSTOMS },
  regulator: { member: 5, shore: 'CN', role: ROLE.REGULATOR },
} as const satisfies Record<string, { member: number; shore: ShoreName; role: number }>;

/** Deploys a ledger and its companions, adds them, and enrols the officials. */
export async function newLaw(): Promise<NewLaw> {
  const chain = await newLedger();
  const deploy = async <Contract extends BaseContract>(name: keyof typeof COMPANION_KIND, ...args: string[]): Promise<Contract> => {
    const artifact = await hre.artifacts.readArtifact(`${name.charAt(0)}${name.slice(1).toLowerCase()}`);
    const factory = new ContractFactory(artifact.abi as unknown as InterfaceAbi, artifact.bytecode, chain.account('deployer'));
    const contract = await factory.deploy(...args, { gasPrice: 0 });
    await chain.ledger.connect(chain.both).addCompanion(await contract.getAddress(), COMPANION_KIND[name]);
    return contract as unknown as Contract;
  };
  const clearance = await deploy<Clearance>('CLEARANCE', chain.address);
  const laboratories = await deploy<Laboratories>('LABORATORIES', chain.address);
  const registry = await deploy<Registry>('REGISTRY', chain.address);
  for (const [name, { member, shore, role }] of Object.entries(OFFICIALS)) {
    const authority: Ledger = chain.ledger.connect(shore === 'CN' ? chain.china : chain.korea);
    await authority.enrol(role, 1, 0, documentOf(name).leaf);
    await authority.authoriseAccount(member, chain.account(name), 0);
  }
  return { ...chain, clearance, laboratories, registry };
}
