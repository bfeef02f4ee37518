import { type BaseContract, ContractFactory, type InterfaceAbi } from 'ethers';
import hre from 'hardhat';
import { COMPANION_KIND, type CompanionKindName } from '../../../protocol/law/codes.ts';
import { ROLE, type ShoreName } from '../../../protocol/ledger/codes.ts';
import type { Clearance, Laboratories, Ledger, Registry } from '../../../types/ethers-contracts/index.ts';
import { documentOf, type NewLedger, newLedger } from './newLedger.ts';

/** Contracts beside a ledger. */
export interface NewCompanions {
  clearance: Clearance;
  laboratories: Laboratories;
  registry: Registry;
}

/** A ledger with its companions, on a chain of its own. */
export interface NewLaw extends NewLedger, NewCompanions {
  /** Time of the newest block, Unix seconds. */
  now(): Promise<number>;
}

/** Who acts in tests of the law, by name of their account. */
export const OFFICIALS = {
  certifier: { member: 1, shore: 'KR', role: ROLE.CERTIFIER },
  laboratory: { member: 2, shore: 'KR', role: ROLE.LABORATORY },
  accreditor: { member: 3, shore: 'KR', role: ROLE.ACCREDITOR },
  customs: { member: 4, shore: 'CN', role: ROLE.CUSTOMS },
  regulator: { member: 5, shore: 'CN', role: ROLE.REGULATOR },
} as const satisfies Record<string, { member: number; shore: ShoreName; role: number }>;

/** Deploys a ledger and the contracts beside it, and adds none of them. */
export async function deployLaw(): Promise<NewLaw> {
  const chain = await newLedger();
  const now = async () => Number((await chain.provider.getBlock('latest'))?.timestamp);
  return { ...chain, ...(await deployCompanions(chain)), now };
}

/** Deploys contracts beside a ledger, and adds none of them. */
export async function deployCompanions(chain: NewLedger): Promise<NewCompanions> {
  const deploy = async <Contract extends BaseContract>(name: string): Promise<Contract> => {
    const artifact = await hre.artifacts.readArtifact(name);
    const factory = new ContractFactory(artifact.abi as unknown as InterfaceAbi, artifact.bytecode, chain.account('deployer'));
    return (await factory.deploy(chain.address, { gasPrice: 0 })) as unknown as Contract;
  };
  const clearance = await deploy<Clearance>('Clearance');
  const laboratories = await deploy<Laboratories>('Laboratories');
  const registry = await deploy<Registry>('Registry');
  return { clearance, laboratories, registry };
}

/** Deploys a ledger and its companions, adds them, and enrols the officials. */
export async function newLaw(): Promise<NewLaw> {
  const law = await deployLaw();
  const companions = { CLEARANCE: law.clearance, LABORATORIES: law.laboratories, REGISTRY: law.registry };
  for (const [kind, contract] of Object.entries(companions))
    await law.ledger.connect(law.both).addCompanion(await contract.getAddress(), COMPANION_KIND[kind as CompanionKindName]);
  for (const [name, { member, shore, role }] of Object.entries(OFFICIALS)) {
    const authority: Ledger = law.ledger.connect(shore === 'CN' ? law.china : law.korea);
    await authority.enrol(role, 1, 0, documentOf(name).leaf);
    await authority.authoriseAccount(member, law.account(name), 0);
  }
  return law;
}
