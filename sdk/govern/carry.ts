import { type Interface, toQuantity } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import type { CompanionKindName } from '../../protocol/law/codes.ts';
import { type LedgerAt, readWord } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import { companionFace, companionOf, lawCall } from '../law/companions.ts';
import type { OutboxCall } from '../outbox/outbox.ts';
import { slotsWrittenBy } from './writtenSlots.ts';

/** How a contract compares with the one that it is to follow. */
export interface Carried {
  predecessor: Hex;
  successor: Hex;
  /** Slots that the predecessor's events tell of. */
  slots: number;
  /** Slots whose words had to be taken over now. */
  missing: number;
  /** Block at which the storage roots were compared. */
  height: number;
  /** Root of both contracts' storage. */
  storageRoot: Hex;
}

interface Carrying {
  kind: CompanionKindName;
  successor: Hex;
  /** Makes a call, once for an id, and returns when it is mined; without it nothing is written, and what is missing is an error. */
  act?: (id: string, call: OutboxCall) => Promise<void>;
  onProgress?: (phase: 'reading' | 'comparing' | 'carrying', done: number, total: number) => void;
}

interface ChainLog {
  topics: Hex[];
  data: Hex;
}

const BLOCKS_A_REQUEST = 2_000;
/** Some six million gas. */
const SLOTS_A_CALL = 200;
const WORDS_AT_ONCE = 100;

/**
 * Brings all that the newest contract of a kind holds into the one that is to follow it, and compares the roots of their storage: they are equal if, and only
 * if, every word is. Done again, it goes on; done again after the predecessor has changed, it brings what is new.
 *
 * @throws SdkError `NOT_CARRIED`: the two differ, `IN_OFFICE`: the successor has been added already, `NO_LAW`, those of the chain and of `act`
 */
export async function carry(ledger: LedgerAt, { kind, successor, act, onProgress }: Carrying): Promise<Carried> {
  const { at } = await companionOf(ledger, kind);
  const next = { ...ledger, contract: successor };
  if (at.contract === successor.toLowerCase())
    throw new SdkError('IN_OFFICE', `${successor} is the newest contract of its kind already`, { advice: 'nothing is left to be done' });
  const height = Number(await ledger.provider.send('eth_blockNumber', []));
  const slots = await slotsOf(at, height, companionFace(kind), (done, total) => onProgress?.('reading', done, total));
  const missing = await differing(slots, at, next, (done, total) => onProgress?.('comparing', done, total));
  if (act !== undefined) {
    for (const [index, part] of partsOf(missing, SLOTS_A_CALL).entries()) {
      // Words can come back to what they were: an id made of them would be taken for done.
      await act(`carry:${successor}:${height}:${index}`, lawCall({ kind, at: next }, 'carry', [part], undefined, part.length));
      onProgress?.('carrying', Math.min((index + 1) * SLOTS_A_CALL, missing.length), missing.length);
    }
  }
  const compared = await compareRoots(at, next);
  return { predecessor: at.contract, successor, slots: slots.length, missing: missing.length, ...compared };
}

/** Every slot that the contract's events tell of, each once. */
async function slotsOf(
  { provider, contract }: LedgerAt,
  height: number,
  face: Interface,
  onProgress: (done: number, total: number) => void,
): Promise<Hex[]> {
  const slots = new Set<Hex>();
  for (let from = 0; from <= height; from += BLOCKS_A_REQUEST) {
    const to = Math.min(from + BLOCKS_A_REQUEST - 1, height);
    const logs = (await provider.send('eth_getLogs', [
      { address: contract, fromBlock: toQuantity(from), toBlock: toQuantity(to) },
    ])) as ChainLog[];
    for (const log of logs) {
      const event = face.parseLog(log);
      if (event === null) throw new SdkError('RULES_UNKNOWN', `${contract} has emitted an event that this program does not know`);
      for (const slot of slotsWrittenBy(event)) slots.add(slot);
    }
    onProgress(to, height);
  }
  return [...slots];
}

async function differing(
  slots: readonly Hex[],
  before: LedgerAt,
  after: LedgerAt,
  onProgress: (done: number, total: number) => void,
): Promise<Hex[]> {
  const found: Hex[] = [];
  let done = 0;
  for (const part of partsOf(slots, WORDS_AT_ONCE)) {
    const words = await Promise.all(part.map((slot) => Promise.all([readWord(before, slot), readWord(after, slot)])));
    found.push(...part.filter((_, index) => words[index]?.[0] !== words[index]?.[1]));
    done += part.length;
    onProgress(done, slots.length);
  }
  return found;
}

async function compareRoots(before: LedgerAt, after: LedgerAt): Promise<{ height: number; storageRoot: Hex }> {
  const block = (await before.provider.send('eth_blockNumber', [])) as Hex;
  const rootOf = async ({ provider, contract }: LedgerAt) =>
    ((await provider.send('eth_getProof', [contract, [], block])) as { storageHash: Hex }).storageHash;
  const [old, storageRoot] = await Promise.all([rootOf(before), rootOf(after)]);
  if (old === storageRoot) return { height: Number(block), storageRoot };
  throw new SdkError('NOT_CARRIED', `${after.contract} does not hold what ${before.contract} holds`, {
    advice: 'pause the actions of the older contract, and carry what is missing: tidemark govern carry',
    facts: { height: Number(block), predecessor: old, successor: storageRoot },
  });
}

function partsOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}
