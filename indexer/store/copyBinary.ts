import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

// PostgreSQL documentation, COPY, "Binary Format": signature, flags, length of the header's extension.
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const TRAILER = -1;
const NULL_LENGTH = -1;
const FIRST_CAPACITY = 16_384;

/** Rows in PostgreSQL's binary COPY format. */
export class CopyBuffer {
  #bytes = Buffer.allocUnsafe(FIRST_CAPACITY);
  #length = HEADER.copy(this.#bytes);

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
    this.#length = this.#bytes.writeBigInt64BE(BigInt(value), this.#length);
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
    this.#length += value.copy(this.#bytes, this.#length);
  }

  /** A word of the ledger, as 32 bytes. */
  word(value: bigint): void {
    this.#field(32);
    for (let shift = 192n; shift >= 0n; shift -= 64n)
      this.#length = this.#bytes.writeBigUInt64BE(BigInt.asUintN(64, value >> shift), this.#length);
  }

  /** Ends the rows. */
  finish(): Buffer {
    this.#reserve(2);
    this.#length = this.#bytes.writeInt16BE(TRAILER, this.#length);
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

/** Rows ready to be sent. */
export interface Copy {
  readonly statement: string;
  readonly bytes: Buffer;
}

/** Encodes rows of one table. */
export function encodeCopy<Row>(schema: string, table: CopyTable<Row>, rows: readonly Row[]): Copy {
  const buffer = new CopyBuffer();
  for (const row of rows) {
    buffer.row(table.columns.length);
    table.write(row, buffer);
  }
  return { statement: `copy ${schema}.${table.name} (${table.columns.join(', ')}) from stdin (format binary)`, bytes: buffer.finish() };
}

/** Sends rows, within the client's transaction. */
export async function sendCopies(client: Client, copies: readonly Copy[]): Promise<void> {
  for (const { statement, bytes } of copies) {
    const stream = client.query(copyFrom(statement));
    const written = finished(stream);
    stream.end(bytes);
    await written;
  }
}
