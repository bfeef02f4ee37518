import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { fromHex, type Hex, toHex } from '../encoding/hex.ts';
import { fromUint, toUint } from '../encoding/uint.ts';

/**
 * Where each fact stands in the contract's storage: docs/spec/ledger.md section 2. The value of a mapping's key lies at
 * `keccak-256(key || slot)`, an array's elements from `keccak-256(slot)` on (Solidity, "Layout of State Variables in Storage").
 */

const WORD = 32;

/** Numbers of the contract's state variables. */
export const SLOT = {
  SEQUENCE: 0,
  AUTHORITIES: 1,
  MEMBER_COUNT: 2,
  MEMBERS: 3,
  PROFILES: 4,
  ACCOUNTS: 5,
  KEYS: 6,
  RECORDS: 7,
  SUCCESSORS: 8,
  PAST_RECORDS: 9,
  ISSUER_HEADS: 10,
  SUBJECT_HEADS: 11,
  MEMBER_ACCOUNTS: 12,
  COMPANIONS: 13,
  NEWEST_COMPANION: 14,
} as const;

/** Slot of `sequence`. */
export function sequenceSlot(): Hex {
  return toHex(toUint(SLOT.SEQUENCE, WORD));
}

/** Slot of `membersEnrolled`. */
export function memberCountSlot(): Hex {
  return toHex(toUint(SLOT.MEMBER_COUNT, WORD));
}

/** Slot of `authorities[shore]`. */
export function authoritySlot(shore: number): Hex {
  return mappingSlot(SLOT.AUTHORITIES, toUint(shore, WORD));
}

/** Slot of `members[member]`. */
export function memberSlot(member: number): Hex {
  return mappingSlot(SLOT.MEMBERS, toUint(member, WORD));
}

/** Slot of `profiles[member]`. */
export function profileSlot(member: number): Hex {
  return mappingSlot(SLOT.PROFILES, toUint(member, WORD));
}

/** Slot of `accounts[address]`; the address in lower case. */
export function accountSlot(address: Hex): Hex {
  return mappingSlot(SLOT.ACCOUNTS, leftPad(fromHex(address, 20)));
}

/** Slot of `keys[thumbprint]`. */
export function keySlot(thumbprint: Hex): Hex {
  return mappingSlot(SLOT.KEYS, fromHex(thumbprint, WORD));
}

/** Slot of `records[id]`. */
export function recordSlot(id: Hex): Hex {
  return mappingSlot(SLOT.RECORDS, fromHex(id, WORD));
}

/** Slot of `successors[id]`. */
export function successorSlot(id: Hex): Hex {
  return mappingSlot(SLOT.SUCCESSORS, fromHex(id, WORD));
}

/** Slot of `pastRecords[key]`, the key being `pastRecordKey(id, n)`. */
export function pastRecordSlot(key: Hex): Hex {
  return mappingSlot(SLOT.PAST_RECORDS, fromHex(key, WORD));
}

/** Slot of `issuerHeads[member]`. */
export function issuerHeadSlot(member: number): Hex {
  return mappingSlot(SLOT.ISSUER_HEADS, toUint(member, WORD));
}

/** Slot of `subjectHeads[subject]`. */
export function subjectHeadSlot(subject: Hex): Hex {
  return mappingSlot(SLOT.SUBJECT_HEADS, fromHex(subject, WORD));
}

/** Slot of the length of `memberAccounts[member]`. */
export function memberAccountsSlot(member: number): Hex {
  return mappingSlot(SLOT.MEMBER_ACCOUNTS, toUint(member, WORD));
}

/** Slot of `memberAccounts[member][index]`. */
export function memberAccountSlot(member: number, index: number): Hex {
  const first = fromUint(keccak_256(fromHex(memberAccountsSlot(member))));
  return toHex(toUint(BigInt.asUintN(256, first + BigInt(index)), WORD));
}

/** Slot of `companions[address]`; the address in lower case. */
export function companionSlot(address: Hex): Hex {
  return mappingSlot(SLOT.COMPANIONS, leftPad(fromHex(address, 20)));
}

/** Slot of `newestCompanion[kind]`. */
export function newestCompanionSlot(kind: number): Hex {
  return mappingSlot(SLOT.NEWEST_COMPANION, toUint(kind, WORD));
}

/** Slot of a mapping's value: `variable` is the number of the mapping, `key` one word. */
export function mappingSlot(variable: number, key: Uint8Array): Hex {
  return toHex(keccak_256(concatBytes(key, toUint(variable, WORD))));
}

function leftPad(bytes: Uint8Array): Uint8Array {
  const word = new Uint8Array(WORD);
  word.set(bytes, WORD - bytes.length);
  return word;
}
