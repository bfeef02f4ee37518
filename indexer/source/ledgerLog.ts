/** One log of the ledger or of a contract beside it, as bytes: what is archived, digested and decoded. */
export interface LedgerLog {
  readonly block: number;
  readonly logIndex: number;
  /** Who emitted it: 20 bytes. */
  readonly address: Buffer;
  /** Topics joined, 32 bytes each. */
  readonly topics: Buffer;
  readonly data: Buffer;
}

/** Hash and time of a block. */
export interface BlockStamp {
  readonly number: number;
  readonly hash: Buffer;
  /** Unix seconds; 0: the node does not say with its logs. */
  readonly timestamp: number;
}

/** An answer of the node that cannot be right. Another try, or another node, may be. */
export class SourceProblem extends Error {
  override readonly name = 'SourceProblem';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const WORD = 32;

/** A log in the form of `eth_getLogs`. */
interface RpcLog {
  address: string;
  blockNumber: string;
  blockHash: string;
  blockTimestamp?: string;
  logIndex: string;
  topics: string[];
  data: string;
  removed?: boolean;
}

/**
 * Reads the answer of `eth_getLogs` for a range of blocks: checks each log, sorts them into the chain's order, and drops exact repetitions.
 *
 * @param addresses those asked for, in lower case
 * @returns the logs, and the blocks that they are of
 * @throws SourceProblem `LOG_MALFORMED`, `LOG_OUT_OF_RANGE`, `LOGS_CONTRADICT`
 */
export function readLogs(
  answer: unknown,
  addresses: readonly string[],
  from: number,
  to: number,
): { logs: LedgerLog[]; blocks: BlockStamp[] } {
  if (!Array.isArray(answer)) throw new SourceProblem('LOG_MALFORMED', 'eth_getLogs did not answer a list');
  const reader = new LogReader(answer as RpcLog[], addresses, from, to);
  const entries = (answer as RpcLog[]).map((log) => reader.read(log));
  if (entries.some((entry, index) => index > 0 && order(entries[index - 1] as Entry, entry) >= 0)) entries.sort(order);
  const logs: LedgerLog[] = [];
  const blocks: BlockStamp[] = [];
  for (const { log, stamp } of entries) {
    if (isRepetition(logs.at(-1), log)) continue;
    logs.push(log);
    if (isNewBlock(blocks.at(-1), stamp)) blocks.push(stamp);
  }
  return { logs, blocks };
}

interface Entry {
  readonly log: LedgerLog;
  readonly stamp: BlockStamp;
}

/** Reads logs one by one, into memory that they share: an object and a piece of memory for each part of each log would cost more than the reading. */
class LogReader {
  readonly #from: number;
  readonly #to: number;
  readonly #emitters: ReadonlyMap<string, Buffer>;
  readonly #bytes: Buffer;
  #at = 0;
  /** Of the log before: most logs are of the same block. */
  #stamp: BlockStamp | undefined;
  #stampHash = '';

  constructor(logs: readonly RpcLog[], addresses: readonly string[], from: number, to: number) {
    this.#from = from;
    this.#to = to;
    this.#emitters = new Map(addresses.map((address) => [address, Buffer.from(address.slice(2), 'hex')]));
    this.#bytes = Buffer.allocUnsafe(logs.reduce((sum, log) => sum + sizeOfBody(log), 0));
  }

  read(log: RpcLog): Entry {
    const block = readQuantity(log.blockNumber);
    if (log.removed === true) throw new SourceProblem('LOGS_CONTRADICT', `a removed log in block ${block}`);
    const address = this.#emitters.get(log.address) ?? this.#emitters.get(String(log.address).toLowerCase());
    if (block < this.#from || block > this.#to || address === undefined)
      throw new SourceProblem('LOG_OUT_OF_RANGE', `a log of block ${block} and ${log.address} was not asked for`);
    const logIndex = readQuantity(log.logIndex);
    const start = this.#at;
    for (const topic of log.topics) this.#take(String(topic), WORD);
    const data = this.#at;
    this.#take(log.data, sizeOf(log.data));
    const topics = this.#bytes.subarray(start, data);
    return { log: { block, logIndex, address, topics, data: this.#bytes.subarray(data, this.#at) }, stamp: this.#stampOf(block, log) };
  }

  #take(hex: string, length: number): void {
    readInto(this.#bytes, this.#at, hex, length);
    this.#at += length;
  }

  #stampOf(block: number, { blockHash, blockTimestamp }: RpcLog): BlockStamp {
    if (this.#stamp?.number === block && this.#stampHash === blockHash) return this.#stamp;
    const timestamp = blockTimestamp === undefined ? 0 : readQuantity(blockTimestamp);
    this.#stampHash = blockHash;
    this.#stamp = { number: block, hash: readHash(blockHash), timestamp };
    return this.#stamp;
  }
}

/** Size of a log's topics and data. */
function sizeOfBody({ topics, data }: RpcLog): number {
  if (!Array.isArray(topics) || topics.length > 4) throw new SourceProblem('LOG_MALFORMED', 'a log has at most four topics');
  if (typeof data !== 'string') throw new SourceProblem('LOG_MALFORMED', 'a log has data');
  return WORD * topics.length + sizeOf(data);
}

function sizeOf(hex: string): number {
  return Math.max(0, (hex.length - 2) >> 1);
}

/** Reads a JSON-RPC quantity. @throws SourceProblem `LOG_MALFORMED` */
export function readQuantity(text: unknown): number {
  const value = typeof text === 'string' && text.startsWith('0x') ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new SourceProblem('LOG_MALFORMED', `not a quantity: ${String(text)}`);
}

/** Reads a hash. @throws SourceProblem `LOG_MALFORMED` */
export function readHash(text: unknown): Buffer {
  const bytes = Buffer.allocUnsafe(WORD);
  readInto(bytes, 0, String(text), WORD);
  return bytes;
}

function readInto(bytes: Buffer, at: number, hex: string, length: number): void {
  // Buffer stops at the first character that is not hex, which shows in the length.
  if (hex.length === 2 + 2 * length && hex.startsWith('0x') && bytes.write(hex.slice(2), at, 'hex') === length) return;
  throw new SourceProblem('LOG_MALFORMED', `not data of ${length} bytes: ${hex.slice(0, 80)}`);
}

function order(a: Entry, b: Entry): number {
  return a.log.block - b.log.block || a.log.logIndex - b.log.logIndex;
}

function isRepetition(last: LedgerLog | undefined, log: LedgerLog): boolean {
  if (last === undefined || last.block !== log.block || last.logIndex !== log.logIndex) return false;
  if (last.address.equals(log.address) && last.topics.equals(log.topics) && last.data.equals(log.data)) return true;
  throw new SourceProblem('LOGS_CONTRADICT', `two logs at block ${log.block}, index ${log.logIndex}`);
}

function isNewBlock(last: BlockStamp | undefined, stamp: BlockStamp): boolean {
  if (last === undefined || last.number !== stamp.number) return true;
  if (last.hash.equals(stamp.hash)) return false;
  throw new SourceProblem('LOGS_CONTRADICT', `two hashes of block ${stamp.number}`);
}
