import { createHash } from 'node:crypto';
import { Interface } from 'ethers';
import { type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import { leafOf } from '../../../protocol/hash/fingerprint.ts';
import { encodeCompanion } from '../../../protocol/law/words.ts';
import { ledgerAbi } from '../../../protocol/ledger/abi.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import { encodeAccount, encodeKey, encodeMember, encodeRecord } from '../../../protocol/ledger/words.ts';
import type { Random } from './random.ts';
import { COMPANION_KINDS, lawEvent } from './syntheticLaw.ts';

/** A log before it is put into a block. */
export interface SyntheticLog {
  readonly address: Hex;
  readonly topics: readonly string[];
  readonly data: string;
}

/** A block of a synthetic chain. */
export interface SyntheticBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly timestamp: number;
  readonly logs: readonly SyntheticLog[];
  /** The ledger's counter after the block. */
  readonly sequence: number;
  /** Contracts beside the ledger after the block. */
  readonly companions: readonly SyntheticCompanion[];
}

/** A contract beside the ledger. */
export interface SyntheticCompanion {
  readonly address: Hex;
  readonly kind: number;
}

/** Address of the ledger on synthetic chains. */
export const CONTRACT: Hex = '0x00000000000000000000000000000000000000ab';
const abi = new Interface(ledgerAbi);
const MEMBERS = 3;
const MOST_COMPANIONS = 6;
const UNKNOWN_KIND = 99;
const SUBJECTS = Array.from({ length: 5 }, (_, index) => sha256(`subject ${index}`));

/** A chain in memory whose blocks carry plausible events of the ledger and of contracts beside it. It can be cut and grow another branch. */
export class SyntheticChain {
  readonly blocks: SyntheticBlock[] = [];
  readonly #random: Random;
  #branch = 0;
  /** The contract that is added next. */
  #candidate: SyntheticCompanion;

  constructor(random: Random) {
    this.#random = random;
    this.#candidate = anyCompanion(random);
    this.#append(this.#draft());
  }

  get head(): SyntheticBlock {
    return this.blocks.at(-1) as SyntheticBlock;
  }

  /** Adds blocks with up to `most` events each. */
  grow(count: number, most = 4): void {
    for (let index = 0; index < count; index++) {
      const draft = this.#draft();
      for (let left = this.#random.below(most + 1); left > 0; left--) this.#addAny(draft);
      this.#append(draft);
    }
  }

  /** Adds blocks with an event of the ledger alone in each. */
  growLedger(count: number): void {
    for (let index = 0; index < count; index++) {
      const draft = this.#draft();
      draft.addLedgerEvent();
      this.#append(draft);
    }
  }

  /** Adds one block in which so many contracts are added, each with an event of its own before and after. */
  growCompanions(count: number): void {
    const draft = this.#draft();
    for (let index = 0; index < count; index++) {
      draft.addStray();
      draft.addCompanion();
      draft.addLawEvent(draft.companions.length - 1);
    }
    this.#append(draft);
  }

  /** Adds one block in which a contract of a kind that nobody knows is added, and speaks. */
  growUnknown(): void {
    this.#candidate = { ...this.#candidate, kind: UNKNOWN_KIND };
    const draft = this.#draft();
    draft.addCompanion();
    draft.addLawEvent(draft.companions.length - 1);
    this.#append(draft);
  }

  /** Takes back `depth` blocks; what grows next is another branch. */
  cut(depth: number): void {
    this.blocks.length = Math.max(1, this.blocks.length - depth);
    this.#branch++;
  }

  #addAny(draft: Draft): void {
    const random = this.#random;
    const count = draft.companions.length;
    if (random.chance(0.05)) draft.addStray();
    if (count < MOST_COMPANIONS && random.chance(0.04)) draft.addCompanion();
    else if (count > 0 && random.chance(0.04)) draft.addPause(random.below(count));
    else if (count > 0 && random.chance(0.5)) draft.addLawEvent(random.below(count));
    else draft.addLedgerEvent();
  }

  #draft(): Draft {
    return new Draft(this.#random, this.blocks.at(-1), this.#candidate);
  }

  #append({ logs, sequence, companions, candidate }: Draft): void {
    const parentHash = this.blocks.at(-1)?.hash ?? toHex(new Uint8Array(32));
    const number = this.blocks.length;
    const hash = sha256(`${parentHash} ${number} ${this.#branch} ${logs.map(({ data }) => data).join()}`);
    this.blocks.push({ number, hash, parentHash, timestamp: 1_760_000_000 + number, logs, sequence, companions });
    this.#candidate = candidate;
  }
}

