/** What the generated decoders read from, and with. */
export interface EventBytes {
  readonly block: number;
  readonly logIndex: number;
  /** Who emitted it: 20 bytes. */
  readonly address: Buffer;
  /** Topics joined, 32 bytes each. */
  readonly topics: Buffer;
  readonly data: Buffer;
}

/** An event that this version does not know: the contract and the indexer do not belong together. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
  readonly code = 'UNKNOWN_EVENT';

  constructor({ block, logIndex, address, topics }: EventBytes) {
    super(`block ${block}, log ${logIndex}: no event of 0x${address.toString('hex')} has the topic 0x${topics.toString('hex', 0, 32)}`);
  }
}

/** An event whose bytes are not of the shape that its ABI says. */
export class MisshapenEvent extends Error {
  override readonly name = 'MisshapenEvent';
  readonly code = 'MISSHAPEN_EVENT';
}

const WORD = 32;
const ADDRESS_PADDING = Buffer.alloc(12);

/** Checks the number of topics and of words. @throws MisshapenEvent */
export function expectShape(log: EventBytes, topics: number, words: number): void {
  if (log.topics.length !== WORD * topics || log.data.length !== WORD * words)
    throw new MisshapenEvent(`block ${log.block}, log ${log.logIndex}: not of the shape of its event`);
}

/** The 32 bytes at `at`, without a copy. */
export function word(bytes: Buffer, at: number): Buffer {
  return bytes.subarray(at, at + WORD);
}

/** The address in the word at `at`. @throws MisshapenEvent where its padding is not zero */
export function address(bytes: Buffer, at: number): Buffer {
  if (bytes.compare(ADDRESS_PADDING, 0, 12, at, at + 12) !== 0) throw new MisshapenEvent('an address has 12 bytes of zero padding');
  return bytes.subarray(at + 12, at + WORD);
}

/** The unsigned integer in the word at `at`. */
export function uint(bytes: Buffer, at: number): bigint {
  const low = bytes.readBigUInt64BE(at + 24);
  const high = bytes.readBigUInt64BE(at);
  const second = bytes.readBigUInt64BE(at + 8);
  const third = bytes.readBigUInt64BE(at + 16);
  if (high === 0n && second === 0n && third === 0n) return low;
  return (high << 192n) | (second << 128n) | (third << 64n) | low;
}
