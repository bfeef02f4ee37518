import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { toUint } from '../../protocol/encoding/uint.ts';
import { memberCountSlot, memberSlot, profileSlot, recordSlot } from '../../protocol/ledger/slots.ts';
import { decodeMember, decodeRecord, type LedgerMember, type LedgerRecord } from '../../protocol/ledger/words.ts';
import type { FastProvider } from './provider.ts';

/** The ledger's contract and a way to it. */
export interface LedgerAt {
  provider: FastProvider;
  chainId: number;
  contract: Hex;
}

/** A word of the ledger's storage at the newest block. */
export async function readWord({ provider, contract }: LedgerAt, slot: Hex): Promise<bigint> {
  return BigInt((await provider.send('eth_getStorageAt', [contract, slot, 'latest'])) as Hex);
}

/** The standing of a record now; undefined where there is none. */
export async function readRecord(ledger: LedgerAt, id: Hex): Promise<LedgerRecord | undefined> {
  const word = await readWord(ledger, recordSlot(id));
  return word === 0n ? undefined : decodeRecord(word);
}

/** The standing of a member now. */
export async function readMemberWord(ledger: LedgerAt, member: number): Promise<LedgerMember> {
  return decodeMember(await readWord(ledger, memberSlot(member)));
}

/** Number of members ever enrolled. */
export async function readMemberCount(ledger: LedgerAt): Promise<number> {
  return Number(await readWord(ledger, memberCountSlot()));
}

/** Number of the member whose profile has this digest; undefined where none has. */
export async function findMemberByProfile(ledger: LedgerAt, digest: Hex): Promise<number | undefined> {
  const count = await readMemberCount(ledger);
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const digests = await Promise.all(numbers.map((member) => readWord(ledger, profileSlot(member))));
  return numbers.find((_, index) => toHex(toUint(digests[index] as bigint, 32)) === digest);
}
