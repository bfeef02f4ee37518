import { sha256 } from './sha256.ts';

/** The head of an empty history. */
export const EMPTY_HEAD: Buffer = Buffer.alloc(32);

/** What is hashed; used again, as each event extends a head or two. */
const PAIR = Buffer.alloc(64);

/** The head after one more entry (docs/spec/ledger.md section 2): `count 32 || chain 224`. */
export function extendHead(head: Buffer, id: Buffer): Buffer {
  PAIR.set(head);
  PAIR.set(id, 32);
  const next = sha256(PAIR);
  next.writeUInt32BE(headCount(head) + 1, 0);
  return next;
}

/** Number of entries that a head stands for. */
export function headCount(head: Buffer): number {
  return head.readUInt32BE(0);
}

/** The newest heads of the issuers, subjects and lots at hand; who has none has an empty history. */
export class Heads {
  readonly #issuers = new Map<number, Buffer>();
  readonly #subjects = new Map<string, Buffer>();
  readonly #lots = new Map<string, Buffer>();

  issuer(member: number): Buffer | undefined {
    return this.#issuers.get(member);
  }

  subject(subject: Buffer): Buffer | undefined {
    return this.#subjects.get(subject.toString('latin1'));
  }

  lot(lot: Buffer): Buffer | undefined {
    return this.#lots.get(lot.toString('latin1'));
  }

  setIssuer(member: number, head: Buffer): void {
    this.#issuers.set(member, head);
  }

  setSubject(subject: Buffer, head: Buffer): void {
    this.#subjects.set(subject.toString('latin1'), head);
  }

  setLot(lot: Buffer, head: Buffer): void {
    this.#lots.set(lot.toString('latin1'), head);
  }

  /** Adds an entry to an issuer's history; returns its head. */
  extendIssuer(member: number, entry: Buffer): Buffer {
    return extendIn(this.#issuers, member, entry);
  }

  /** Adds an entry to a subject's history; returns its head. */
  extendSubject(subject: Buffer, entry: Buffer): Buffer {
    return extendIn(this.#subjects, subject.toString('latin1'), entry);
  }

  /** Adds an entry to a lot's history; returns its head. */
  extendLot(lot: Buffer, entry: Buffer): Buffer {
    return extendIn(this.#lots, lot.toString('latin1'), entry);
  }

  /** How many heads are held. */
  get size(): number {
    return this.#issuers.size + this.#subjects.size + this.#lots.size;
  }

  clear(): void {
    this.#issuers.clear();
    this.#subjects.clear();
    this.#lots.clear();
  }
}

function extendIn<Key>(heads: Map<Key, Buffer>, key: Key, entry: Buffer): Buffer {
  const head = extendHead(heads.get(key) ?? EMPTY_HEAD, entry);
  heads.set(key, head);
  return head;
}
