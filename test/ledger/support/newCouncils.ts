import { type BytesLike, ContractFactory, Interface, keccak256, id as keccakOf, type Result, Wallet } from 'ethers';
import hre from 'hardhat';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { clearanceAbi } from '../../../protocol/law/abi/clearance.ts';
import { councilAbi } from '../../../protocol/law/abi/council.ts';
import { laboratoriesAbi } from '../../../protocol/law/abi/laboratories.ts';
import { registryAbi } from '../../../protocol/law/abi/registry.ts';
import { COMPANION_KIND } from '../../../protocol/law/codes.ts';
import { ledgerAbi } from '../../../protocol/ledger/abi.ts';
import type { ShoreName } from '../../../protocol/ledger/codes.ts';
import { type Act, approvalMessage, proposalOf } from '../../../sdk/govern/councilCalls.ts';

/** Contracts of a governed ledger: `CN`, `KR` and `BOTH` are its councils. */
export type Place = 'CN' | 'KR' | 'BOTH' | 'ledger' | 'clearance' | 'laboratories' | 'registry';

const COUNCIL = new Interface(councilAbi);
/** What each contract understands. */
export const FACES: Readonly<Record<Place, Interface>> = {
  ...{ CN: COUNCIL, KR: COUNCIL, BOTH: COUNCIL },
  ledger: new Interface(ledgerAbi),
  clearance: new Interface(clearanceAbi),
  laboratories: new Interface(laboratoriesAbi),
  registry: new Interface(registryAbi),
};

/** A call of a contract. */
export interface Call {
  readonly to: Hex;
  readonly data: Hex;
}

