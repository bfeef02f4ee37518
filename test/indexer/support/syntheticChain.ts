import { createHash } from 'node:crypto';
import { Interface } from 'ethers';
import { type Hex, toHex } from '../../../protocol/encoding/hex.ts';
import { leafOf } from '../../../protocol/hash/fingerprint.ts';
import { ledgerAbi } from '../../../protocol/ledger/abi.ts';
import { recordId } from '../../../protocol/ledger/ids.ts';
import { encodeAccount, encodeKey, encodeMember, encodeRecord } from '../../../protocol/ledger/words.ts';
import type { Random } from './random.ts';

/** A log before it is put into a block. */
export interface SyntheticLog {
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
  /** The contract's counter after the block. */
  readonly sequence: number;
}

/** Address of the ledger on synthetic chains. */
export const CONTRACT: Hex = '0x00000000000000000000000000000000000000ab';
const abi = new Interface(ledgerAbi);
const MEMBERS = 3;
const SUBJECTS = Array.from({ length: 5 }, (_, index) => sha256(`subject ${index}`));

/** A chain in memory whose blocks carry plausible events of the ledger. It can be cut and grow another branch. */
export class SyntheticChain {
  readonly blocks: SyntheticBlock[] = [];
  readonly #random: Random;
  #branch = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#append([]);
  }

  get head(): SyntheticBlock {
    return this.blocks.at(-1) as SyntheticBlock;
  }

  /** Adds blocks with up to `most` events each. */
  grow(count: number, most = 4): void {
    for (let index = 0; index < count; index++) this.#append(this.#events(this.#random.below(most + 1)));
  }

  /** Adds one block with these logs. */
  #append(logs: readonly SyntheticLog[]): void {
    const parent = this.blocks.at(-1);
    const number = this.blocks.length;
    const parentHash = parent?.hash ?? toHex(new Uint8Array(32));
    const hash = sha256(`${parentHash} ${number} ${this.#branch} ${logs.map(({ data }) => data).join()}`);
    const sequence = (parent?.sequence ?? 0) + logs.length;
    this.blocks.push({ number, hash, parentHash, timestamp: 1_760_000_000 + number, logs, sequence });
  }

  /** Takes back `depth` blocks; what grows next is another branch. */
  cut(depth: number): void {
    this.blocks.length = Math.max(1, this.blocks.length - depth);
    this.#branch++;
  }

  #events(count: number): SyntheticLog[] {
    const first = this.head.sequence + 1;
    return Array.from({ length: count }, (_, index) => this.#event(first + index));
  }

  #event(sequence: number): SyntheticLog {
    const random = this.#random;
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
}

/** Encodes one event as ethers does. */
export function log(name: string, values: readonly unknown[]): SyntheticLog {
  const { topics, data } = abi.encodeEventLog(name, values);
  return { topics: topics as string[], data };
}

function sha256(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
