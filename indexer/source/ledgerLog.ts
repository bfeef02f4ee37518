/** One log of the ledger's contract, as bytes: what is archived, digested and decoded. */
export interface LedgerLog {
  readonly block: number;
  readonly logIndex: number;
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
 * @param contract the address in lower case
 * @returns the logs, and the blocks that they are of
 * @throws SourceProblem `LOG_MALFORMED`, `LOG_OUT_OF_RANGE`, `LOGS_CONTRADICT`
 */
export function readLogs(answer: unknown, contract: string, from: number, to: number): { logs: LedgerLog[]; blocks: BlockStamp[] } {
  if (!Array.isArray(answer)) throw new SourceProblem('LOG_MALFORMED', 'eth_getLogs did not answer a list');
  const entries = (answer as RpcLog[]).map((log) => readLog(log, contract, from, to));
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

function readLog(log: RpcLog, contract: string, from: number, to: number): Entry {
  const block = readQuantity(log.blockNumber);
  if (log.removed === true) throw new SourceProblem('LOGS_CONTRADICT', `a removed log in block ${block}`);
  if (block < from || block > to || log.address.toLowerCase() !== contract)
    throw new SourceProblem('LOG_OUT_OF_RANGE', `a log of block ${block} and ${log.address} was not asked for`);
  const timestamp = log.blockTimestamp === undefined ? 0 : readQuantity(log.blockTimestamp);
  return {
    log: { block, logIndex: readQuantity(log.logIndex), topics: readTopics(log.topics), data: readBytes(log.data) },
    stamp: { number: block, hash: readBytes(log.blockHash, 32), timestamp },
  };
}

/** Reads a JSON-RPC quantity. @throws SourceProblem `LOG_MALFORMED` */
export function readQuantity(text: unknown): number {
  const value = typeof text === 'string' && text.startsWith('0x') ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new SourceProblem('LOG_MALFORMED', `not a quantity: ${String(text)}`);
}

/** Reads JSON-RPC data, of `length` bytes where given. @throws SourceProblem `LOG_MALFORMED` */
export function readBytes(text: unknown, length?: number): Buffer {
  if (typeof text === 'string' && text.startsWith('0x')) {
    const bytes = Buffer.from(text.slice(2), 'hex');
    // Buffer stops at the first character that is not hex, which shows in the length.
    if (bytes.length === (length ?? (text.length - 2) / 2)) return bytes;
  }
  throw new SourceProblem('LOG_MALFORMED', `not data of ${length ?? 'whole'} bytes: ${String(text).slice(0, 80)}`);
}

function readTopics(topics: string[]): Buffer {
  if (!Array.isArray(topics) || topics.length > 4) throw new SourceProblem('LOG_MALFORMED', 'a log has at most four topics');
  const bytes = Buffer.allocUnsafe(32 * topics.length);
  topics.forEach((topic, index) => {
    if (topic.length !== 66 || bytes.write(topic.slice(2), 32 * index, 'hex') !== 32)
      throw new SourceProblem('LOG_MALFORMED', `not a topic: ${topic.slice(0, 80)}`);
  });
  return bytes;
}

function order(a: Entry, b: Entry): number {
  return a.log.block - b.log.block || a.log.logIndex - b.log.logIndex;
}

function isRepetition(last: LedgerLog | undefined, log: LedgerLog): boolean {
  if (last === undefined || last.block !== log.block || last.logIndex !== log.logIndex) return false;
  if (last.topics.equals(log.topics) && last.data.equals(log.data)) return true;
  throw new SourceProblem('LOGS_CONTRADICT', `two logs at block ${log.block}, index ${log.logIndex}`);
}

function isNewBlock(last: BlockStamp | undefined, stamp: BlockStamp): boolean {
  if (last === undefined || last.number !== stamp.number) return true;
  if (last.hash.equals(stamp.hash)) return false;
  throw new SourceProblem('LOGS_CONTRADICT', `two hashes of block ${stamp.number}`);
}
