import { Chains } from './chains.ts';
import { Column } from './column.ts';
import type { HashKey } from './keyedHash.ts';
import { NamePool } from './namePool.ts';
import { NONE } from './none.ts';

/** Records that may be of one event, because they have its hash or its id: repeats, declarations in error, and what is declared. */
export class SameRecords {
  /** Hashes and ids of events: the id of most is their hash. */
  readonly #names: NamePool;
  /** By the number of the record. */
  readonly #hash = new Column('u32');
  readonly #id = new Column('u32');
  readonly #shared = new Column('u8');
  readonly #byHash = new Chains();
  readonly #byId = new Chains();

  constructor(key: HashKey) {
    this.#names = new NamePool(key);
  }

  get bytes(): number {
    return [this.#names, this.#hash, this.#id, this.#shared, this.#byHash, this.#byId].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Adds the next record. */
  add(hashText: string, eventId: string): void {
    const [hash, id] = [this.#names.intern(hashText), this.#names.intern(eventId)];
    // Of those before it the newest: the others are marked.
    const others = [this.#byHash.newest(hash), this.#byId.newest(id)].filter((other) => other !== NONE);
    this.#hash.push(hash);
    this.#id.push(id);
    this.#byHash.push(hash);
    this.#byId.push(id);
    this.#shared.push(Number(others.length > 0));
    for (const other of others) this.#shared.set(other, 1);
  }

  eventIdOf(record: number): string {
    return this.#names.text(this.#id.at(record));
  }

  /** A record's hash as a number. */
  hashNumber(record: number): number {
    return this.#hash.at(record);
  }

  /** Whether no other record has the hash or the id of a record: there is nothing to compare it with. */
  isAlone(record: number): boolean {
    return this.#shared.at(record) === 0;
  }

  /** The records of a record's hash, the newest first. */
  ofHash(record: number): number[] {
    return this.#byHash.of(this.#hash.at(record));
  }

  /** The records of a record's id, the newest first. */
  ofId(record: number): number[] {
    return this.#byId.of(this.#id.at(record));
  }

  /** The records of an event id, the newest first. */
  named(eventId: string): number[] {
    const name = this.#names.find(eventId);
    return name === undefined ? [] : this.#byId.of(name);
  }
}
