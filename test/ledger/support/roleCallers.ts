import type { Hex } from '../../../protocol/encoding/hex.ts';
import { REASON, ROLE, type RoleName, type ShoreName } from '../../../protocol/ledger/codes.ts';
import { type NewLaw, OFFICIALS } from './newLaw.ts';
import { documentOf } from './newLedger.ts';

/** Contracts of a ledger that has no councils. */
export type Part = 'ledger' | 'clearance' | 'laboratories' | 'registry';

/** How an account can come to stand; `LIVE` is the one that may write. */
export const STANDINGS = ['LIVE', 'EXPIRED', 'MEMBER_SUSPENDED', 'WITHDRAWN', 'NEVER_GRANTED'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Somebody who calls: an account of a member, or whom the ledger knows otherwise, or nobody that it knows. */
export interface Caller {
  readonly name: string;
  readonly address: Hex;
  readonly standing: Standing;
  readonly member?: { readonly number: number; readonly role: RoleName; readonly shore: ShoreName };
  /** What else the address is. */
  readonly is?: 'CN' | 'KR' | 'BOTH' | 'companion';
}

/** Sends a call from an address, whoever holds its key. */
export type Send = (from: string, part: Part, name: string, args: readonly unknown[]) => Promise<void>;

/** When everybody calls, Unix seconds. */
export const T = 2_000_000_000;
const EXPIRED = T - 1;
const EVER = 0;

/** Everybody: members of each role, shore and standing, and who is no member. */
export async function newCallers(law: NewLaw, companion: Hex, send: Send): Promise<readonly Caller[]> {
  return [...(await members(law, send)), ...others(law, companion)];
}

/** A member of each shore for each role and standing, and the officials whose doings the calls are about. */
async function members(law: NewLaw, send: Send): Promise<Caller[]> {
  const callers: Caller[] = Object.entries(OFFICIALS).map(([name, { member, shore, role }]) => ({
    ...{ name: `the ${name} of ${shore}`, address: law.account(name).address as Hex, standing: 'LIVE' },
    member: { number: member, role: roleOf(role), shore },
  }));
  for (const { address } of callers) await leaveSomethingToReinstate(send, address);
  for (const shore of ['CN', 'KR'] as const) {
    for (const role of Object.keys(ROLE) as RoleName[]) {
      for (const standing of STANDINGS) {
        const address = law.account(`${role}/${shore}/${standing}`).address as Hex;
        const caller = { name: `${role} of ${shore}`, address, standing, member: { number: callers.length + 1, role, shore } };
        await bring(send, shore === 'CN' ? law.china.address : law.korea.address, caller);
        callers.push(caller);
      }
    }
  }
  return callers;
}

async function bring(send: Send, authority: string, { address, standing, member }: Required<Omit<Caller, 'is'>>): Promise<void> {
  const { number, role } = member;
  await send(authority, 'ledger', 'enrol', [ROLE[role], 1, EVER, documentOf('profile').leaf]);
  if (standing === 'NEVER_GRANTED') return;
  await send(authority, 'ledger', 'authoriseAccount', [number, address, standing === 'EXPIRED' ? EXPIRED : EVER]);
  await leaveSomethingToReinstate(send, address);
  if (standing === 'MEMBER_SUSPENDED') await send(authority, 'ledger', 'suspendMember', [number, REASON.FRAUD]);
  if (standing === 'WITHDRAWN') await send(authority, 'ledger', 'withdrawAccount', [address]);
}

async function leaveSomethingToReinstate(send: Send, address: string): Promise<void> {
  await send(address, 'ledger', 'suspend', [documentOf('suspended').leaf, REASON.FRAUD]);
}

function others(law: NewLaw, companion: Hex): Caller[] {
  const standing = 'NEVER_GRANTED';
  return [
    { name: 'authority CN', address: law.china.address as Hex, standing, is: 'CN' },
    { name: 'authority KR', address: law.korea.address as Hex, standing, is: 'KR' },
    { name: 'both shores', address: law.both.address as Hex, standing, is: 'BOTH' },
    { name: 'a companion', address: companion, standing, is: 'companion' },
    { name: 'a stranger', address: law.account('stranger').address as Hex, standing },
  ];
}

function roleOf(code: number): RoleName {
  return (Object.keys(ROLE) as RoleName[]).find((name) => ROLE[name] === code) as RoleName;
}
