import { keccak256 } from 'ethers';
import { CLEARANCE_SLOT, LABORATORIES_SLOT, REGISTRY_SLOT } from '../../protocol/law/slots.ts';
import {
  encodeAlert,
  encodeCertificate,
  encodeFiling,
  encodeGoodsLine,
  encodeInquiry,
  encodeLot,
  encodeReport,
  encodeTerm,
} from '../../protocol/law/words.ts';
import { memberCountSlot, SLOT, sequenceSlot } from '../../protocol/ledger/slots.ts';
import { encodeAccount, encodeKey, encodeMember, encodeRecord } from '../../protocol/ledger/words.ts';
import { compileYul } from '../../test/fixtures/compileYul.ts';
import type { GasBench } from '../gas/bench.ts';
import { word } from '../gas/documents.ts';

/** A mapping that holds one word for each of the n things. */
interface Filled {
  slot: number;
  value: bigint;
  /** 0: the keys are the numbers from 1 on; else hashes, under this mask. */
  mask: bigint;
}

const HASH = 2n ** 256n - 1n;
const ADDRESS = 2n ** 160n - 1n;
/** Words that are written in one transaction. */
const WORDS_AT_ONCE = 1_000_000;
const FILLER = compileYul(new URL('fill.yul', import.meta.url));
const GAS_OF_A_WORD = 25_000;
/** For the transaction itself. */
const GAS_BESIDE = 1_000_000;
const EVENTS_EACH = 10n;
const AT = 1_790_000_000;
const HEAD = (1n << 224n) | 1n;
const TERM = { from: AT, until: 0, endedAt: 0, reason: 0, compromisedSince: 0, by: 1 };

const numbered = (slot: number, value: bigint): Filled => ({ slot, value, mask: 0n });
const hashed = (slot: number, value: bigint, mask = HASH): Filled => ({ slot, value, mask });

const LEDGER: readonly Filled[] = [
  numbered(
    SLOT.MEMBERS,
    encodeMember({
      ...{ shore: 1, roles: 2, validFrom: 1, validUntil: 0, suspendedAt: 0, reinstatedAt: 0, reason: 0, accounts: 1, state: 1 },
    }),
  ),
  hashed(SLOT.ACCOUNTS, encodeAccount({ member: 1, roles: 2, validFrom: 1, validUntil: 0, shore: 1, state: 1 }), ADDRESS),
  hashed(SLOT.KEYS, encodeKey({ member: 1, validFrom: 1, validUntil: 0, revokedAt: 0, compromisedSince: 0 })),
  hashed(SLOT.RECORDS, record(0)),
  hashed(SLOT.PAST_RECORDS, record(1)),
  numbered(SLOT.ISSUER_HEADS, HEAD),
  hashed(SLOT.SUBJECT_HEADS, HEAD),
];

const CLEARANCE: readonly Filled[] = [
  hashed(CLEARANCE_SLOT.NUMBERS, HASH),
  hashed(
    CLEARANCE_SLOT.CERTIFICATES,
    encodeCertificate({ lines: 1n, regime: 1, destination: 1, form: 1, count: 1, issuedOn: AT, validDays: 365, corrected: 0 }),
  ),
  hashed(CLEARANCE_SLOT.LINES, encodeGoodsLine({ use: 1n, regime: 1, usedAt: AT, office: 1, registered: 1 })),
  hashed(
    CLEARANCE_SLOT.INQUIRIES,
    encodeInquiry({ state: 3, outcome: 1, office: 1, requestedAt: AT, dueAt: AT, repliedAt: AT, concludedAt: AT }),
  ),
  hashed(CLEARANCE_SLOT.LOTS, encodeLot({ CN: half(), KR: half() })),
  hashed(CLEARANCE_SLOT.LOT_HEADS, HEAD),
  hashed(
    CLEARANCE_SLOT.ALERTS,
    encodeAlert({ stage: 1, grade: 1, shore: 1, raiser: 1, owner: 1, raisedAt: AT, changedAt: AT, dueAt: AT, lots: 1, recalls: 0 }),
  ),
];

const LABORATORIES: readonly Filled[] = [
  hashed(LABORATORIES_SLOT.PERIODS, encodeTerm(TERM)),
  hashed(LABORATORIES_SLOT.REPORTS, encodeReport({ facts: 1n, decidedAt: AT, by: 1, shore: 2, decision: 1, arrangement: 1 })),
];

const REGISTRY: readonly Filled[] = [
  hashed(REGISTRY_SLOT.FILINGS, encodeFiling({ kind: 1, shore: 1, version: 1, member: 1, filedAt: AT, updatedAt: AT })),
];

/** Words that each of the n things has. */
export const WORDS_EACH = [LEDGER, CLEARANCE, LABORATORIES, REGISTRY].reduce((sum, { length }) => sum + length, 0);

/** Makes a chain that holds `from` of everything hold `to`: words of every kind straight into the storage, and the counters with them. */
export async function fill(bench: GasBench, from: number, to: number): Promise<void> {
  const { ledger, clearance, laboratories, registry, provider } = bench;
  const contracts = [
    [ledger, LEDGER],
    [clearance, CLEARANCE],
    [laboratories, LABORATORIES],
    [registry, REGISTRY],
  ] as const;
  for (const [contract, mappings] of contracts) await fillContract(bench, await contract.getAddress(), mappings, [from, to]);
  const address = await ledger.getAddress();
  await provider.send('anvil_setStorageAt', [address, memberCountSlot(), word(BigInt(to))]);
  await provider.send('anvil_setStorageAt', [address, sequenceSlot(), word(BigInt(to) * EVENTS_EACH)]);
  await provider.send('evm_mine', []);
  const record = await ledger.recordOf(keccak256(word(BigInt(to))));
  if ((await ledger.members(to)) === 0n || record === 0n) throw new Error('the storage was not filled');
}

async function fillContract({ provider, account }: GasBench, address: string, mappings: readonly Filled[], [from, to]: [number, number]) {
  const code = await provider.getCode(address);
  await provider.send('anvil_setCode', [address, FILLER]);
  const step = Math.floor(WORDS_AT_ONCE / mappings.length);
  await provider.send('evm_setBlockGasLimit', [`0x${(WORDS_AT_ONCE * GAS_OF_A_WORD + GAS_BESIDE).toString(16)}`]);
  for (let first = from; first < to; first += step) {
    const last = Math.min(first + step, to);
    const each = mappings.flatMap(({ slot, mask, value }) => [BigInt(slot), mask, value]);
    const data = [BigInt(first + 1), BigInt(last + 1), ...each].map((part) => word(part).slice(2)).join('');
    const gasLimit = (last - first) * mappings.length * GAS_OF_A_WORD + GAS_BESIDE;
    const sent = await account('filler').sendTransaction({ to: address, data: `0x${data}`, gasLimit, gasPrice: 0 });
    await sent.wait();
  }
  await provider.send('anvil_setCode', [address, code]);
}

function record(changes: number): bigint {
  const times = { anchoredAt: AT, expiresAt: 0, changedAt: changes === 0 ? 0 : AT };
  return encodeRecord({ issuer: 1, kind: 1, status: 1, reason: 0, changes, ...times, position: 1, size: 1 });
}

function half() {
  return { heldAt: AT, heldBy: 1, reason: 6, recalledAt: AT, recallClass: 2 };
}
