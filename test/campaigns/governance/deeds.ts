import { Wallet } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { REGIME } from '../../../protocol/law/codes.ts';
import { REASON, ROLE, SHORE, type ShoreName } from '../../../protocol/ledger/codes.ts';
import type { Random } from '../../indexer/support/random.ts';
import { accountOf, type Call, type Councils, type Place } from '../../ledger/support/newCouncils.ts';
import { ARRANGEMENT, accountAt, keyAt, LIMIT_PROFILE, memberOf, PANEL, ROLES } from './scene.ts';

/** A call that only an authority may make. */
export interface Deed extends Call {
  readonly name: string;
  /** Who may. */
  readonly authority: Place;
}

/** What a privileged function takes. */
interface Privileged {
  readonly place: Place;
  readonly name: string;
  readonly authority: Place;
  args(random: Random): readonly unknown[];
}

/** Privileged functions to be called. */
export interface Deeds {
  readonly names: readonly string[];
  /** A call with arguments drawn at random; of any function, or of one. */
  draw(random: Random, name?: string): Deed;
}

/** Every privileged function, as it bears on a shore. */
export function deedsAgainst(world: Councils, shore: ShoreName): Deeds {
  const list = [
    ...ofMembers(shore),
    ...ofCompanions(world),
    ...ofLaw(shore),
    ...ofCouncil(world, shore, shore),
    ...ofCouncil(world, shore, 'BOTH'),
  ];
  const byName = new Map(list.map((one) => [nameOf(one), one]));
  const names = [...byName.keys()];
  return {
    names,
    draw: (random, name = random.of(names)) => {
      const { place, authority, name: method, args } = byName.get(name) as Privileged;
      return { name, authority, ...world.call(place, method, args(random)) };
    },
  };
}

/** An address that nobody has. */
export function anyAddress(random: Random): Hex {
  return random.hex(20);
}

function nameOf({ place, name }: Privileged): string {
  return `${place}.${name}`;
}

function ofMembers(shore: ShoreName): Privileged[] {
  const role = (random: Random) => random.of(ROLES);
  const member = (random: Random) => memberOf(shore, role(random));
  const reason = (random: Random) => 1 + random.below(REASON.ADMINISTRATIVE);
  const terms = (random: Random) => [1 + random.below(127), random.below(1_000), random.chance(0.5) ? 0 : 5_000];
  const args: Record<string, Privileged['args']> = {
    enrol: (random) => [...terms(random), random.hex(32)],
    renew: (random) => [member(random), ...terms(random)],
    suspendMember: (random) => [member(random), reason(random)],
    reinstateMember: (random) => [random.chance(0.7) ? memberOf(shore, ROLE.NODE) : member(random), reason(random)],
    changeProfile: (random) => [member(random), random.hex(32)],
    authoriseAccount: (random) => [member(random), random.chance(0.5) ? accountOf('intruder').address : anyAddress(random), 0],
    withdrawAccount: (random) => [accountAt(shore, role(random)).address],
    registerKey: (random) => [member(random), random.hex(32), 1, 0],
    revokeKey: (random) => [keyAt(shore, role(random)), random.below(2)],
  };
  return Object.entries(args).map(([name, of]) => ({ place: 'ledger', name, authority: shore, args: of }));
}

function ofCompanions(world: Councils): Privileged[] {
  const known = (random: Random) => world.places[random.of(['clearance', 'laboratories', 'registry'] as const)];
  const contract = (random: Random) => random.of([world.places.CN, world.places.KR, world.places.BOTH, world.places.ledger]);
  const bits = (random: Random) => BigInt(random.hex(16));
  const of = (name: string, authority: Place, args: Privileged['args']): Privileged => ({ place: 'ledger', name, authority, args });
  return [
    of('addCompanion', 'BOTH', (random) => [contract(random), 1 + random.below(5)]),
    of('pause', 'BOTH', (random) => [known(random), bits(random)]),
    of('resume', 'BOTH', (random) => [known(random), bits(random)]),
    of('enter', 'registry', (random) => [accountAt('CN', ROLE.CUSTOMS).address, random.below(256), 1, random.hex(32)]),
    of('enterAsAuthority', 'registry', (random) => [world.places[random.of(['CN', 'KR', 'BOTH'] as const)], 1 + random.below(3), 1]),
  ];
}

function ofLaw(shore: ShoreName): Privileged[] {
  const regime = (random: Random) => random.of(Object.values(REGIME));
  const certifier = memberOf(shore, ROLE.CERTIFIER);
  const joint = (place: Place, name: string, args: Privileged['args']): Privileged => ({ place, name, authority: 'BOTH', args });
  const own = (place: Place, name: string, args: Privileged['args']): Privileged => ({ place, name, authority: shore, args });
  return [
    joint('clearance', 'setRegime', (random) => [regime(random), 1 + random.below(365), 1 + random.below(365)]),
    own('clearance', 'authoriseBody', (random) => [certifier, regime(random), 1 + random.below(100), 0]),
    own('clearance', 'withdrawBody', () => [certifier, REGIME.RCEP, REASON.FRAUD]),
    joint('laboratories', 'publishPanel', (random) => [random.chance(0.5) ? PANEL : 1 + random.below(8), random.hex(32)]),
    joint('laboratories', 'setArrangement', (random) => [
      [1 + random.below(2), 1, 1 + random.below(3), 1 + random.below(2), PANEL, 1, 0, 90, random.chance(0.5), 3, random.hex(32)],
    ]),
    joint('laboratories', 'suspendArrangement', () => [ARRANGEMENT]),
    own('laboratories', 'publishProfile', (random) => [SHORE[shore], random.chance(0.5) ? LIMIT_PROFILE : 2, 1, random.hex(32)]),
  ];
}

function ofCouncil(world: Councils, shore: ShoreName, council: ShoreName | 'BOTH'): Privileged[] {
  const seats = council === 'BOTH' ? [world.places.CN, world.places.KR] : world.officials[shore].map(({ address }) => address);
  const intruder = (random: Random) => (random.chance(0.5) ? accountOf('intruder').address : anyAddress(random));
  const own = (name: string, args: Privileged['args']): Privileged => ({ place: council, name, authority: council, args });
  return [
    own('replaceSeat', (random) => [random.of(seats), intruder(random)]),
    own('addSeat', (random) => [intruder(random), 1 + random.below(seats.length + 1)]),
    own('removeSeat', (random) => [random.of(seats), random.below(seats.length)]),
    own('adoptLedger', (random) => [random.of([world.places.ledger, world.places.registry, new Wallet(random.hex(32)).address])]),
  ];
}
