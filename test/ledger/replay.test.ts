import { expect } from 'chai';
import { type FunctionFragment, id, type ParamType, type Wallet } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { type Act, proposalOf } from '../../sdk/govern/councilCalls.ts';
import {
  accountOf,
  type Call,
  CLOSE,
  type Councils,
  DELAY,
  deploy,
  FACES,
  newCouncils,
  type Place,
  signApproval,
} from './support/newCouncils.ts';

const CHAINS = [1, 1_337, 31_337];
const TIMES = 2;
/** A signature over something else recovers to an account without a seat, or to none. */
const NOT_ITS = ['CouncilNotSeat', 'ECDSAInvalidSignature'];
const PATIENCE_MS = 300_000;

/** A council on one of the chains. */
interface Seating {
  readonly world: Councils;
  readonly council: Hex;
}

/** An approval that was signed for one council. */
interface Approval {
  readonly home: Seating;
  readonly proposal: Hex;
  readonly what: Deed;
  readonly signature: Hex;
}

/** A call of any function of any contract that writes. */
interface Deed {
  readonly place: Place;
  readonly name: string;
  readonly data: Hex;
}

/** Everything is deployed by the same accounts, so to the same addresses: only what was signed tells the chains apart. */
describe('Ledger', () => {
  describe('replay', () => {
    const worlds: Councils[] = [];
    const seatings: Seating[] = [];
    const deeds = everyDeed();
    const [proposer, signer] = [accountOf('CN/1'), accountOf('CN/2')];

    before(async () => {
      for (const chainId of CHAINS) {
        const world = await newCouncils({ chainId });
        const seats = world.officials.CN.map(({ address }) => address);
        const twin = await deploy(world, 'Council', [seats, 2, DELAY, []]);
        worlds.push(world);
        seatings.push({ world, council: world.places.CN }, { world, council: twin });
      }
    });

    it('finds the same contracts on every chain', () => {
      expect(new Set(worlds.map(({ places }) => JSON.stringify(places))).size).to.equal(1);
      expect(new Set(seatings.map(({ council }) => council)).size).to.equal(2);
      expect(deeds.length).to.be.greaterThan(50);
    });

    it('accepts a signed approval by the council that it was signed for, once', async () => {
      for (const what of deeds) for (const seating of seatings) await propose(seating, what, proposer);
      const approvals = await Promise.all(deeds.flatMap((what) => seatings.map((home) => signed(home, what, signer))));
      let accepted = 0;
      for (const approval of approvals) accepted += await presentAbroad(approval, seatings, signer);
      for (const approval of approvals) {
        expect(await deliver(approval, signer), approval.what.name).to.equal('done');
        accepted += await presentAgain(approval, seatings, signer);
      }
      for (const approval of approvals) await withdraw(approval, signer);
      for (const { pass } of worlds) await pass(DELAY);
      for (const approval of approvals) accepted += await presentAgain(approval, seatings, signer);
      expect(accepted).to.equal(0);
      expect(approvals.length).to.equal(deeds.length * CHAINS.length * 2);
    }).timeout(PATIENCE_MS);

    it('accepts a signed transaction on the chain that it was signed for, once', async () => {
      const sender = accountOf('sender');
      let accepted = 0;
      for (const home of worlds) {
        for (const { place, data } of deeds) {
          const raw = await home.sign(sender, { to: home.places[place], data });
          accepted += await presentElsewhere(raw, worlds, home, sender);
          expect(await isIncluded(home, raw, sender)).to.equal(true);
          for (let time = 0; time < TIMES; time++) accepted += await presentElsewhere(raw, worlds, undefined, sender);
        }
      }
      expect(accepted).to.equal(0);
      for (const world of worlds) expect(await nonceOf(world, sender)).to.equal(deeds.length);
    }).timeout(PATIENCE_MS);
  });
});

/** Every function of every contract that writes, with arguments that stand for any. */
function everyDeed(): Deed[] {
  return (Object.keys(FACES) as Place[])
    .filter((place) => place !== 'KR' && place !== 'BOTH')
    .flatMap((place) => {
      const deeds: Deed[] = [];
      FACES[place].forEachFunction((fragment) => {
        if (!fragment.constant) deeds.push({ place, name: fragment.name, data: encodeAny(place, fragment) });
      });
      return deeds;
    });
}

function encodeAny(place: Place, fragment: FunctionFragment): Hex {
  return FACES[place].encodeFunctionData(fragment, fragment.inputs.map(anyOf)) as Hex;
}

