import type { Hex } from '../../protocol/encoding/hex.ts';
import { keySlot } from '../../protocol/ledger/slots.ts';
import { decodeKey, type LedgerKey } from '../../protocol/ledger/words.ts';
import { type LedgerAt, readWord } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import { openCouncil } from '../govern/council.ts';
import { createCredentialKey, type KeyListing, listCredentialKeys } from '../keys/credentialKey.ts';
import { passwordForNew } from '../keys/password.ts';
import { registerKey, revokeKey, type Sending } from './enrol.ts';
import type { OpenMember } from './openMember.ts';

/** A credential key on this machine, and how the ledger knows it. */
export interface KeyStanding extends KeyListing {
  /** Undefined: not registered. */
  standing: LedgerKey | undefined;
}

/** Lists a member's credential keys with their standing on the ledger, the current one first. */
export function keyStandings({ folder, ledger }: OpenMember): Promise<KeyStanding[]> {
  return Promise.all(listCredentialKeys(folder).map(async (key) => ({ ...key, standing: await standingOf(ledger, key.thumbprint) })));
}

/** Makes a new credential key, which signs from now on; documents of an unregistered key are INVALID until it is registered. */
export function generateKey({ folder }: OpenMember): Hex {
  return createCredentialKey(folder, passwordForNew(folder)).thumbprint;
}

/**
 * Registers the member's current key by an act of its shore's council, enough of whose seats must be on this machine.
 *
 * @throws SdkError `KEY_MISSING`, `KEY_OF_ANOTHER`, `QUORUM_NOT_HERE`, `REVERTED`
 */
export function registerCurrentKey(home: string, member: OpenMember): Promise<Hex> {
  return asAuthority(home, member, async (sending) => {
    const thumbprint = currentKey(member);
    await registerKey(sending, member.file.member, thumbprint, nowSeconds());
    return thumbprint;
  });
}

/**
 * Replaces the member's current key: makes and registers a new one, and revokes the old one from now on, so that what it signed before stays good. A key that
 * an interrupted rotation has made is used, not left behind.
 *
 * @throws SdkError
 */
export function rotateKey(home: string, member: OpenMember): Promise<{ current: Hex; revoked: Hex[] }> {
  return asAuthority(home, member, async (sending) => {
    const before = await keyStandings(member);
    const fresh = before[0] !== undefined && before[0].standing === undefined ? before[0].thumbprint : generateKey(member);
    await registerKey(sending, member.file.member, fresh, nowSeconds());
    const live = before.filter(({ thumbprint, standing }) => thumbprint !== fresh && standing !== undefined && standing.revokedAt === 0);
    for (const { thumbprint } of live) await revokeKey(sending, thumbprint);
    return { current: fresh, revoked: live.map(({ thumbprint }) => thumbprint) };
  });
}

/** Revokes a key of the member, or declares it compromised since a time (Unix seconds). @throws SdkError `KEY_UNKNOWN`, `REVERTED` */
export function revokeMemberKey(home: string, member: OpenMember, thumbprint: Hex, compromisedSince = 0): Promise<void> {
  return asAuthority(home, member, async (sending) => {
    const standing = await standingOf(member.ledger, thumbprint);
    if (standing?.member !== member.file.member) throw new SdkError('KEY_UNKNOWN', `the ledger knows no key ${thumbprint} of this member`);
    await revokeKey(sending, thumbprint, compromisedSince);
  });
}

async function standingOf(ledger: LedgerAt, thumbprint: Hex): Promise<LedgerKey | undefined> {
  const word = await readWord(ledger, keySlot(thumbprint));
  return word === 0n ? undefined : decodeKey(word);
}

function currentKey({ folder }: OpenMember): Hex {
  const [key] = listCredentialKeys(folder);
  if (key !== undefined) return key.thumbprint;
  throw new SdkError('KEY_MISSING', `there is no credential key in ${folder}`, {
    advice: 'make one: tidemark keys generate --member SLUG',
  });
}

async function asAuthority<Result>(
  home: string,
  { file, ledger }: OpenMember,
  work: (sending: Sending) => Promise<Result>,
): Promise<Result> {
  const outbox = await openCouncil(home, file.shore, ledger);
  try {
    return await work({ outbox, ledger });
  } finally {
    await outbox.close();
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
