import { Column } from './column.ts';
import { type HashKey, keyedHash, PLAIN_KEY } from './keyedHash.ts';

const FIRST_PAGE = 1 << 10;
const PAGE = 1 << 20;
const LINE_FEED = 10;
const ASCII = /^[\0-\x7f]*$/;
const decoder = new TextDecoder();

/**
 * Names kept once each and told by small numbers from 0 on, in the order in which they came. They are bytes outside the heap, found by a table of numbers: as
 * strings in a `Map` the names of a million events are millions of objects, and a garbage collection that looks at each takes longer than an answer.
 * For names of which there are as many as goods and events; the few words that all use are in a `TextPool`.
 */
export class NamePool {
  readonly #key: HashKey;
  readonly #pages: Uint8Array[] = [];
  /** Bytes used of the last page. */
  #used = 0;
  /** Where each name begins: its page times `PAGE`, and the byte in it. */
  readonly #start = new Column('f64');
  /** Its length in UTF-16 units, times two; odd where each takes two bytes. */
  readonly #length = new Column('u32');
  readonly #hash = new Column('u32');
  /** Open addressing, at most half full: the number of a name and one, at the first free place from its hash on. */
  #table = new Uint32Array(32);

  constructor(key: HashKey = PLAIN_KEY) {
    this.#key = key;
  }

  get size(): number {
    return this.#start.length;
  }

  /** Bytes held. */
  get bytes(): number {
    const pages = this.#pages.reduce((bytes, page) => bytes + page.length, 0);
    return pages + this.#start.bytes + this.#length.bytes + this.#hash.bytes + this.#table.byteLength;
  }

  /** The number of a name, given out now if it is new. */
  intern(name: string): number {
    const hash = keyedHash(name, this.#key);
    const slot = this.#slotOf(name, hash);
    const known = this.#table[slot] as number;
    if (known !== 0) return known - 1;
    const number = this.#hash.push(hash);
    this.#write(name);
    this.#table[slot] = number + 1;
    if (this.size * 2 > this.#table.length) this.#widen();
    return number;
  }

  /** The number of a name; undefined where it never came. */
  find(name: string): number | undefined {
    const known = this.#table[this.#slotOf(name, keyedHash(name, this.#key))] as number;
    return known === 0 ? undefined : known - 1;
  }

  /** The name of a number, read from its bytes each time: who needs it often keeps it. */
  text(number: number): string {
    const length = this.#length.at(number);
    const { page, start } = this.#placeOf(number);
    if ((length & 1) === 0) return decoder.decode(page.subarray(start, start + (length >>> 1)));
    let text = '';
    // Not by a decoder: it would write U+FFFD for half a pair.
    for (let at = start; at < start + length - 1; at += 2) text += String.fromCharCode(unitAt(page, at, 2));
    return text;
  }

  /** Names, each on a line. All at once: to begin takes a decoder longer than a name. */
  lines(numbers: readonly number[]): string {
    const lengths = numbers.map((number) => this.#length.at(number));
    if (lengths.some((length) => (length & 1) === 1)) return numbers.map((number) => `${this.text(number)}\n`).join('');
    const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + (length >>> 1) + 1, 0));
    let end = 0;
    for (const number of numbers) {
      const { page, start } = this.#placeOf(number);
      const length = this.#length.at(number) >>> 1;
      for (let at = 0; at < length; at++) bytes[end++] = page[start + at] as number;
      bytes[end++] = LINE_FEED;
    }
    return decoder.decode(bytes);
  }

  /** Where a name is in the table, or would be. */
  #slotOf(name: string, hash: number): number {
    const mask = this.#table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const known = this.#table[slot] as number;
      if (known === 0 || (this.#hash.at(known - 1) === hash && this.#isText(known - 1, name))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #widen(): void {
    const wider = new Uint32Array(this.#table.length * 2);
    const mask = wider.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = this.#hash.at(number) & mask;
      while (wider[slot] !== 0) slot = (slot + 1) & mask;
      wider[slot] = number + 1;
    }
    this.#table = wider;
  }

  #write(name: string): void {
    const width = ASCII.test(name) ? 1 : 2;
    const bytes = name.length * width;
    const page = this.#pageFor(bytes);
    const start = this.#used;
    this.#used += bytes;
    this.#start.push((this.#pages.length - 1) * PAGE + start);
    this.#length.push(name.length * 2 + width - 1);
    for (let at = 0; at < name.length; at++) {
      const unit = name.charCodeAt(at);
      page[start + at * width] = unit;
      if (width === 2) page[start + at * 2 + 1] = unit >>> 8;
    }
  }

  /** A page with room; one for itself where a name is longer than pages are. */
  #pageFor(bytes: number): Uint8Array {
    const last = this.#pages.at(-1);
    // A name of nothing begins within a page, too.
    if (last !== undefined && this.#used + Math.max(bytes, 1) <= Math.min(last.length, PAGE)) return last;
    const next = new Uint8Array(Math.max(bytes, last === undefined ? FIRST_PAGE : Math.min(PAGE, last.length * 2)));
    this.#pages.push(next);
    this.#used = 0;
    return next;
  }

  #isText(number: number, name: string): boolean {
    const length = this.#length.at(number);
    if (length >>> 1 !== name.length) return false;
    const { page, start } = this.#placeOf(number);
    const width = (length & 1) + 1;
    for (let at = 0; at < name.length; at++) if (unitAt(page, start + at * width, width) !== name.charCodeAt(at)) return false;
    return true;
  }

  #placeOf(number: number): { page: Uint8Array; start: number } {
    const at = this.#start.at(number);
    return { page: this.#pages[Math.floor(at / PAGE)] as Uint8Array, start: at % PAGE };
  }
}

function unitAt(page: Uint8Array, at: number, width: number): number {
  const low = page[at] as number;
  return width === 1 ? low : low | ((page[at + 1] as number) << 8);
}
