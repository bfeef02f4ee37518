import { gunzipSync } from 'node:zlib';
import type { FastProvider } from '../../../sdk/chain/provider.ts';

/** All that anybody who reads the chain sees of the members' doing, as hex without 0x. The contracts' own code is public text. */
export interface Published {
  calldata: string[];
  logs: string[];
  /** Keys and values of every contract's storage, words of 64 digits. */
  state: Storage;
  /** Error data of every call of the chain, made again by its sender and by a stranger. */
  errors: string[];
}

/** Words of storage. */
export interface Storage {
  slots: Set<string>;
  values: Set<string>;
}

interface Transaction {
  from: string;
  to: string | null;
  input: string;
}

const STRANGER = `0x${'57'.repeat(20)}`;
const WORD = 64;

/** Reads it from a development chain, whose state can be read as a whole. */
export async function readPublished(provider: FastProvider): Promise<Published> {
  const transactions = await transactionsOf(provider);
  const logs = (await provider.send('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])) as { topics: string[]; data: string }[];
  return {
    calldata: transactions.map(({ input }) => plain(input)),
    logs: logs.flatMap(({ topics, data }) => [...topics, data]).map(plain),
    state: storageIn((await provider.send('anvil_dumpState', [])) as string),
    errors: await refusalsOf(provider, transactions),
  };
}

/** Every 32 bytes that begin where a word can, and of storage the parts of words that hold a digest's low bits (docs/spec/law.md). */
export function wordsOf({ calldata, logs, state, errors }: Published): Set<string> {
  const words = [...calldata, ...logs, ...errors].flatMap(wordsIn);
  return new Set([...words, ...state.slots, ...state.values, ...[...state.values].flatMap(partsOf)]);
}

/** As `wordsOf` cuts the storage's words: lines and facts (160 bits) and uses (168) from the top, heads (224) from the bottom. */
export function partsOfDigest(digest: string): string[] {
  return [digest, digest.slice(24), digest.slice(22), digest.slice(8)];
}

/** What a state dump (hex of a gzipped JSON text) holds of storage. */
export function storageIn(dump: string): Storage {
  const { accounts } = JSON.parse(gunzipSync(Buffer.from(plain(dump), 'hex')).toString('utf8')) as {
    accounts: Record<string, { storage?: Record<string, string> }>;
  };
  const entries = Object.values(accounts).flatMap(({ storage = {} }) => Object.entries(storage));
  const word = (hex: string) => plain(hex).padStart(WORD, '0');
  return { slots: new Set(entries.map(([slot]) => word(slot))), values: new Set(entries.map(([, value]) => word(value))) };
}

function partsOf(word: string): string[] {
  return [word.slice(0, 40), word.slice(0, 42), word.slice(8)];
}

function wordsIn(hex: string): string[] {
  const words: string[] = [];
  for (const start of [0, 8]) for (let at = start; at + WORD <= hex.length; at += WORD) words.push(hex.slice(at, at + WORD));
  return words;
}

async function transactionsOf(provider: FastProvider): Promise<Transaction[]> {
  const head = await provider.getBlockNumber();
  const all: Transaction[] = [];
  for (let height = 0; height <= head; height++) {
    const block = (await provider.send('eth_getBlockByNumber', [`0x${height.toString(16)}`, true])) as { transactions: Transaction[] };
    all.push(...block.transactions.filter(({ to }) => to !== null));
  }
  return all;
}

async function refusalsOf(provider: FastProvider, transactions: readonly Transaction[]): Promise<string[]> {
  const refusals = new Set<string>();
  for (const { from, to, input } of transactions)
    for (const sender of [from, STRANGER]) {
      const [answer] = await provider._send({
        ...{ jsonrpc: '2.0', id: 1, method: 'eth_call' },
        params: [{ from: sender, to, data: input }, 'latest'],
      });
      const { error } = answer as { error?: { data?: unknown } };
      if (typeof error?.data === 'string') refusals.add(plain(error.data));
    }
  return [...refusals];
}

function plain(hex: string): string {
  return hex.startsWith('0x') ? hex.slice(2) : hex;
}
