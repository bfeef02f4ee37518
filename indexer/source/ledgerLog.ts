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
  // One piece of memory for each address, not one for each log.
  const emitters = new Map(addresses.map((address) => [address, Buffer.from(address.slice(2), 'hex')]));
  const entries = (answer as RpcLog[]).map((log) => readLog(log, emitters, from, to));
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

function readLog(log: RpcLog, emitters: ReadonlyMap<string, Buffer>, from: number, to: number): Entry {
  const block = readQuantity(log.blockNumber);
  if (log.removed === true) throw new SourceProblem('LOGS_CONTRADICT', `a removed log in block ${block}`);
  const address = emitters.get(String(log.address).toLowerCase());
  if (block < from || block > to || address === undefined)
    throw new SourceProblem('LOG_OUT_OF_RANGE', `a log of block ${block} and ${log.address} was not asked for`);
  const timestamp = log.blockTimestamp === undefined ? 0 : readQuantity(log.blockTimestamp);
  return {
    log: { block, logIndex: readQuantity(log.logIndex), address, ...readBody(log) },
    stamp: { number: block, hash: readHash(log.blockHash), timestamp },
  };
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

/** Topics and data as views of one piece of memory: half of the objects of one each. */
function readBody({ topics, data }: RpcLog): { topics: Buffer; data: Buffer } {
  if (!Array.isArray(topics) || topics.length > 4) throw new SourceProblem('LOG_MALFORMED', 'a log has at most four topics');
  const topicBytes = WORD * topics.length;
  const bytes = Buffer.allocUnsafe(topicBytes + (data.length - 2) / 2);
  for (let index = 0; index < topics.length; index++) readInto(bytes, WORD * index, topics[index] as string, WORD);
  readInto(bytes, topicBytes, data, bytes.length - topicBytes);
  return { topics: bytes.subarray(0, topicBytes), data: bytes.subarray(topicBytes) };
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
