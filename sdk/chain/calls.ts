import { Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { leafOf } from '../../protocol/hash/fingerprint.ts';
import { ledgerAbi } from '../../protocol/ledger/abi.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { OutboxCall } from '../outbox/outbox.ts';

/** One document as `anchor` takes it. */
export interface Entry {
  sha256Digest: Hex;
  sm3Digest: Hex;
  /** Key of the subject whose history it joins, or `NO_SUBJECT`. */
  subject: Hex;
  kind: number;
  /** Unix seconds, 0 = never. */
  expiresAt: number;
}

/** A batch as `anchorRoot` takes it. */
export interface RootEntry {
  root: Hex;
  size: number;
  kind: number;
  /** Unix seconds, 0 = never. */
  expiresAt: number;
  /** At most 512. */
  links: readonly SubjectLink[];
}

/** A leaf of a batch that joins a subject's history. */
export interface SubjectLink {
  subject: Hex;
  leaf: Hex;
}

/** A call of the ledger together with the record that it is about. */
export interface LedgerCall extends OutboxCall {
  record: Hex;
}

/** Changes of a record's standing that its issuer can make. */
export type StatusChange = 'revoke' | 'suspend' | 'reinstate';

/** In the place of a subject: the document joins no history. */
export const NO_SUBJECT: Hex = `0x${'00'.repeat(32)}`;
/** Greatest number of subject links in one `anchorRoot`. */
export const MOST_LINKS = 512;

// Gas limits, not costs: about twice what the calls use (snapshots/), since the chain takes no fee and unused gas is not spent.
const BASE_GAS = 250_000;
const GAS_AN_ENTRY = 120_000;
const GAS_A_LINK = 60_000;

const ledger = new Interface(ledgerAbi);

/** Anchors one document for `member`. */
export function anchorCall(member: number, entry: Entry): LedgerCall {
  const record = recordId(member, leafOf(entry.sha256Digest, entry.sm3Digest));
  return { record, data: encode('anchor', [entry]), gasLimit: BASE_GAS + GAS_AN_ENTRY, effect: { record, changes: 0 } };
}

/** Anchors the root of a batch for `member`. */
export function anchorRootCall(member: number, { root, size, kind, expiresAt, links }: RootEntry): LedgerCall {
  const record = recordId(member, root);
  const gasLimit = BASE_GAS + GAS_A_LINK * links.length;
  return { record, data: encode('anchorRoot', [root, size, kind, expiresAt, links]), gasLimit, effect: { record, changes: 0 } };
}

/**
 * Changes the standing of a document or batch of `member`.
 *
 * @param changesBefore the `changes` of the record's word before the call (0 for a document in a batch that never changed)
 */
export function statusCall(change: StatusChange, member: number, leafOrRoot: Hex, reason: number, changesBefore: number): LedgerCall {
  const record = recordId(member, leafOrRoot);
  return { record, data: encode(change, [leafOrRoot, reason]), gasLimit: BASE_GAS, effect: { record, changes: changesBefore + 1 } };
}

/** Supersedes a document of `member` by a new one, which the call anchors. `record` is the old one's. */
export function supersedeCall(member: number, leafOrRoot: Hex, successor: Entry, reason: number, changesBefore: number): LedgerCall {
  const record = recordId(member, leafOrRoot);
  const effect = { record, changes: changesBefore + 1 };
  return { record, data: encode('supersede', [leafOrRoot, successor, reason]), gasLimit: BASE_GAS + GAS_AN_ENTRY, effect };
}

/** Encodes any function of the ledger. */
export function encode(name: string, args: readonly unknown[]): Hex {
  return ledger.encodeFunctionData(name, args) as Hex;
}
