import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { headCount } from '../../protocol/ledger/ids.ts';
import { issuerHeadSlot, profileSlot } from '../../protocol/ledger/slots.ts';
import type { LedgerMember } from '../../protocol/ledger/words.ts';
import { type LedgerAt, readMemberCount, readMemberWord, readWord } from '../chain/readState.ts';

/** A member as the ledger has it, with its profile where a text on this machine has the ledger's digest. */
export interface MemberListing {
  member: number;
  standing: LedgerMember;
  /** Number of records that it has anchored. */
  records: number;
  profile: { name: { zh: string; ko: string; en: string } } | undefined;
}

/** Lists all members from the ledger's own state; names are shown only where their text has the digest that the ledger holds. */
export async function listMembers(home: string, ledger: LedgerAt): Promise<MemberListing[]> {
  const profiles = profilesByDigest(join(home, 'profiles'));
  const count = await readMemberCount(ledger);
  const listing = async (member: number): Promise<MemberListing> => {
    const [standing, digest, head] = await Promise.all([
      readMemberWord(ledger, member),
      readWord(ledger, profileSlot(member)),
      readWord(ledger, issuerHeadSlot(member)),
    ]);
    return { member, standing, records: headCount(word(head)), profile: profiles.get(word(digest)) };
  };
  return Promise.all(Array.from({ length: count }, (_, index) => listing(index + 1)));
}

function profilesByDigest(folder: string): Map<Hex, NonNullable<MemberListing['profile']>> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Map(texts.map((text) => [`0x${createHash('sha256').update(text).digest('hex')}`, JSON.parse(text)]));
}

function word(value: bigint): Hex {
  return toHex(toUint(value, 32));
}
