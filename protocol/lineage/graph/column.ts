const MAKERS = { u8: Uint8Array, u32: Uint32Array, f64: Float64Array };

/** A column of numbers that grows: a typed array with room to spare, because a million events as objects cost ten times the memory. */
export class Column {
  #data: Uint8Array | Uint32Array | Float64Array;
  length = 0;

  constructor(kind: keyof typeof MAKERS) {
    this.#data = new MAKERS[kind](16);
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#data.byteLength;
  }

  /** Adds a value and answers its index. */
  push(value: number): number {
    if (this.length === this.#data.length) {
      const wider = new (this.#data.constructor as typeof Float64Array)(this.length * 2);
      wider.set(this.#data);
      this.#data = wider;
    }
    this.#data[this.length] = value;
    return this.length++;
  }

  at(index: number): number {
    return this.#data[index] as number;
  }

  set(index: number, value: number): void {
    this.#data[index] = value;
  }
}
