import type { Hex } from '../../protocol/encoding/hex.ts';
import { recordSlot } from '../../protocol/ledger/slots.ts';
import { decodeRecord } from '../../protocol/ledger/words.ts';
import type { FastProvider } from '../chain/provider.ts';

/**
 * How the ledger's state shows that a call has had its effect, also where the chain has lost the block, receipt and log of it:
 * a record that stands with at least so many changes, or a storage slot that is set (to `word`, where given).
 */
export type Effect = { record: Hex; changes: number } | { slot: Hex; word?: Hex; at?: Hex };

/**
 * Tells whether the newest state shows the effect.
 *
 * @param ledger address of the ledger: a slot is looked for there, or in the contract that the effect names in `at`
 */
export async function hasEffect(provider: FastProvider, ledger: Hex, effect: Effect): Promise<boolean> {
  const slot = 'record' in effect ? recordSlot(effect.record) : effect.slot;
  const contract = 'at' in effect && effect.at !== undefined ? effect.at : ledger;
  const word = (await provider.send('eth_getStorageAt', [contract, slot, 'latest'])) as Hex;
  if (BigInt(word) === 0n) return false;
  if ('record' in effect) return decodeRecord(BigInt(word)).changes >= effect.changes;
  return effect.word === undefined || BigInt(word) === BigInt(effect.word);
}