/** A block while its events are added. */
class Draft {
  readonly logs: SyntheticLog[] = [];
  readonly companions: SyntheticCompanion[];
  sequence: number;
  candidate: SyntheticCompanion;
  readonly #random: Random;

  constructor(random: Random, parent: SyntheticBlock | undefined, candidate: SyntheticCompanion) {
    this.#random = random;
    this.companions = [...(parent?.companions ?? [])];
    this.sequence = parent?.sequence ?? 0;
    this.candidate = candidate;
  }

  addLedgerEvent(): void {
    this.logs.push(ledgerEvent(this.#random, ++this.sequence));
  }

  /** Puts the candidate beside the ledger. */
  addCompanion(): void {
    this.companions.push(this.candidate);
    this.candidate = anyCompanion(this.#random);
    this.#addChange(this.companions.length - 1, 0n);
  }

  addPause(companion: number): void {
    this.#addChange(companion, 1n);
  }

  addLawEvent(companion: number): void {
    const { address, kind } = this.companions[companion] as SyntheticCompanion;
    this.logs.push({ address, ...lawEvent(this.#random, kind, ++this.sequence) });
  }

  /** An event of the candidate, which is not yet beside the ledger: it claims a number and has none, and nobody may take it. */
  addStray(): void {
    const { address, kind } = this.candidate;
    this.logs.push({ address, ...lawEvent(this.#random, kind, this.sequence + 1) });
  }

  #addChange(companion: number, paused: bigint): void {
    const { address, kind } = this.companions[companion] as SyntheticCompanion;
    const word = encodeCompanion({ kind, version: 1, addedAt: 1_760_000_000, paused });
    this.logs.push(log('CompanionChanged', [address, word, ++this.sequence]));
  }
}

function anyCompanion(random: Random): SyntheticCompanion {
  return { address: random.hex(20), kind: random.of(COMPANION_KINDS) };
}

/** Any event of the ledger, with its number. */
function ledgerEvent(random: Random, sequence: number): SyntheticLog {
  const issuer = 1 + random.below(MEMBERS);
  const kind = 1 + random.below(4);
  const record = {
    issuer,
    kind,
    status: 1,
    reason: 0,
    changes: 0,
    anchoredAt: 1_760_000_000,
    expiresAt: 0,
    changedAt: 0,
    position: 1,
    size: 1,
  };
  const subject = random.of(SUBJECTS);
  switch (random.below(9)) {
    case 0:
    case 1: {
      const [d1, d2] = [random.hex(32), random.hex(32)];
      const named = random.chance(0.5) ? subject : `0x${'00'.repeat(32)}`;
      return log('DocumentAnchored', [recordId(issuer, leafOf(d1, d2)), named, d1, d2, encodeRecord(record), sequence]);
    }
    case 2: {
      const root = random.hex(32);
      return log('RootAnchored', [recordId(issuer, root), root, encodeRecord({ ...record, size: 9 }), sequence]);
    }
    case 3:
      return log('SubjectExtended', [subject, random.hex(32), random.hex(32), issuer, sequence]);
    case 4: {
      // The sequence stands in the low 64 bits, where position and size are.
      const word = encodeRecord({ ...record, status: 3, reason: 2, changes: 1, changedAt: 1_760_000_500, position: 0, size: sequence });
      return log('StatusChanged', [random.hex(32), word]);
    }
    case 5:
      return log('DocumentSuperseded', [random.hex(32), random.hex(32), sequence]);
    case 6: {
      const word = { shore: 2, roles: 3, validFrom: 1, validUntil: 9, suspendedAt: 0, reinstatedAt: 0, reason: 0, accounts: 1, state: 1 };
      return log(random.chance(0.5) ? 'MemberEnrolled' : 'MemberChanged', [sequence, encodeMember(word), random.hex(32), sequence]);
    }
    case 7: {
      const word = { member: issuer, roles: 3, validFrom: 1, validUntil: 9, shore: 2, state: 1 };
      return log('AccountChanged', [random.hex(20), issuer, encodeAccount(word), sequence]);
    }
    default: {
      const word = { member: issuer, validFrom: 1, validUntil: 9, revokedAt: 0, compromisedSince: 0 };
      return log('KeyChanged', [random.hex(32), issuer, encodeKey(word), sequence]);
    }
  }
}

/** Encodes one event of the ledger as ethers does. */
function log(name: string, values: readonly unknown[]): SyntheticLog {
  const { topics, data } = abi.encodeEventLog(name, values);
  return { address: CONTRACT, topics: topics as string[], data };
}

function sha256(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
