import { sha256 } from './sha256.ts';

/** The head of an empty history. */
export const EMPTY_HEAD: Buffer = Buffer.alloc(32);

/** The head after one more entry (docs/spec/ledger.md section 2): `count 32 || chain 224`. */
export function extendHead(head: Buffer, id: Buffer): Buffer {
  const next = sha256(Buffer.concat([head, id], 64));
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
