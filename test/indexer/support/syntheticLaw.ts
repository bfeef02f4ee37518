import { createHash } from 'node:crypto';
import { type EventFragment, Interface, type ParamType } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import { encodeAlert, encodeFiling } from '../../../protocol/law/words.ts';
import { EMITTERS } from '../../../scripts/generateDecoders.ts';
import type { Random } from './random.ts';

const ABIS = new Map(EMITTERS.filter(({ kind }) => kind > 0).map(({ kind, abi }) => [kind, new Interface(abi)]));
/** Kinds of the contracts beside the ledger whose events are known. */
export const COMPANION_KINDS: readonly number[] = [...ABIS.keys()];

const few = (name: string, count: number) =>
  Array.from({ length: count }, (_, index): Hex => `0x${createHash('sha256').update(`${name} ${index}`).digest('hex')}`);
/** Histories are kept of these, so they must come again. */
const KEYS: Readonly<Record<string, readonly Hex[]>> = { lot: few('lot', 3), alert: few('alert', 2), subject: few('party', 3) };
/** Zero where there is none. */
const OPTIONAL: ReadonlySet<string> = new Set(['predecessor', 'cause', 'text']);
const ZERO: Hex = `0x${'00'.repeat(32)}`;

/** Any event of a contract of a kind, with its number; one of an unknown kind speaks as any other. */
export function lawEvent(random: Random, kind: number, sequence: number): { topics: string[]; data: string } {
  const abi = ABIS.get(kind) ?? (ABIS.get(random.of(COMPANION_KINDS)) as Interface);
  const event = random.of(abi.fragments.filter((fragment): fragment is EventFragment => fragment.type === 'event'));
  const { topics, data } = abi.encodeEventLog(
    event,
    event.inputs.map((input) => anyValue(random, event, input, sequence)),
  );
  return { topics: topics as string[], data };
}

function anyValue(random: Random, event: EventFragment, { name, type }: ParamType, sequence: number): unknown {
  if (type === 'bytes32')
    return OPTIONAL.has(name) && random.chance(0.5) ? ZERO : KEYS[name] === undefined ? random.hex(32) : random.of(KEYS[name]);
  // Versions of one profile are all different.
  if (name === 'sequence' || name === 'version') return sequence;
  if (name === 'word' || name === 'use' || name === 'tests') return anyWord(random, event.name, sequence);
  return 1 + random.below(100);
}

function anyWord(random: Random, event: string, sequence: number): bigint {
  const number = () => 1 + random.below(5);
  if (event === 'AlertChanged') {
    const times = { raisedAt: 1_760_000_000, changedAt: 1_760_000_000 + sequence, dueAt: 1_760_500_000 };
    return encodeAlert({ stage: number(), grade: 2, shore: 1 + random.below(2), raiser: 3, owner: 4, ...times, lots: 1, recalls: 0 });
  }
  if (event === 'Filed')
    return encodeFiling({ kind: 1, shore: 2, version: sequence, member: number(), filedAt: 1_760_000_000, updatedAt: 1_760_000_000 });
  return BigInt(random.hex(32));
}
