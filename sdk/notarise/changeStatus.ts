import type { Hex } from '../../protocol/encoding/hex.ts';
import { REASON, type ReasonName } from '../../protocol/ledger/codes.ts';
import { recordId } from '../../protocol/ledger/ids.ts';
import type { Bundle } from '../../protocol/verdict/bundle.ts';
import { type StatusChange, statusCall } from '../chain/calls.ts';
import { readRecord } from '../chain/readState.ts';
import { revertReason } from '../chain/revertReason.ts';
import { SdkError } from '../errors.ts';
import { refusedBy } from '../law/refusal.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Outbox, OutboxCall, Settlement } from '../outbox/outbox.ts';

/** A change of a document's standing by its issuer. */
export interface StatusRequest {
  member: OpenMember;
  /** Leaf of a document, or root of a batch. */
  leaf: Hex;
  change: StatusChange;
  reason: ReasonName;
}

/**
 * Revokes, suspends or reinstates a document of the member, and waits until the ledger shows it. Asked again after a crash, it goes on and doubles nothing.
 *
 * @throws SdkError `NOT_YOURS`, `LEDGER_REFUSES` (such as: already revoked), and those of the outbox
 */
export async function changeStatus({ member, leaf, change, reason }: StatusRequest): Promise<Settlement> {
  await assertOwn(member, leaf);
  const outbox = await member.outbox();
  try {
    const changes = await changesOf(member, leaf);
    const call = statusCall(change, member.file.member, leaf, REASON[reason], changes);
    return await submitChecked(member, outbox, `${change}:${call.record}:${changes}`, call);
  } finally {
    await outbox.close();
  }
}

/**
 * Checks that the document is the member's. The ledger derives the record's id from the caller's own number, so a call for another member's document would change
 * nothing of it, and yet seem to succeed. A document in a batch has no record of its own: the node is asked who issued it.
 *
 * @throws SdkError `NOT_YOURS`, and those of the client
 */
export async function assertOwn(member: OpenMember, leaf: Hex): Promise<void> {
  if ((await readRecord(member.ledger, recordId(member.file.member, leaf))) !== undefined) return;
  const bundle = JSON.parse(await member.node.bundle(leaf)) as Bundle;
  if (bundle.documents.some(({ issuer, anchor }) => issuer === member.file.member && anchor.leaf === leaf)) return;
  throw new SdkError('NOT_YOURS', `the document ${leaf} was not issued by ${member.file.slug}`, {
    advice: 'name its issuer with --member',
  });
}

/** How often the standing of a document of the member was changed. */
export async function changesOf({ file, ledger }: OpenMember, leaf: Hex): Promise<number> {
  return (await readRecord(ledger, recordId(file.member, leaf)))?.changes ?? 0;
}

/** Submits a call that the ledger would not refuse now, and waits for it. @throws SdkError `LEDGER_REFUSES`, those of the outbox */
export async function submitChecked(member: OpenMember, outbox: Outbox, id: string, call: OutboxCall): Promise<Settlement> {
  await submitUnrefused(member, outbox, id, call);
  return outbox.wait(id);
}

/** Asks the ledger first whether it would refuse, so that a slip costs no transaction and has its reason. @throws SdkError `LEDGER_REFUSES` */
export async function submitUnrefused({ ledger }: OpenMember, outbox: Outbox, id: string, call: OutboxCall): Promise<void> {
  const to = call.to ?? ledger.contract;
  const reason = await revertReason(ledger.provider, { from: outbox.lane, to, data: call.data }, 'latest');
  if (reason !== '') throw refusedBy(reason);
  await outbox.submit(id, call);
}
