import { createHash } from 'node:crypto';
import { Contract, ContractFactory, NonceManager, Wallet } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { COMPANION_KIND } from '../../../protocol/law/codes.ts';
import { ROLE, SHORE } from '../../../protocol/ledger/codes.ts';
import { free, type LocalLedger, readArtifact, startLocalLedger } from './localLedger.ts';

/** Who acts. The first member is that of `startLocalLedger`. */
export const MEMBERS = { certifier: 2, laboratory: 3, accreditor: 4, customs: 5, regulator: 6 } as const;
/** Name of who acts. */
export type Actor = keyof typeof MEMBERS | 'china' | 'korea' | 'both';

const ENROLMENTS = [
  ['certifier', SHORE.KR, ROLE.CERTIFIER],
  ['laboratory', SHORE.KR, ROLE.LABORATORY],
  ['accreditor', SHORE.KR, ROLE.ACCREDITOR],
  ['customs', SHORE.CN, ROLE.CUSTOMS],
  ['regulator', SHORE.CN, ROLE.REGULATOR],
] as const;
const CONTRACTS = { clearance: 'Clearance', laboratories: 'Laboratories', registry: 'Registry' } as const;
/** Name of a contract. */
export type LawContract = 'ledger' | keyof typeof CONTRACTS;

/** A chain with the ledger, the contracts beside it, and officials. */
export interface LocalLaw extends LocalLedger {
  /** Time of the newest block, Unix seconds. */
  now(): Promise<number>;
  addressOf(contract: LawContract): Hex;
  /** Sends a transaction, and waits for it. */
  send(actor: Actor, contract: LawContract, name: string, ...args: unknown[]): Promise<void>;
  /** Asks a view. */
  ask(contract: LawContract, name: string, ...args: unknown[]): Promise<unknown>;
}

/** A digest that is always the same for a name. */
export function digest(name: string): Hex {
  return `0x${createHash('sha256').update(name).digest('hex')}`;
}

/** Starts a chain, deploys the contracts, adds the companions and enrols the officials. */
export async function startLocalLaw(): Promise<LocalLaw> {
  const chain = await startLocalLedger();
  const signers = { china: chain.authority.runner as NonceManager, korea: chain.korea, both: chain.both, ...officials(chain) };
  const contracts = { ledger: chain.ledger } as Record<LawContract, Contract>;
  const law: LocalLaw = {
    ...chain,
    now: async () => (await chain.provider.getBlock('latest'))?.timestamp as number,
    addressOf: (contract) => String(contracts[contract].target).toLowerCase() as Hex,
    async send(actor, contract, name, ...args) {
      const connected = contracts[contract].connect(signers[actor]) as Contract;
      const sent = await connected.getFunction(name)(...args, free);
      const receipt = await sent.wait();
      if (receipt?.status !== 1) throw new Error(`${name} was refused`);
    },
    ask: (contract, name, ...args) => contracts[contract].getFunction(name)(...args),
  };
  for (const [name, contract] of Object.entries(CONTRACTS)) {
    contracts[name as LawContract] = await deploy(contract, chain.address, signers.china);
    const kind = COMPANION_KIND[contract.toUpperCase() as keyof typeof COMPANION_KIND];
    await law.send('both', 'ledger', 'addCompanion', law.addressOf(name as LawContract), kind);
  }
  for (const [name, shore, role] of ENROLMENTS) {
    const authority = shore === SHORE.CN ? 'china' : 'korea';
    await law.send(authority, 'ledger', 'enrol', role, 1, 0, digest(name));
    await law.send(authority, 'ledger', 'authoriseAccount', MEMBERS[name], await signers[name].getAddress(), 0);
  }
  return law;
}

function officials({ provider }: LocalLedger): Record<keyof typeof MEMBERS, NonceManager> {
  const signer = (name: string) => new NonceManager(new Wallet(digest(`key of ${name}`), provider));
  return Object.fromEntries(Object.keys(MEMBERS).map((name) => [name, signer(name)])) as Record<keyof typeof MEMBERS, NonceManager>;
}

async function deploy(name: string, ledger: string, deployer: NonceManager): Promise<Contract> {
  const { abi, bytecode } = await readArtifact(`${name}.sol/${name}`);
  const deployed = await new ContractFactory(abi, bytecode, deployer).deploy(ledger, free);
  await deployed.waitForDeployment();
  return new Contract(await deployed.getAddress(), abi, deployer);
}
