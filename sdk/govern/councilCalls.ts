import { createHash } from 'node:crypto';
import { AbiCoder, Interface } from 'ethers';
import type { Hex } from '../../protocol/encoding/hex.ts';
import { councilAbi } from '../../protocol/law/abi/council.ts';
import type { TypedMessage } from '../keys/signer.ts';

/** Something that a council is to do (contracts/interfaces/ICouncil.sol). */
export interface Act {
  target: Hex;
  data: Hex;
  /** 32 bytes that make the same call another act. */
  salt: Hex;
  /** Unix seconds. */
  expiresAt: number;
}

/** Where a council stands. */
export interface CouncilAt {
  chainId: number;
  council: Hex;
}

/** An act that never expires: the greatest moment of 40 bits. */
export const NEVER = 2 ** 40 - 1;

const council = new Interface(councilAbi);

/** The id of an act: SHA-256 over chain, council and act, as `Council.proposalOf`. */
export function proposalOf({ chainId, council }: CouncilAt, { target, data, salt, expiresAt }: Act): Hex {
  const words = AbiCoder.defaultAbiCoder().encode(
    ['uint256', 'address', 'address', 'bytes32', 'bytes32', 'uint40'],
    [chainId, council, target, sha256(data), salt, expiresAt],
  );
  return sha256(words as Hex);
}

/** A salt that is always the same for a name: the same request, made again after a crash, is the same act. */
export function saltOf(name: string): Hex {
  return `0x${createHash('sha256').update(`tidemark-act/1\n${name}`).digest('hex')}`;
}

/** What a seat signs to approve an act without sending a transaction. */
export function approvalMessage({ chainId, council: verifyingContract }: CouncilAt, proposal: Hex, deadline: number): TypedMessage {
  return {
    domain: { name: 'Tidemark Council', version: '1', chainId, verifyingContract },
    types: {
      Approval: [
        { name: 'proposal', type: 'bytes32' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    value: { proposal, deadline },
  };
}

/** Encodes any function of a council. */
export function encodeCouncil(name: string, args: readonly unknown[]): Hex {
  return council.encodeFunctionData(name, args) as Hex;
}

function sha256(hex: Hex): Hex {
  return `0x${createHash('sha256')
    .update(Buffer.from(hex.slice(2), 'hex'))
    .digest('hex')}`;
}
