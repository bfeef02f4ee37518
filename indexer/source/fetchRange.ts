import { type BlockStamp, type LedgerLog, readHash, readLogs, readQuantity, SourceProblem } from './ledgerLog.ts';
import type { LedgerProvider, RpcAnswer, RpcCall } from './provider.ts';

/** What one node said, in one request, of a range of blocks. */
export interface FetchedRange {
  readonly from: number;
  readonly to: number;
  /** Whose logs were asked for. */
  readonly addresses: readonly string[];
  /** The node's head when it answered. */
  readonly head: number;
  /** The block before `from`: what this range stands on. Undefined before block 0. */
  readonly before: BlockStamp | undefined;
  /** The block `to`. */
  readonly end: BlockStamp;
  readonly logs: readonly LedgerLog[];
  /** Blocks that carry `logs`, with their times. */
  readonly blocks: readonly BlockStamp[];
  /** The contract's `sequence` at `to`; undefined where the node keeps no state of that block. */
  readonly counter: number | undefined;
  /** Size of the answer. */
  readonly bytes: number;
}

/** `sequence` is the first variable of the contract (docs/spec/ledger.md section 2). */
const SEQUENCE_SLOT = '0x0';

/**
 * Asks for the logs of the blocks `from` to `to`, all contracts' at once, with head, both headers and counter in the same request, so that a node that lags behind, or that was
 * asked between two branches, is seen.
 *
 * @param addresses whose logs, in lower case; the first is the ledger's
 * @throws SourceProblem `NODE_LAGS`, `RANGE_REFUSED`, `LOGS_CONTRADICT` and those of `readLogs`; RpcUnavailable
 */
export async function fetchRange(
  provider: LedgerProvider,
  addresses: readonly [ledger: string, ...companions: string[]],
  from: number,
  to: number,
  signal?: AbortSignal,
): Promise<FetchedRange> {
  const calls: RpcCall[] = [
    { method: 'eth_blockNumber', params: [] },
    { method: 'eth_getLogs', params: [{ address: addresses, fromBlock: quantity(from), toBlock: quantity(to) }] },
    header(to),
    counterAt(addresses[0], to),
    ...(from > 0 ? [header(from - 1)] : []),
  ];
  const { answers, bytes } = await provider.batch(calls, signal);
  const [headAnswer, logsAnswer, endAnswer, counterAnswer, beforeAnswer] = answers as [
    RpcAnswer,
    RpcAnswer,
    RpcAnswer,
    RpcAnswer,
    RpcAnswer?,
  ];
  const head = readQuantity(resultOf(headAnswer));
  const end = readHeader(endAnswer, to);
  if (head < to || end === undefined) throw new SourceProblem('NODE_LAGS', `the node is at block ${head}, not yet at ${to}`);
  const { logs, blocks } = readLogs(logsOf(logsAnswer), addresses, from, to);
  if (blocks.at(-1)?.number === to && !blocks.at(-1)?.hash.equals(end.hash))
    throw new SourceProblem('LOGS_CONTRADICT', `two hashes of block ${to}`);
  const before = beforeAnswer === undefined ? undefined : readHeader(beforeAnswer, from - 1);
  const said = { from, to, addresses, head, before, end, logs, bytes };
  return { ...said, blocks: await dated(provider, blocks, signal), counter: readCounter(counterAnswer) };
}

/** Asks for the contract's `sequence` at a block, and for the block itself; both undefined where the node has them not. */
export async function fetchCounter(
  provider: LedgerProvider,
  contract: string,
  number: number,
  signal?: AbortSignal,
): Promise<{ counter: number | undefined; stamp: BlockStamp | undefined }> {
  const { answers } = await provider.batch([counterAt(contract, number), header(number)], signal);
  const [counter, stamp] = answers as [RpcAnswer, RpcAnswer];
  return { counter: readCounter(counter), stamp: readHeader(stamp, number) };
}

/**
 * Asks for the headers of some blocks.
 *
 * @returns the stamps in the order asked; undefined for a block that the node has not
 * @throws RpcUnavailable, SourceProblem
 */
export async function fetchStamps(
  provider: LedgerProvider,
  numbers: readonly number[],
  signal?: AbortSignal,
): Promise<(BlockStamp | undefined)[]> {
  if (numbers.length === 0) return [];
  const { answers } = await provider.batch(numbers.map(header), signal);
  return answers.map((answer, index) => readHeader(answer, numbers[index] as number));
}

/** Fills in the times that a node does not give with its logs (execution-apis issue 639 is young). */
async function dated(provider: LedgerProvider, blocks: BlockStamp[], signal?: AbortSignal): Promise<BlockStamp[]> {
  const undatedNumbers = blocks.filter(({ timestamp }) => timestamp === 0).map(({ number }) => number);
  if (undatedNumbers.length === 0) return blocks;
  const stamps = new Map((await fetchStamps(provider, undatedNumbers, signal)).map((stamp) => [stamp?.number, stamp]));
  return blocks.map((block) => {
    if (block.timestamp !== 0) return block;
    const stamp = stamps.get(block.number);
    if (stamp === undefined || !stamp.hash.equals(block.hash))
      throw new SourceProblem('LOGS_CONTRADICT', `two hashes of block ${block.number}`);
    return stamp;
  });
}

function header(number: number): RpcCall {
  return { method: 'eth_getBlockByNumber', params: [quantity(number), false] };
}

function counterAt(contract: string, number: number): RpcCall {
  return { method: 'eth_getStorageAt', params: [contract, SEQUENCE_SLOT, quantity(number)] };
}

function readHeader(answer: RpcAnswer, number: number): BlockStamp | undefined {
  const block = resultOf(answer) as { hash: string; timestamp: string } | null;
  return block === null ? undefined : { number, hash: readHash(block.hash), timestamp: readQuantity(block.timestamp) };
}

function readCounter(answer: RpcAnswer): number | undefined {
  // A node without the state of that block answers an error: the counter is read again at a newer block.
  return 'error' in answer ? undefined : Number(BigInt(answer.result as string));
}

function logsOf(answer: RpcAnswer): unknown {
  if ('error' in answer) throw new SourceProblem('RANGE_REFUSED', `eth_getLogs: ${answer.error.message}`);
  return answer.result;
}

function resultOf(answer: RpcAnswer): unknown {
  if ('error' in answer) throw new SourceProblem('CALL_REFUSED', `the node refuses: ${answer.error.message}`);
  return answer.result;
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`;
}
