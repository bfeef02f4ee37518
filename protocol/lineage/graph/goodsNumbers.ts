import { Column } from './column.ts';
import type { HashKey } from './keyedHash.ts';
import { NamePool } from './namePool.ts';
import { NONE } from './none.ts';

/** Goods by number: an id names one thing, a class of things, or both. */
export class GoodsNumbers {
  readonly #ids: NamePool;
  /** By the number of the id. */
  readonly #thing = new Column('u32');
  readonly #class = new Column('u32');
  /** By the number of the goods. */
  readonly #id = new Column('u32');

  constructor(key: HashKey) {
    this.#ids = new NamePool(key);
  }

  get size(): number {
    return this.#id.length;
  }

  get bytes(): number {
    return this.#ids.bytes + this.#thing.bytes + this.#class.bytes + this.#id.bytes;
  }

  /** The number of goods, given out now if they are new. */
  intern(id: string, isClass: boolean): number {
    const name = this.#ids.intern(id);
    if (name === this.#thing.length) {
      this.#thing.push(NONE);
      this.#class.push(NONE);
    }
    const goods = isClass ? this.#class : this.#thing;
    if (goods.at(name) === NONE) goods.set(name, this.#id.push(name));
    return goods.at(name);
  }

  /** The goods of an id, the thing first. */
  find(id: string): number[] {
    const name = this.#ids.find(id);
    return name === undefined ? [] : [this.#thing.at(name), this.#class.at(name)].filter((goods) => goods !== NONE);
  }

  idOf(goods: number): string {
    return this.#ids.text(this.#id.at(goods));
  }

  /** Their ids, each on a line. */
  lines(goods: readonly number[]): string {
    return this.#ids.lines(goods.map((one) => this.#id.at(one)));
  }
}
