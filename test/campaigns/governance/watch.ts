import type { LogDescription } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { REGIME } from '../../../protocol/law/codes.ts';
import { bodyKey, profileKey } from '../../../protocol/law/ids.ts';
import { ROLE, SHORE, type ShoreName } from '../../../protocol/ledger/codes.ts';
import { decodeMember } from '../../../protocol/ledger/words.ts';
import { type Call, type Councils, FACES, type Place } from '../../ledger/support/newCouncils.ts';
import { readerOf } from './readAll.ts';
import { ARRANGEMENT, accountAt, keyAt, memberOf, PANEL, ROLES } from './scene.ts';

/** A log as the chain tells it. */
export interface ChainLog {
  readonly address: Hex;
  readonly topics: readonly string[];
  readonly data: string;
}

interface Read extends Call {
  readonly what: string;
}

const READER: Hex = `0x${'4ead'.repeat(10)}`;
/** Numbers that are read though nothing has them yet. */
const SPARE = [1, 2, 3, 4, 5, 6, 7, 8];

/** Watches all that is a shore's, or both shores', to decide: two ways, by what stands and by what was told. */
export interface Watch {
  /** What differs from the beginning; empty: nothing. */
  changes(logs: readonly ChainLog[]): Promise<readonly string[]>;
}

export async function watchShore(world: Councils, shore: ShoreName): Promise<Watch> {
  const reads = readsOf(world, shore);
  const code = readerOf(reads);
  const digest = async () => {
    await world.rpc('hardhat_setCode', [READER, code]);
    return (await world.rpc('eth_call', [{ to: READER, gas: '0x5f5e100' }, 'latest'])) as Hex;
  };
  const each = () => Promise.all(reads.map(async ({ to, data }) => (await world.rpc('eth_call', [{ to, data }, 'latest'])) as Hex));
  const [whole, parts] = [await digest(), await each()];
  return {
    changes: async (logs) => {
      const told = logs.flatMap((log) => toldBy(world, shore, log) ?? []);
      if ((await digest()) === whole) return told;
      const now = await each();
      const changed = reads.filter((_, index) => now[index] !== parts[index]).map(({ what }) => what);
      return [...told, ...(changed.length === 0 ? ['digest of everything read'] : changed)];
    },
  };
}

function readsOf(world: Councils, shore: ShoreName): Read[] {
  const read = (place: Place, name: string, ...args: unknown[]): Read => ({
    what: `${place}.${name}(${args})`,
    ...world.call(place, name, args),
  });
  const members = ROLES.flatMap((role) => {
    const member = memberOf(shore, role);
    return [
      ...[read('ledger', 'members', member), read('ledger', 'profiles', member), read('ledger', 'accountsOf', member)],
      ...[read('ledger', 'accounts', accountAt(shore, role).address), read('ledger', 'keys', keyAt(shore, role))],
    ];
  });
  const councils = ([shore, 'BOTH'] as const).flatMap((council) => ['seats', 'threshold', 'ledger'].map((name) => read(council, name)));
  const companions = Object.values(world.places).map((place) => read('ledger', 'companions', place));
  const kinds = SPARE.map((kind) => read('ledger', 'newestCompanion', kind));
  const authorities = Object.values(SHORE).map((code) => read('ledger', 'authorities', code));
  const regimes = Object.values(REGIME).flatMap((regime) => [
    read('clearance', 'regimes', regime),
    read('clearance', 'bodies', bodyKey(memberOf(shore, ROLE.CERTIFIER), regime)),
  ]);
  const law = SPARE.flatMap((code) => [
    read('laboratories', 'panels', code),
    read('laboratories', 'arrangements', code),
    read('laboratories', 'coverage', code),
    read('laboratories', 'profileVersions', profileKey(SHORE[shore], code)),
  ]);
  return [
    ...members,
    ...councils,
    ...companions,
    ...kinds,
    ...authorities,
    ...regimes,
    ...law,
    read('laboratories', 'panels', PANEL + ARRANGEMENT),
  ];
}

/** What a log tells of a change that was the shore's, or both shores', to decide. */
function toldBy(world: Councils, shore: ShoreName, { address, topics, data }: ChainLog): string | undefined {
  const place = (Object.keys(world.places) as Place[]).find((name) => world.places[name].toLowerCase() === address.toLowerCase());
  const event = place === undefined ? null : FACES[place].parseLog({ topics: [...topics], data });
  if (place === undefined || event === null) return `an unknown event of ${address}`;
  const isChange = place === shore || place === 'BOTH' ? isOfCouncil(event) : isPrivileged(event, shore);
  return isChange ? `${place} told ${event.name}` : undefined;
}

function isOfCouncil({ name }: LogDescription): boolean {
  return name === 'ActExecuted' || name === 'SeatChanged' || name === 'ThresholdChanged' || name === 'LedgerAdopted';
}

function isPrivileged({ name, args }: LogDescription, shore: ShoreName): boolean {
  switch (name) {
    case 'MemberEnrolled':
      return decodeMember(args.word).shore === SHORE[shore];
    case 'MemberChanged':
    case 'AccountChanged':
    case 'KeyChanged':
    case 'BodyChanged':
      return ROLES.some((role) => memberOf(shore, role) === Number(args.member));
    case 'ProfilePublished':
      return Number(args.shore) === SHORE[shore];
    case 'CompanionChanged':
    case 'RegimeChanged':
    case 'PanelPublished':
    case 'ArrangementChanged':
      return true;
    default:
      return false;
  }
}
