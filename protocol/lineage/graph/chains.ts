import { Column } from './column.ts';
import { NONE } from './none.ts';

/** Records by a name that they share, both told by their numbers: each record under one name or none. */
export class Chains {
  /** By name: its newest record. */
  readonly #newest = new Column('u32');
  /** By record: the one before it of the same name. */
  readonly #former = new Column('u32');

  get bytes(): number {
    return this.#newest.bytes + this.#former.bytes;
  }

  /** Puts the next record under a name; `NONE`: under none. */
  push(name: number): void {
    const record = this.#former.push(this.newest(name));
    if (name === NONE) return;
    while (this.#newest.length <= name) this.#newest.push(NONE);
    this.#newest.set(name, record);
  }

  /** The newest record of a name, or `NONE`. */
  newest(name: number): number {
    return name < this.#newest.length ? this.#newest.at(name) : NONE;
  }

  /** The records of a name, the newest first. */
  of(name: number): number[] {
    const records: number[] = [];
    for (let at = this.newest(name); at !== NONE; at = this.#former.at(at)) records.push(at);
    return records;
  }
}