function anyOf(type: ParamType): unknown {
  if (type.baseType === 'array') return [];
  if (type.baseType === 'tuple') return (type.components ?? []).map((component) => anyOf(component));
  if (type.baseType === 'address') return accountOf('any').address;
  if (type.baseType === 'bool') return true;
  if (type.baseType === 'bytes') return '0x';
  return type.baseType.startsWith('bytes') ? `0x${'01'.repeat(Number(type.baseType.slice(5)))}` : 1;
}

/** The same act everywhere but for the council itself, which it is about. The salt tells contracts apart that have the same function. */
function actAt({ council }: Seating, { place, data }: Deed): Act {
  return { target: council, data, salt: id(place) as Hex, expiresAt: CLOSE };
}

function proposalAt({ world: { chainId }, council }: Seating, what: Deed): Hex {
  return proposalOf({ chainId, council }, actAt({ council } as Seating, what));
}

async function propose(seating: Seating, what: Deed, proposer: Wallet): Promise<void> {
  const data = FACES.CN.encodeFunctionData('propose', [actAt(seating, what)]) as Hex;
  expect(await seating.world.send(proposer, { to: seating.council, data })).to.equal('done');
}

async function signed(home: Seating, what: Deed, signer: Wallet): Promise<Approval> {
  const proposal = proposalAt(home, what);
  const at = { chainId: home.world.chainId, council: home.council };
  return { home, what, proposal, signature: await signApproval(signer, at, proposal, CLOSE) };
}

function presenting({ council }: Seating, proposal: Hex, signature: Hex, signer: Wallet): Call {
  return { to: council, data: FACES.CN.encodeFunctionData('approveBySignature', [proposal, signer.address, CLOSE, signature]) as Hex };
}

/** Presents an approval where it belongs. */
async function deliver({ home, proposal, signature }: Approval, signer: Wallet): Promise<string> {
  return await home.world.send(accountOf('relay'), presenting(home, proposal, signature, signer));
}

/** How many of the other councils take an approval for the same act of their own. */
async function presentAbroad({ home, what, signature }: Approval, seatings: readonly Seating[], signer: Wallet): Promise<number> {
  let accepted = 0;
  for (const seating of seatings.filter((other) => other !== home)) {
    accepted += await isTaken(seating, presenting(seating, proposalAt(seating, what), signature, signer), NOT_ITS);
  }
  return accepted;
}

/** How many councils, its own too, take an approval that was used. */
async function presentAgain({ home, proposal, signature }: Approval, seatings: readonly Seating[], signer: Wallet): Promise<number> {
  let accepted = 0;
  for (const seating of seatings) {
    const refusals = seating === home ? ['CouncilApprovalUnchanged'] : NOT_ITS;
    accepted += await isTaken(seating, presenting(seating, proposal, signature, signer), refusals);
  }
  return accepted;
}

/** 1 where the council takes a call; 0 where it refuses it with one of the errors expected. */
async function isTaken({ world }: Seating, call: Call, refusals: readonly string[]): Promise<number> {
  const outcome = await world.attempt(accountOf('relay').address, call);
  if (outcome !== 'done') expect(outcome).to.be.oneOf(refusals);
  return outcome === 'done' ? 1 : 0;
}

async function withdraw({ home, proposal }: Approval, signer: Wallet): Promise<void> {
  const data = FACES.CN.encodeFunctionData('withdrawApproval', [proposal]) as Hex;
  expect(await home.world.send(signer, { to: home.council, data })).to.equal('done');
}

/** How many chains take a transaction that is not for them, or was sent before. */
async function presentElsewhere(raw: Hex, worlds: readonly Councils[], home: Councils | undefined, sender: Wallet): Promise<number> {
  let accepted = 0;
  for (const world of worlds) if (world !== home && (await isIncluded(world, raw, sender))) accepted += 1;
  return accepted;
}

/** Sends a transaction; tells whether the chain took it, whatever its contract said. */
async function isIncluded(world: Councils, raw: Hex, sender: Wallet): Promise<boolean> {
  const before = await nonceOf(world, sender);
  await world.rpc('eth_sendRawTransaction', [raw]).catch(() => undefined);
  return (await nonceOf(world, sender)) > before;
}

async function nonceOf(world: Councils, { address }: Wallet): Promise<number> {
  return Number(await world.rpc('eth_getTransactionCount', [address, 'pending']));
}
