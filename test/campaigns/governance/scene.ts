import type { Wallet } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { ARRANGEMENT_LEVEL, ARRANGEMENT_STATUS, REGIME } from '../../../protocol/law/codes.ts';
import { REASON, ROLE, SHORE, type ShoreName } from '../../../protocol/ledger/codes.ts';
import type { Act } from '../../../sdk/govern/councilCalls.ts';
import {
  accountOf,
  agree,
  type Councils,
  carryOut,
  DELAY,
  newCouncils,
  type Place,
  proposalAt,
  signApproval,
} from '../../ledger/support/newCouncils.ts';
import { documentOf } from '../../ledger/support/newLedger.ts';

/** Both shores have this many members, one for each role. */
export const ROLES = Object.values(ROLE);
export const PANEL = 7;
export const ARRANGEMENT = 1;
export const LIMIT_PROFILE = 1;

/** An act that was proposed in a council. */
export interface Known {
  readonly council: ShoreName | 'BOTH';
  readonly act: Act;
}

/** A signature that an official gave and that can be seen by everybody. */
export interface Seen {
  readonly council: ShoreName;
  readonly proposal: Hex;
  readonly seat: Hex;
  readonly deadline: number;
  readonly signature: Hex;
}

/** A ledger in use: members, keys, bodies, profiles, arrangements; and of each shore acts that its officials did, let expire, or thought better of. */
export interface Scene {
  readonly world: Councils;
  readonly acts: Readonly<Record<ShoreName, readonly Known[]>>;
  readonly signatures: Readonly<Record<ShoreName, readonly Seen[]>>;
}

export async function setScene(): Promise<Scene> {
  const world = await newCouncils();
  for (const regime of Object.values(REGIME)) await agree(world, world.act('clearance', 'setRegime', [regime, 365, 180]));
  await agree(world, world.act('laboratories', 'publishPanel', [PANEL, documentOf('panel').leaf]));
  await agree(world, world.act('laboratories', 'setArrangement', [termsOf(world)]));
  await agree(world, world.act('ledger', 'pause', [world.places.registry, 1 << 5]));
  for (const shore of ['CN', 'KR'] as const) await furnish(world, shore);
  const [china, korea] = [await past(world, 'CN'), await past(world, 'KR')];
  return {
    world,
    acts: { CN: china.acts, KR: korea.acts },
    signatures: { CN: china.signatures, KR: korea.signatures },
  };
}

/** Number of the member of a shore with a role. */
export function memberOf(shore: ShoreName, role: number): number {
  return (shore === 'CN' ? 0 : ROLES.length) + ROLES.indexOf(role as (typeof ROLES)[number]) + 1;
}

/** Account of the member of a shore with a role. */
export function accountAt(shore: ShoreName, role: number): Wallet {
  return accountOf(`${shore}/member ${role}`);
}

/** Credential key of the member of a shore with a role. */
export function keyAt(shore: ShoreName, role: number): Hex {
  return documentOf(`${shore}/key ${role}`).leaf;
}

function termsOf(world: Councils): unknown[] {
  const what = [ARRANGEMENT, ARRANGEMENT_STATUS.IN_FORCE, ARRANGEMENT_LEVEL.WAIVER, SHORE.KR, PANEL];
  return [...what, world.now(), 0, 180, false, 3, documentOf('arrangement').leaf];
}

async function furnish(world: Councils, shore: ShoreName): Promise<void> {
  const act = (place: Place, name: string, args: readonly unknown[]) => carryOut(world, shore, world.act(place, name, args));
  for (const role of ROLES) {
    const member = memberOf(shore, role);
    await act('ledger', 'enrol', [role, 1, 0, documentOf(`${shore}/profile`).leaf]);
    await act('ledger', 'authoriseAccount', [member, accountAt(shore, role).address, 0]);
    await act('ledger', 'registerKey', [member, keyAt(shore, role), 1, 0]);
  }
  await act('ledger', 'suspendMember', [memberOf(shore, ROLE.NODE), REASON.UNDER_INVESTIGATION]);
  await act('clearance', 'authoriseBody', [memberOf(shore, ROLE.CERTIFIER), REGIME.RCEP, 1, 0]);
  await act('laboratories', 'publishProfile', [SHORE[shore], LIMIT_PROFILE, 1, documentOf('limits').leaf]);
}

/**
 * What a shore's officials did before, in public. Each act would do harm if it were done now; the first official has no part in those that are open, as the key
 * is the first that an attacker gets.
 */
async function past(world: Councils, shore: ShoreName): Promise<{ acts: Known[]; signatures: Seen[] }> {
  const [first, second, third] = world.officials[shore] as [Wallet, Wallet, Wallet];
  const at = { chainId: world.chainId, council: world.places[shore] };
  const harm = () => world.act(shore, 'replaceSeat', [third.address, accountOf('intruder').address]);
  const sign = async (seat: Wallet, act: Act, deadline: number, domain = at): Promise<Seen> => {
    const proposal = proposalAt(world, shore, act);
    const signature = await signApproval(seat, domain, proposal, deadline);
    return { council: shore, proposal, seat: seat.address as Hex, deadline, signature };
  };
  const say = (by: Wallet, name: string, args: readonly unknown[]) => world.send(by, world.call(shore, name, args));
  const present = (seen: Seen) => say(first, 'approveBySignature', [seen.proposal, seen.seat, seen.deadline, seen.signature]);
  const forever = world.now() * 2;

  const done = world.act('ledger', 'changeProfile', [memberOf(shore, ROLE.CERTIFIER), documentOf('profile 2').leaf]);
  await say(first, 'propose', [done]);
  const used = await sign(second, done, forever);
  await present(used);
  await world.pass(DELAY);
  await say(first, 'execute', [done]);

  const withdrawn = harm();
  await say(second, 'propose', [withdrawn]);
  const takenBack = [await sign(second, withdrawn, forever), await sign(third, withdrawn, forever)] as const;
  await present(takenBack[1]);
  for (const seat of [second, third]) await say(seat, 'withdrawApproval', [proposalAt(world, shore, withdrawn)]);

  const late = harm();
  await say(second, 'propose', [late]);
  const expired = await sign(third, late, world.now());
  await say(second, 'withdrawApproval', [proposalAt(world, shore, late)]);

  const missed: Act = { ...harm(), expiresAt: world.now() + DELAY };
  await say(second, 'propose', [missed]);
  await say(third, 'approve', [proposalAt(world, shore, missed)]);
  await world.pass(DELAY);

  const elsewhere = [
    await sign(third, late, forever, { ...at, chainId: 1 }),
    await sign(third, late, forever, { ...at, council: world.places.BOTH }),
  ];
  return {
    acts: [done, withdrawn, late, missed].map((act) => ({ council: shore, act })),
    signatures: [used, ...takenBack, expired, ...elsewhere],
  };
}
