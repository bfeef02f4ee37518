import { Chains } from './chains.ts';
import { Column } from './column.ts';
import type { HashKey } from './keyedHash.ts';
import { NamePool } from './namePool.ts';
import { NONE } from './none.ts';

/** Which events make up one transformation: those of one `transformationID` (EPCIS 2.0 section 7.4.6), or one alone. */
export class Transformations {
  readonly #ids: NamePool;
  /** By event: the number of its `transformationID`, or `NONE`. */
  readonly #id = new Column('u32');
  readonly #byId = new Chains();
  /** By id: the event that came first. */
  readonly #first = new Column('u32');

  constructor(key: HashKey) {
    this.#ids = new NamePool(key);
  }

  get bytes(): number {
    return [this.#ids, this.#id, this.#byId, this.#first].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Adds the next event. */
  add(transformationID: string | undefined): void {
    const id = transformationID === undefined ? NONE : this.#ids.intern(transformationID);
    const event = this.#id.push(id);
    this.#byId.push(id);
    if (id === this.#first.length) this.#first.push(event);
  }

  /** The `transformationID` of an event. */
  idOf(event: number): string | undefined {
    const id = this.#id.at(event);
    return id === NONE ? undefined : this.#ids.text(id);
  }

  /** The events of the transformation of an event, itself among them. */
  of(event: number): number[] {
    const id = this.#id.at(event);
    return id === NONE ? [event] : this.#byId.of(id);
  }

  /** The one of them that came first: it stands for all. */
  firstOf(event: number): number {
    const id = this.#id.at(event);
    return id === NONE ? event : this.#first.at(id);
  }
}
