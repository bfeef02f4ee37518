import { createHash } from 'node:crypto';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { ROLE, type RoleName } from '../../protocol/ledger/codes.ts';
import { accountSlot, keySlot, profileSlot } from '../../protocol/ledger/slots.ts';
import { decodeKey } from '../../protocol/ledger/words.ts';
import { encode } from '../chain/calls.ts';
import { findMemberByProfile, type LedgerAt, readMemberCount, readWord } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import type { Acting } from '../govern/council.ts';

/** Who sends, and to which ledger. */
export interface Sending {
  /** The council of the member's shore. */
  outbox: Acting;
  ledger: LedgerAt;
}

/** Roles by name, and a time from when and until when (Unix seconds, 0 = without end). */
export interface Enrolment {
  roles: readonly RoleName[];
  validFrom: number;
  validUntil: number;
  /** Exact text of the public profile; its SHA-256 is what the ledger holds. */
  profile: string;
}

const GAS = 400_000;

/**
 * Enrols a member by an act of its shore's council, or finds the member that already has this profile.
 *
 * @returns the member's number
 * @throws SdkError `REVERTED`
 */
export async function enrol({ outbox, ledger }: Sending, { roles, validFrom, validUntil, profile }: Enrolment): Promise<number> {
  const digest = sha256Hex(profile);
  const known = await findMemberByProfile(ledger, digest);
  if (known !== undefined) return known;
  const slot = profileSlot((await readMemberCount(ledger)) + 1);
  const data = encode('enrol', [roleBits(roles), validFrom, validUntil, digest]);
  const id = `enrol:${digest}`;
  await outbox.submit(id, { data, gasLimit: GAS, effect: { slot, word: digest } });
  await outbox.wait(id);
  const member = await findMemberByProfile(ledger, digest);
  if (member === undefined)
    throw new SdkError('NOT_ENROLLED', 'the ledger shows no member with this profile', { advice: 'run the same command again' });
  return member;
}

/** Lets an account write for a member; does nothing where it already may. @throws SdkError `REVERTED` */
export async function authoriseAccount({ outbox, ledger }: Sending, member: number, account: Hex, validUntil = 0): Promise<void> {
  const slot = accountSlot(account);
  if ((await readWord(ledger, slot)) !== 0n) return;
  const id = `account:${account}`;
  await outbox.submit(id, { data: encode('authoriseAccount', [member, account, validUntil]), gasLimit: GAS, effect: { slot } });
  await outbox.wait(id);
}

/** Registers a credential key for a member; does nothing where it is registered. @throws SdkError `REVERTED`, `KEY_OF_ANOTHER` */
export async function registerKey(
  { outbox, ledger }: Sending,
  member: number,
  thumbprint: Hex,
  validFrom: number,
  validUntil = 0,
): Promise<void> {
  const slot = keySlot(thumbprint);
  const word = await readWord(ledger, slot);
  if (word !== 0n) {
    if (decodeKey(word).member !== member) throw new SdkError('KEY_OF_ANOTHER', `key ${thumbprint} is registered to another member`);
    return;
  }
  const id = `key:${thumbprint}`;
  await outbox.submit(id, { data: encode('registerKey', [member, thumbprint, validFrom, validUntil]), gasLimit: GAS, effect: { slot } });
  await outbox.wait(id);
}

/**
 * Revokes a credential key from now on, or declares it compromised since a time: what was anchored since then becomes INVALID.
 *
 * @param compromisedSince Unix seconds, 0 = only revoked
 * @throws SdkError `REVERTED`
 */
export async function revokeKey({ outbox }: Sending, thumbprint: Hex, compromisedSince = 0): Promise<void> {
  const id = `revoke-key:${thumbprint}:${compromisedSince}`;
  await outbox.submit(id, { data: encode('revokeKey', [thumbprint, compromisedSince]), gasLimit: GAS });
  await outbox.wait(id);
}

function roleBits(roles: readonly RoleName[]): number {
  return roles.reduce((bits, role) => bits | ROLE[role], 0);
}

function sha256Hex(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
