import type { Hex } from '../../protocol/encoding/hex.ts';
import type { OpenMember } from '../member/openMember.ts';
import type { Settlement } from '../outbox/outbox.ts';
import { actAs } from './act.ts';
import { companionOf, lawCall } from './companions.ts';
import type { Goods } from './goods.ts';

/**
 * Customs use a certificate whole for one declaration.
 *
 * @throws SdkError `ALREADY_USED`, `SUPERSEDED`, `EXPIRED`, `DOUBLE_PREFERENCE`, `NOT_FOUND`, `NOT_STANDING`, `LOT_ON_HOLD`, `OTHER_SHORE`, and those of the outbox
 */
export async function consume(customs: OpenMember, record: Hex, commitment: Hex, goods: readonly Goods[]): Promise<Settlement> {
  const clearance = await companionOf(customs.ledger, 'CLEARANCE');
  return actAs(customs, lawCall(clearance, 'consume', [record, commitment, goods], undefined, goods.length));
}

/** Customs release lots, with or without a claim of preference; or lots are written off from a bonded account. @throws SdkError `LOT_ON_HOLD` */
export async function moveLots(
  member: OpenMember,
  movement: 'release' | 'releaseWithPreference' | 'writeOff',
  commitment: Hex,
  lots: readonly Hex[],
): Promise<Settlement> {
  const clearance = await companionOf(member.ledger, 'CLEARANCE');
  const call =
    movement === 'writeOff'
      ? lawCall(clearance, 'writeOff', [commitment, lots], undefined, lots.length)
      : lawCall(clearance, 'release', [commitment, movement === 'releaseWithPreference', lots], undefined, lots.length);
  return actAs(member, call);
}
