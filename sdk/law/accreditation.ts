import type { Hex } from '../../protocol/encoding/hex.ts';
import { designationKey, panelKey, periodKey } from '../../protocol/law/ids.ts';
import { designationSlot, periodCountSlot, periodSlot } from '../../protocol/law/slots.ts';
import { REASON, type ReasonName, SHORE } from '../../protocol/ledger/codes.ts';
import { readWord } from '../chain/readState.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Settlement } from '../outbox/outbox.ts';
import { actAs } from './act.ts';
import { companionOf, lawCall } from './companions.ts';

/** What a laboratory is accredited or designated for, and for how long. */
export interface Term {
  /** Number of the laboratory's member. */
  laboratory: number;
  /** Code of the panel of tests. */
  panel: number;
  /** Unix seconds. */
  from: number;
  /** Unix seconds; 0: no end. */
  until: number;
}

/** An accreditation body's member begins a period of accreditation. @param certificate SHA-256 of the accreditation's text */
export async function accredit(body: OpenMember, term: Term & { tests: bigint; certificate: Hex }): Promise<Settlement> {
  const { laboratory, panel, tests, from, until, certificate } = term;
  const laboratories = await companionOf(body.ledger, 'LABORATORIES');
  const next = Number(await readWord(laboratories.at, periodCountSlot(panelKey(laboratory, panel)))) + 1;
  const slot = periodSlot(periodKey(laboratory, panel, next));
  return actAs(body, lawCall(laboratories, 'accredit', [laboratory, panel, tests, from, until, certificate], slot));
}

/** An accreditation body's member ends the newest period now: a suspension, a withdrawal, or a change of scope. */
export async function endAccreditation(body: OpenMember, laboratory: number, panel: number, reason: ReasonName): Promise<Settlement> {
  const laboratories = await companionOf(body.ledger, 'LABORATORIES');
  const period = Number(await readWord(laboratories.at, periodCountSlot(panelKey(laboratory, panel))));
  return actAs(body, lawCall(laboratories, 'endAccreditation', [laboratory, panel, REASON[reason]]), String(period));
}

/** An accreditation body's member declares a period untrustworthy since a time (Unix seconds). */
export async function declareCompromised(
  body: OpenMember,
  laboratory: number,
  panel: number,
  period: number,
  since: number,
): Promise<Settlement> {
  const laboratories = await companionOf(body.ledger, 'LABORATORIES');
  return actAs(body, lawCall(laboratories, 'declareCompromised', [laboratory, panel, period, since]));
}

/** A regulator's member designates a laboratory for its shore. */
export async function designate(regulator: OpenMember, { laboratory, panel, from, until }: Term): Promise<Settlement> {
  const laboratories = await companionOf(regulator.ledger, 'LABORATORIES');
  const slot = designationSlot(designationKey(laboratory, panel, SHORE[regulator.file.shore]));
  return actAs(regulator, lawCall(laboratories, 'designate', [laboratory, panel, from, until], slot));
}
