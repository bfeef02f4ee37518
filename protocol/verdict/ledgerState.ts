import type { ProofReader } from '../chain/trie.ts';
import { type Hex, toHex } from '../encoding/hex.ts';
import { toUint } from '../encoding/uint.ts';
import { pastRecordKey } from '../ledger/ids.ts';
import { keySlot, memberSlot, pastRecordSlot, profileSlot, recordSlot, subjectHeadSlot, successorSlot } from '../ledger/slots.ts';
import { decodeKey, decodeMember, decodeRecord, type LedgerKey, type LedgerMember, type LedgerRecord } from '../ledger/words.ts';

/** Thrown where the bundle's proofs do not reach a slot: nothing can be said, either way. */
export class MissingProof extends Error {
  override readonly name = 'MissingProof';
  /** Name of the state variable. */
  readonly variable: string;

  constructor(variable: string) {
    super(`no proof of ${variable}`);
    this.variable = variable;
  }
}

/** Reads the word of a slot of one contract. @throws MissingProof, with the name of the variable */
export type ReadSlot = (variable: string, slot: Hex) => bigint;

/**
 * Reads one contract's storage out of a bundle's proofs.
 *
 * @param storageRoot of the contract's account; undefined where the proofs do not reach it
 */
export function slotReader(proofs: ProofReader, storageRoot: Hex | undefined): ReadSlot {
  return (variable, slot) => {
    const word = storageRoot === undefined ? 'missing' : proofs.slot(storageRoot, slot);
    if (word === 'missing') throw new MissingProof(variable);
    return word;
  };
}

/** The ledger's state at the bundle's block, as far as its proofs reach. Every method throws `MissingProof` beyond that. */
export interface LedgerState {
  /** Undefined where there is none; that is proven then. */
  record(id: Hex): LedgerRecord | undefined;
  /** The word that a record had before its change number `n`. */
  pastRecord(id: Hex, n: number): LedgerRecord;
  successor(id: Hex): Hex;
  member(member: number): LedgerMember;
  profile(member: number): Hex;
  /** Undefined where no member has registered the key. */
  key(thumbprint: Hex): LedgerKey | undefined;
  subjectHead(subject: Hex): Hex;
}

/** Reads the ledger's state. */
export function ledgerState(read: ReadSlot): LedgerState {
  return {
    record: (id) => present(read('records', recordSlot(id)), decodeRecord),
    pastRecord: (id, n) => decodeRecord(read('pastRecords', pastRecordSlot(pastRecordKey(id, n)))),
    successor: (id) => toWord(read('successors', successorSlot(id))),
    member: (member) => decodeMember(read('members', memberSlot(member))),
    profile: (member) => toWord(read('profiles', profileSlot(member))),
    key: (thumbprint) => present(read('keys', keySlot(thumbprint)), decodeKey),
    subjectHead: (subject) => toWord(read('subjectHeads', subjectHeadSlot(subject))),
  };
}

/** A word that is zero where there is none. */
export function present<Word>(word: bigint, decode: (word: bigint) => Word): Word | undefined {
  return word === 0n ? undefined : decode(word);
}

/** A word that is no number. */
export function toWord(word: bigint): Hex {
  return toHex(toUint(word, 32));
}