/** A ledger with its companions and its three councils, on a chain of its own in this process. */
export interface Councils {
  readonly chainId: number;
  readonly places: Readonly<Record<Place, Hex>>;
  /** Who sits in the councils of the shores: three, of whom two are needed. */
  readonly officials: Readonly<Record<ShoreName, readonly Wallet[]>>;
  rpc(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Time of the newest block, or of the next one where it was set. */
  now(): number;
  /** Lets time pass. */
  pass(seconds: number): Promise<void>;
  /** Signs a transaction as it goes over the wire, with the account's next nonce. */
  sign(sender: Wallet, call: Call): Promise<Hex>;
  /** Sends a signed transaction; tells the name of the error with which it was refused, or `done`. */
  deliver(raw: Hex): Promise<string>;
  /** Signs and delivers. */
  send(sender: Wallet, call: Call): Promise<string>;
  /** What a call would come to if it came from an address, whoever holds its key. */
  attempt(from: string, call: Call): Promise<string>;
  /** Reads. */
  read(place: Place, name: string, ...args: unknown[]): Promise<Result>;
  call(place: Place, name: string, args: readonly unknown[]): Call;
  act(place: Place, name: string, args: readonly unknown[]): Act;
}

/** Seconds between quorum and act. */
export const DELAY = 2 * 86_400;
/** When acts of these tests can no longer be done. */
export const CLOSE = 40_000_000_000;
const START = 2_000_000_000;
const GAS = 8_000_000;
/** Stopping, and speaking in the council of both, which has a delay of its own. */
const URGENT_AT_A_SHORE = [
  ...['suspendMember', 'withdrawAccount', 'revokeKey'].map((name) => selectorOf('ledger', name)),
  selectorOf('clearance', 'withdrawBody'),
  ...['propose', 'approve', 'withdrawApproval'].map((name) => selectorOf('BOTH', name)),
];
const URGENT_OF_BOTH = [selectorOf('ledger', 'pause'), selectorOf('laboratories', 'suspendArrangement')];

/** An account that is always the same for a name. */
export function accountOf(name: string): Wallet {
  return new Wallet(keccakOf(`tidemark-test/${name}`));
}

/** Deploys everything to a new chain; the councils adopt the ledger and add its companions by acts of their own. */
export async function newCouncils({ chainId = 31_337 }: { chainId?: number } = {}): Promise<Councils> {
  const override = {
    chainId,
    hardfork: 'cancun',
    initialBaseFeePerGas: 0,
    blockGasLimit: 10_000_000_000,
    initialDate: new Date(START * 1_000),
    mining: { auto: true, mempool: { order: 'fifo' } },
  } as const;
  const { provider } = await hre.network.create({ network: 'default', override });
  const world = open(chainId, (method, params) => provider.request({ method, params: [...params] }));
  await deployAll(world);
  for (const shore of ['CN', 'KR'] as const) await carryOut(world, shore, world.act(shore, 'adoptLedger', [world.places.ledger]));
  await agree(world, world.act('BOTH', 'adoptLedger', [world.places.ledger]));
  for (const [name, kind] of Object.entries(COMPANION_KIND)) {
    await agree(world, world.act('ledger', 'addCompanion', [world.places[name.toLowerCase() as Place], kind]));
  }
  return world;
}

/** Two officials of a shore have their council do something, after its delay. Throws where it is refused. */
export async function carryOut(world: Councils, shore: ShoreName, act: Act, by = world.officials[shore]): Promise<void> {
  await decide(world, shore, act, by);
  await world.pass(DELAY);
  expectDone(await world.send(accountOf('anybody'), world.call(shore, 'execute', [act])));
}

/** The same in the council of both: CN proposes, KR approves. */
export async function agree(world: Councils, act: Act): Promise<void> {
  await speak(world, 'CN', 'propose', [act]);
  await speak(world, 'KR', 'approve', [proposalAt(world, 'BOTH', act)]);
  await world.pass(DELAY);
  expectDone(await world.send(accountOf('anybody'), world.call('BOTH', 'execute', [act])));
}

/** Two officials of a shore have their council say something in the council of both. */
export async function speak(world: Councils, shore: ShoreName, name: string, args: readonly unknown[]): Promise<void> {
  await carryOutAtOnce(world, shore, world.act('BOTH', name, args));
}

/** Two officials of a shore have their council do something that need not wait. Throws where it is refused. */
export async function carryOutAtOnce(world: Councils, shore: ShoreName, act: Act): Promise<void> {
  await decide(world, shore, act, world.officials[shore]);
  expectDone(await world.send(accountOf('anybody'), world.call(shore, 'execute', [act])));
}

/** The id of an act of a council. */
export function proposalAt({ chainId, places }: Councils, council: ShoreName | 'BOTH', act: Act): Hex {
  return proposalOf({ chainId, council: places[council] }, act);
}

/** An approval that its seat signs, for a council that may stand on another chain. */
export async function signApproval(seat: Wallet, at: { chainId: number; council: Hex }, proposal: Hex, deadline: number): Promise<Hex> {
  const { domain, types, value } = approvalMessage(at, proposal, deadline);
  return (await seat.signTypedData(domain, types, value)) as Hex;
}

/** Name of the error that a contract answered with. */
export function errorNameOf(data: BytesLike): string {
  for (const face of Object.values(FACES)) {
    const error = face.parseError(data);
    if (error !== null) return error.name;
  }
  throw new Error(`no contract has this error: ${data}`);
}

function open(chainId: number, rpc: Councils['rpc']): Councils {
  let time = START;
  let acts = 0;
  const places = {} as Record<Place, Hex>;
  const call = (place: Place, name: string, args: readonly unknown[]): Call => ({
    to: places[place],
    data: FACES[place].encodeFunctionData(name, args) as Hex,
  });
  const world: Councils = {
    ...{ chainId, places, rpc, call },
    officials: { CN: [1, 2, 3].map((n) => accountOf(`CN/${n}`)), KR: [1, 2, 3].map((n) => accountOf(`KR/${n}`)) },
    now: () => time,
    pass: async (seconds) => {
      time += seconds;
      await rpc('evm_setNextBlockTimestamp', [time]);
      await rpc('evm_mine', []);
    },
    sign: async (sender, { to, data }) => {
      const nonce = Number(await rpc('eth_getTransactionCount', [sender.address, 'latest']));
      return (await sender.signTransaction({ type: 0, chainId, nonce, to, data, gasPrice: 0, gasLimit: GAS })) as Hex;
    },
    deliver: async (raw) => {
      time += 1;
      await rpc('evm_setNextBlockTimestamp', [time]);
      return await outcomeOf(rpc('eth_sendRawTransaction', [raw]));
    },
    send: async (sender, what) => await world.deliver(await world.sign(sender, what)),
    attempt: (from, what) => outcomeOf(rpc('eth_call', [{ from, ...what }, 'latest'])),
    read: async (place, name, ...args) => {
      const answer = (await rpc('eth_call', [call(place, name, args), 'latest'])) as Hex;
      return FACES[place].decodeFunctionResult(name, answer);
    },
    act: (place, name, args) => ({
      target: places[place],
      data: call(place, name, args).data,
      salt: `0x${(++acts).toString(16).padStart(64, '0')}`,
      expiresAt: CLOSE,
    }),
  };
  return world;
}

async function deployAll(world: Councils): Promise<void> {
  const { officials } = world;
  const places = world.places as Record<Place, Hex>;
  const seats = (list: readonly Wallet[]) => list.map(({ address }) => address);
  places.CN = await deploy(world, 'Council', [seats(officials.CN), 2, DELAY, URGENT_AT_A_SHORE]);
  places.KR = await deploy(world, 'Council', [seats(officials.KR), 2, DELAY, URGENT_AT_A_SHORE]);
  places.BOTH = await deploy(world, 'Council', [[places.CN, places.KR], 2, DELAY, URGENT_OF_BOTH]);
  places.ledger = await deploy(world, 'Ledger', [places.CN, places.KR, places.BOTH]);
  places.clearance = await deploy(world, 'Clearance', [places.ledger]);
  places.laboratories = await deploy(world, 'Laboratories', [places.ledger]);
  places.registry = await deploy(world, 'Registry', [places.ledger]);
}

/** Deploys a contract of the project. */
export async function deploy(world: Councils, name: string, args: readonly unknown[]): Promise<Hex> {
  const { abi, bytecode } = await hre.artifacts.readArtifact(name);
  const { data } = await new ContractFactory(JSON.parse(JSON.stringify(abi)), bytecode).getDeployTransaction(...args);
  const deployer = accountOf('deployer');
  const nonce = Number(await world.rpc('eth_getTransactionCount', [deployer.address, 'latest']));
  const raw = await deployer.signTransaction({ type: 0, chainId: world.chainId, nonce, data, gasPrice: 0, gasLimit: GAS });
  expectDone(await world.deliver(raw as Hex));
  const receipt = (await world.rpc('eth_getTransactionReceipt', [keccak256(raw)])) as { contractAddress: Hex };
  return receipt.contractAddress;
}

async function decide(world: Councils, shore: ShoreName, act: Act, by: readonly Wallet[]): Promise<void> {
  const [first, second] = by as [Wallet, Wallet];
  expectDone(await world.send(first, world.call(shore, 'propose', [act])));
  expectDone(await world.send(second, world.call(shore, 'approve', [proposalAt(world, shore, act)])));
}

async function outcomeOf(sending: Promise<unknown>): Promise<string> {
  try {
    await sending;
    return 'done';
  } catch (error) {
    const data = (error as { data?: unknown }).data;
    const answer = typeof data === 'string' ? data : (data as { data?: string } | undefined)?.data;
    if (answer === undefined) throw error;
    return answer === '0x' ? 'no answer' : errorNameOf(answer);
  }
}

function expectDone(outcome: string): void {
  if (outcome !== 'done') throw new Error(`refused: ${outcome}`);
}

function selectorOf(place: Place, name: string): string {
  return FACES[place].getFunction(name)?.selector as string;
}
