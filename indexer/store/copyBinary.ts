// PostgreSQL documentation, "Message Formats": CopyData, whose length counts itself but not its type, and CopyDone.
const COPY_DATA = Buffer.from('6400000000', 'hex');
const COPY_DONE = Buffer.from('6300000004', 'hex');
// PostgreSQL documentation, COPY, "Binary Format": signature, flags, length of the header's extension.
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const TRAILER = -1;
const NULL_LENGTH = -1;
/** Of most rows, at most: what is reserved for each. */
const ROW_BYTES = 320;

/** Rows in PostgreSQL's binary COPY format, as the messages that carry them. */
export class CopyBuffer {
  #bytes: Buffer;
  #length: number;

  /** @param rows how many are expected */
  constructor(rows: number) {
    this.#bytes = Buffer.allocUnsafe(ROW_BYTES * (rows + 1));
    this.#length = COPY_DATA.copy(this.#bytes);
    this.#length += HEADER.copy(this.#bytes, this.#length);
  }

  /** Begins a row. */
  row(columns: number): void {
    this.#reserve(2);
    this.#length = this.#bytes.writeInt16BE(columns, this.#length);
  }

  smallint(value: number): void {
    this.#field(2);
    this.#length = this.#bytes.writeInt16BE(value, this.#length);
  }

  integer(value: number): void {
    this.#field(4);
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
  }

  bigint(value: number): void {
    this.#field(8);
    // Two halves, because big integers are slow to make.
    this.#length = this.#bytes.writeInt32BE(Math.floor(value / 2 ** 32), this.#length);
    this.#length = this.#bytes.writeUInt32BE(value >>> 0, this.#length);
  }

  boolean(value: boolean): void {
    this.#field(1);
    this.#length = this.#bytes.writeUInt8(value ? 1 : 0, this.#length);
  }

  bytea(value: Buffer | null): void {
    if (value === null) {
      this.#null();
      return;
    }
    this.#field(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** A word of the ledger, as 32 bytes. */
  word(value: bigint): void {
    this.#field(32);
    for (let shift = 192n; shift >= 0n; shift -= 64n)
      this.#length = this.#bytes.writeBigUInt64BE(BigInt.asUintN(64, value >> shift), this.#length);
  }

  /** Ends the rows. */
  finish(): Buffer {
    this.#reserve(2 + COPY_DONE.length);
    this.#length = this.#bytes.writeInt16BE(TRAILER, this.#length);
    this.#bytes.writeInt32BE(this.#length - 1, 1);
    this.#length += COPY_DONE.copy(this.#bytes, this.#length);
    return this.#bytes.subarray(0, this.#length);
  }

  #null(): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeInt32BE(NULL_LENGTH, this.#length);
  }

  #field(length: number): void {
    this.#reserve(4 + length);
    this.#length = this.#bytes.writeInt32BE(length, this.#length);
  }

  #reserve(length: number): void {
    if (this.#length + length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * Math.max(this.#bytes.length, length));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** How rows of one table are written. */
export interface CopyTable<Row> {
  readonly name: string;
  readonly columns: readonly string[];
  readonly write: (row: Row, to: CopyBuffer) => void;
}

/** Rows ready to be sent: the statement, and the messages that follow it. */
export interface Copy {
  readonly statement: string;
  readonly messages: Buffer;
}

/** Encodes rows of one table. */
export function encodeCopy<Row>(schema: string, table: CopyTable<Row>, rows: readonly Row[]): Copy {
  const buffer = new CopyBuffer(rows.length);
  for (const row of rows) {
    buffer.row(table.columns.length);
    table.write(row, buffer);
  }
  return { statement: `copy ${schema}.${table.name} (${table.columns.join(', ')}) from stdin (format binary)`, messages: buffer.finish() };
}
