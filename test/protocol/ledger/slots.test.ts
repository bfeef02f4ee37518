import { expect } from 'chai';
import { AbiCoder, keccak256, toBeHex } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import * as slots from '../../../protocol/ledger/slots.ts';

const ID: Hex = `0x${'ab'.repeat(32)}`;
const ADDRESS: Hex = '0x00112233445566778899aabbccddeeff00112233';
const { SLOT } = slots;

/** Where Solidity keeps a mapping's value, by ethers alone. */
const mapping = (type: string, key: unknown, slot: number) => keccak256(AbiCoder.defaultAbiCoder().encode([type, 'uint256'], [key, slot]));

describe('slots', () => {
  it('are those of Solidity for each variable', () => {
    expect(slots.sequenceSlot()).to.equal(toBeHex(0, 32));
    expect(slots.memberCountSlot()).to.equal(toBeHex(2, 32));
    expect(slots.authoritySlot(1)).to.equal(mapping('uint256', 1, SLOT.AUTHORITIES));
    expect(slots.memberSlot(5)).to.equal(mapping('uint256', 5, SLOT.MEMBERS));
    expect(slots.profileSlot(5)).to.equal(mapping('uint256', 5, SLOT.PROFILES));
    expect(slots.accountSlot(ADDRESS)).to.equal(mapping('address', ADDRESS, SLOT.ACCOUNTS));
    expect(slots.keySlot(ID)).to.equal(mapping('bytes32', ID, SLOT.KEYS));
    expect(slots.recordSlot(ID)).to.equal(mapping('bytes32', ID, SLOT.RECORDS));
    expect(slots.successorSlot(ID)).to.equal(mapping('bytes32', ID, SLOT.SUCCESSORS));
    expect(slots.pastRecordSlot(ID)).to.equal(mapping('bytes32', ID, SLOT.PAST_RECORDS));
    expect(slots.issuerHeadSlot(5)).to.equal(mapping('uint256', 5, SLOT.ISSUER_HEADS));
    expect(slots.subjectHeadSlot(ID)).to.equal(mapping('bytes32', ID, SLOT.SUBJECT_HEADS));
    expect(slots.companionSlot(ADDRESS)).to.equal(mapping('address', ADDRESS, SLOT.COMPANIONS));
    expect(slots.newestCompanionSlot(2)).to.equal(mapping('uint256', 2, SLOT.NEWEST_COMPANION));
    expect(slots.memberAccountsSlot(5)).to.equal(mapping('uint256', 5, SLOT.MEMBER_ACCOUNTS));
  });

  it('count an array on from the hash of its slot', () => {
    const first = BigInt(keccak256(slots.memberAccountsSlot(5)));
    expect(slots.memberAccountSlot(5, 0)).to.equal(toBeHex(first, 32));
    expect(slots.memberAccountSlot(5, 15)).to.equal(toBeHex(first + 15n, 32));
  });
});
