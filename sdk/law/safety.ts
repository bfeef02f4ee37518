import type { Hex } from '../../protocol/encoding/hex.ts';
import { ALERT_GRADE, ALERT_STAGE, type AlertGradeName, type AlertStageName } from '../../protocol/law/codes.ts';
import { alertId, recallId } from '../../protocol/law/ids.ts';
import { alertSlot, recallSlot } from '../../protocol/law/slots.ts';
import { REASON, type ReasonName } from '../../protocol/ledger/codes.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Settlement } from '../outbox/outbox.ts';
import { actAs } from './act.ts';
import { commit, referenceDigest } from './commitment.ts';
import { companionOf, lawCall } from './companions.ts';

/** An alert to be raised. */
export interface AlertToRaise {
  /** What makes the alert the raiser's own and new: the same reference again is the same alert. It stays off the ledger. */
  reference: string;
  grade: AlertGradeName;
  /** Number of the member that must act. */
  owner: number;
  /** Until when the assessment is due, Unix seconds. */
  dueAt: number;
  /** Text of the finding; a salted commitment to it goes to the ledger. */
  evidence: string;
  /** Subject keys. */
  lots: readonly Hex[];
}

/** A stage of an alert to be reached. */
export interface AlertStep {
  alert: Hex;
  stage: Exclude<AlertStageName, 'RAISED'>;
  owner: number;
  /** Until when the stage after is due, Unix seconds; 0 at closing. */
  dueAt: number;
  evidence: string;
}

/** A recall to be opened. */
export interface RecallToOpen {
  alert: Hex;
  reference: string;
  /** 1 to 3, in the law of the shore. */
  recallClass: number;
  owner: number;
  /** Unix seconds. */
  startBy: number;
  completeBy: number;
  evidence: string;
  lots: readonly Hex[];
}

/** Raises an alert. @returns its id */
export async function raiseAlert(regulator: OpenMember, wanted: AlertToRaise): Promise<Hex> {
  const clearance = await companionOf(regulator.ledger, 'CLEARANCE');
  const salt = saltOf(regulator, wanted.reference);
  const alert = alertId(regulator.file.member, salt);
  const args = [salt, ALERT_GRADE[wanted.grade], wanted.owner, wanted.dueAt, evidenceOf(regulator, wanted.evidence), wanted.lots];
  await actAs(regulator, lawCall(clearance, 'raiseAlert', args, alertSlot(alert), wanted.lots.length));
  return alert;
}

/** Brings an alert to its next stage. */
export async function advanceAlert(regulator: OpenMember, { alert, stage, owner, dueAt, evidence }: AlertStep): Promise<Settlement> {
  const clearance = await companionOf(regulator.ledger, 'CLEARANCE');
  return actAs(regulator, lawCall(clearance, 'advanceAlert', [alert, ALERT_STAGE[stage], owner, dueAt, evidenceOf(regulator, evidence)]));
}

/** Stops a lot or logistic unit for the member's shore, or takes that hold off. @param occasion what makes a later hold of the same lot another one */
export async function changeHold(
  member: OpenMember,
  change: 'hold' | 'lift',
  lot: Hex,
  reason: ReasonName,
  occasion: string,
): Promise<Settlement> {
  const clearance = await companionOf(member.ledger, 'CLEARANCE');
  return actAs(member, lawCall(clearance, change, [lot, REASON[reason]]), occasion);
}

/** Opens a recall of lots of an alert. @returns its id */
export async function openRecall(regulator: OpenMember, wanted: RecallToOpen): Promise<Hex> {
  const clearance = await companionOf(regulator.ledger, 'CLEARANCE');
  const { alert, reference, recallClass, owner, startBy, completeBy, evidence, lots } = wanted;
  const salt = saltOf(regulator, reference);
  const recall = recallId(alert, salt);
  const order = { alert, salt, recallClass, owner, startBy, completeBy, evidence: evidenceOf(regulator, evidence) };
  await actAs(regulator, lawCall(clearance, 'openRecall', [order, lots], recallSlot(recall), lots.length));
  return recall;
}

/** Closes a recall; `restored` are lots that turned out to be right. */
export async function closeRecall(
  regulator: OpenMember,
  { alert, reference, evidence, restored }: { alert: Hex; reference: string; evidence: string; restored: readonly Hex[] },
): Promise<Settlement> {
  const clearance = await companionOf(regulator.ledger, 'CLEARANCE');
  return actAs(
    regulator,
    lawCall(clearance, 'closeRecall', [alert, saltOf(regulator, reference), evidenceOf(regulator, evidence), restored]),
  );
}

function saltOf({ folder }: OpenMember, reference: string): Hex {
  return referenceDigest(folder, reference);
}

function evidenceOf({ folder }: OpenMember, text: string): Hex {
  return commit(folder, 'evidence', text).commitment;
}
