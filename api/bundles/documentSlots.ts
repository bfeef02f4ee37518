import { fromBase64Url } from '../../protocol/encoding/base64url.ts';
import { type Hex, toHex } from '../../protocol/encoding/hex.ts';
import { parseJws } from '../../protocol/jose/jws.ts';
import { pastRecordKey, recordId } from '../../protocol/ledger/ids.ts';
import { keySlot, memberSlot, pastRecordSlot, profileSlot, recordSlot, successorSlot } from '../../protocol/ledger/slots.ts';
import type { ApiNode } from '../node.ts';
import type { FoundBody } from './bodies.ts';
import type { Location } from './locate.ts';

/**
 * Storage slots that a verdict on one document needs (docs/spec/bundle.md section 1).
 *
 * @param standingOf `standingSlots` of a record
 */
export async function documentSlots(
  { leaf, issuer, record }: Location,
  body: FoundBody,
  standingOf: (id: Hex) => Promise<Hex[]>,
): Promise<Hex[]> {
  const own = recordId(issuer, leaf);
  const ids = [...new Set([own, record.id])];
  const standing = await Promise.all(ids.map(standingOf));
  return [...standing.flat(), memberSlot(issuer), profileSlot(issuer), ...keySlots(body)];
}

/** Slots that tell how a record stood at any moment, and what superseded it. */
export async function standingSlots(node: ApiNode, id: Hex): Promise<Hex[]> {
  const changes = await node.index.statusChanges(id);
  // The word before change n is kept from the second change on (docs/spec/ledger.md section 2).
  const past = changes.slice(1).map((_, index) => pastRecordSlot(pastRecordKey(id, index + 2)));
  return [recordSlot(id), successorSlot(id), ...past];
}

function keySlots(body: FoundBody): Hex[] {
  if (typeof body === 'string' || body.type === 'event') return [];
  const { kid } = parseJws(body.sdJwt.split('~', 1)[0] ?? '').header;
  return kid === undefined ? [] : [keySlot(toHex(fromBase64Url(kid)))];
}
