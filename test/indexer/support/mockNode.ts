import { createServer, type IncomingMessage } from 'node:http';
import type { Random } from './random.ts';
import type { SyntheticBlock, SyntheticChain } from './syntheticChain.ts';

/** How badly a mock node behaves: the share of requests (or logs) that each fault hits. */
export interface Faults {
  /** Connection cut, HTTP 500, JSON that is none, or a JSON-RPC error. */
  readonly errors?: number;
  /** Logs given twice. */
  readonly duplicates?: number;
  /** Logs, and answers of a batch, in another order. */
  readonly reorder?: number;
  /** A log left out. */
  readonly omissions?: number;
  /** Answers as if some blocks were not there yet. */
  readonly lag?: number;
  /** `blockTimestamp` left out of logs. */
  readonly undated?: boolean;
  /** Logs of addresses that nobody asked for are given too. */
  readonly foreign?: boolean;
  /** Greatest range of blocks. */
  readonly mostBlocks?: number;
}

/** A JSON-RPC node over a synthetic chain. */
export interface MockNode {
  readonly url: string;
  faults: Faults;
  /** The addresses of each `eth_getLogs` so far. */
  readonly asked: string[][];
  close(): Promise<void>;
}

/** The parameter of `eth_getLogs`. */
interface LogFilter {
  address: string[];
  fromBlock: string;
  toBlock: string;
}

interface Call {
  id: number;
  method: string;
  params: unknown[];
}

/** Starts a mock node on a free port. */
export async function startMockNode(chain: SyntheticChain, random: Random, faults: Faults = {}): Promise<MockNode> {
  const node = { url: '', faults, asked: [] as string[][] };
  const server = createServer(async (request, response) => {
    const calls = JSON.parse(await textOf(request)) as Call[];
    const fault = random.chance(node.faults.errors ?? 0) ? random.below(4) : -1;
    if (fault === 0) return response.destroy();
    if (fault === 1) return response.writeHead(500).end();
    if (fault === 2) return response.end('{"jsonrpc"');
    const visible = chain.blocks.slice(0, chain.blocks.length - (random.chance(node.faults.lag ?? 0) ? 1 + random.below(3) : 0));
    const answers = calls.map((call) => ({
      jsonrpc: '2.0',
      id: call.id,
      ...answer(call, visible.length === 0 ? chain.blocks.slice(0, 1) : visible),
    }));
    if (fault === 3)
      answers[random.below(answers.length)] = { jsonrpc: '2.0', id: calls[0]?.id as number, error: { code: -32000, message: 'busy' } };
    response.end(JSON.stringify(random.chance(node.faults.reorder ?? 0) ? answers.reverse() : answers));
  });
  // No WebSocket here: heads are polled.
  server.on('upgrade', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  node.url = `http://127.0.0.1:${address.port}`;

  function answer(
    { method, params }: Call,
    blocks: readonly SyntheticBlock[],
  ): { result: unknown } | { error: { code: number; message: string } } {
    switch (method) {
      case 'eth_chainId':
        return { result: '0x539' };
      case 'eth_blockNumber':
        return { result: quantity(blocks.length - 1) };
      case 'eth_getBlockByNumber': {
        const block = blocks[Number(params[0])];
        return {
          result: block === undefined ? null : { hash: block.hash, parentHash: block.parentHash, timestamp: quantity(block.timestamp) },
        };
      }
      case 'eth_getStorageAt': {
        const block = blocks[Number(params[2])];
        return block === undefined ? { error: { code: -32000, message: 'no state' } } : { result: quantity(block.sequence) };
      }
      case 'eth_getLogs':
        return getLogs(params[0] as LogFilter, blocks);
      default:
        return { error: { code: -32601, message: 'unknown' } };
    }
  }

  function getLogs({ address, fromBlock, toBlock }: LogFilter, blocks: readonly SyntheticBlock[]) {
    const [from, to] = [Number(fromBlock), Number(toBlock)];
    node.asked.push(address);
    if (to - from >= (node.faults.mostBlocks ?? Number.POSITIVE_INFINITY)) return { error: { code: -32005, message: 'range too large' } };
    const logs = blocks
      .slice(from, to + 1)
      .flatMap((block) => logsOf(block, node.faults.undated === true))
      .filter((log) => node.faults.foreign === true || address.includes(log.address));
    if (logs.length > 0 && random.chance(node.faults.omissions ?? 0)) logs.splice(random.below(logs.length), 1);
    if (logs.length > 0 && random.chance(node.faults.duplicates ?? 0)) logs.push(random.of(logs));
    if (random.chance(node.faults.reorder ?? 0)) logs.reverse();
    return { result: logs };
  }

  return Object.assign(node, {
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

function logsOf({ number, hash, timestamp, logs }: SyntheticBlock, undated: boolean) {
  return logs.map(({ address, topics, data }, index) => ({
    ...{ address, blockNumber: quantity(number), blockHash: hash, logIndex: quantity(index) },
    ...(undated ? {} : { blockTimestamp: quantity(timestamp) }),
    ...{ topics, data, removed: false },
  }));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`;
}
