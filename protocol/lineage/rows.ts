/**
 * Rows of numbers that grow, in one typed array: a million events as objects cost ten times the memory. The fields of a row lie side by side, since whoever looks at
 * one of them looks at the others next, and a row is wherever in memory its event is.
 */
function rowsOf<Values extends Uint32Array | Float64Array>(make: new (length: number) => Values) {
  return class Rows {
    readonly #width: number;
    #data: Values;
    length = 0;

    /** @param width fields of a row; best a power of two, so that no row lies across two lines of the processor's cache */
    constructor(width: number) {
      this.#width = width;
      this.#data = new make(16 * width);
    }

    /** Bytes held. */
    get bytes(): number {
      return this.#data.byteLength;
    }

    /** Adds a row, its fields in their order, and answers its number. */
    push(...fields: readonly number[]): number {
      const start = this.length * this.#width;
      if (start === this.#data.length) {
        const wider = new make(start * 2);
        wider.set(this.#data);
        this.#data = wider;
      }
      this.#data.set(fields, start);
      return this.length++;
    }

    at(row: number, field: number): number {
      return this.#data[row * this.#width + field] as number;
    }

    set(row: number, field: number, value: number): void {
      this.#data[row * this.#width + field] = value;
    }
  };
}

// A class of its own each: code that sees one kind of array only is faster by half.
/** Rows of whole numbers below 2 to 32. */
export const NumberRows = rowsOf(Uint32Array);
export type NumberRows = InstanceType<typeof NumberRows>;
/** Rows of instants and other numbers of 53 bits. */
export const InstantRows = rowsOf(Float64Array);
