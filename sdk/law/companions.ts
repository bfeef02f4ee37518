import { Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { clearanceAbi } from '../../protocol/law/abi/clearance.ts';
import { laboratoriesAbi } from '../../protocol/law/abi/laboratories.ts';
import { registryAbi } from '../../protocol/law/abi/registry.ts';
import { COMPANION_KIND, type CompanionKindName } from '../../protocol/law/codes.ts';
import { newestCompanionSlot } from '../../protocol/ledger/slots.ts';
import { type LedgerAt, readWord } from '../chain/readState.ts';
import { SdkError } from '../errors.ts';
import type { OutboxCall } from '../outbox/outbox.ts';

const FACES: Readonly<Record<CompanionKindName, Interface>> = {
  CLEARANCE: new Interface(clearanceAbi),
  LABORATORIES: new Interface(laboratoriesAbi),
  REGISTRY: new Interface(registryAbi),
};

// A limit, not a cost: the dearest calls name a hundred lines or lots.
const BASE_GAS = 500_000;
const GAS_AN_ITEM = 120_000;

/** Functions, events and errors of a kind of contract. */
export function companionFace(kind: CompanionKindName): Interface {
  return FACES[kind];
}

/** A contract beside the ledger, as calls and reads reach it. */
export interface CompanionAt {
  kind: CompanionKindName;
  /** The contract in the place of the ledger: `readWord` reads its storage. */
  at: LedgerAt;
}

/** The newest contract of a kind, as the ledger names it; undefined where both shores have added none. */
export async function findCompanion(ledger: LedgerAt, kind: CompanionKindName): Promise<CompanionAt | undefined> {
  const word = await readWord(ledger, newestCompanionSlot(COMPANION_KIND[kind]));
  if (word === 0n) return undefined;
  return { kind, at: { ...ledger, contract: `0x${word.toString(16).padStart(40, '0')}` } };
}

/** @throws SdkError `NO_LAW`: both shores have added no such contract */
export async function companionOf(ledger: LedgerAt, kind: CompanionKindName): Promise<CompanionAt> {
  const found = await findCompanion(ledger, kind);
  if (found !== undefined) return found;
  throw new SdkError('NO_LAW', `beside this ledger stands no contract for this (${kind})`, {
    advice: 'both shores add it: tidemark govern',
  });
}

/**
 * A call of a companion.
 *
 * @param slot storage slot of the companion that the call sets, where one shows that it was done
 * @param items how many lines or lots the call names
 */
export function lawCall({ kind, at }: CompanionAt, name: string, args: readonly unknown[], slot?: Hex, items = 1): OutboxCall {
  const data = FACES[kind].encodeFunctionData(name, args) as Hex;
  const call = { to: at.contract, data, gasLimit: BASE_GAS + GAS_AN_ITEM * items };
  return slot === undefined ? call : { ...call, effect: { slot, at: at.contract } };
}
