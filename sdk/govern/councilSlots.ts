import { AbiCoder, keccak256 } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';

/** Where a council keeps what its outbox looks for (contracts/Council.sol; its first slots are OpenZeppelin's). */
const SLOT = { PROPOSALS: 9, APPROVALS: 10 } as const;

/** Slot of `proposals[proposal]`. */
export function proposalSlot(proposal: Hex): Hex {
  return mapped('bytes32', proposal, SLOT.PROPOSALS);
}

/** Slot of `approvals[proposal][seat]`. */
export function approvalSlot(proposal: Hex, seat: Hex): Hex {
  return mapped('address', seat, mapped('bytes32', proposal, SLOT.APPROVALS));
}

function mapped(type: 'bytes32' | 'address', key: Hex, slot: number | Hex): Hex {
  return keccak256(AbiCoder.defaultAbiCoder().encode([type, 'uint256'], [key, slot])) as Hex;
}
