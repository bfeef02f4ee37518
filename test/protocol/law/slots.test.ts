import { expect } from 'chai';
import { AbiCoder, keccak256 } from 'ethers';
import type { Hex } from '../../../protocol/encoding/hex.ts';
import * as slots from '../../../protocol/law/slots.ts';

const KEY: Hex = `0x${'ab'.repeat(32)}`;

/** Where Solidity keeps a mapping's value, by ethers alone. */
const at = (key: number | Hex, slot: number) =>
  keccak256(AbiCoder.defaultAbiCoder().encode([typeof key === 'number' ? 'uint256' : 'bytes32', 'uint256'], [key, slot]));

describe('law slots', () => {
  it('are those of Solidity for certificates of origin', () => {
    expect(slots.regimeSlot(1)).to.equal(at(1, 0));
    expect(slots.bodySlot(KEY)).to.equal(at(KEY, 1));
    expect(slots.numberSlot(KEY)).to.equal(at(KEY, 2));
    expect(slots.certificateSlot(KEY)).to.equal(at(KEY, 3));
    expect(slots.predecessorSlot(KEY)).to.equal(at(KEY, 4));
    expect(slots.lineSlot(KEY)).to.equal(at(KEY, 5));
    expect(slots.inquiryCountSlot(KEY)).to.equal(at(KEY, 6));
    expect(slots.inquirySlot(KEY)).to.equal(at(KEY, 7));
  });

  it('are those of Solidity for laboratories', () => {
    expect(slots.panelSlot(1)).to.equal(at(1, 0));
    expect(slots.profileVersionsSlot(KEY)).to.equal(at(KEY, 1));
    expect(slots.profileDigestSlot(KEY)).to.equal(at(KEY, 2));
    expect(slots.periodCountSlot(KEY)).to.equal(at(KEY, 3));
    expect(slots.periodSlot(KEY)).to.equal(at(KEY, 4));
    expect(slots.scopeSlot(KEY)).to.equal(at(KEY, 5));
    expect(slots.designationSlot(KEY)).to.equal(at(KEY, 6));
    expect(slots.reportSlot(KEY)).to.equal(at(KEY, 7));
    expect(slots.pastReportSlot(KEY)).to.equal(at(KEY, 8));
    expect(slots.arrangementSlot(1)).to.equal(at(1, 9));
    expect(slots.coverageSlot(1)).to.equal(at(1, 10));
  });

  it('are those of Solidity for alerts, holds and recalls', () => {
    expect(slots.lotSlot(KEY)).to.equal(at(KEY, 8));
    expect(slots.lotHeadSlot(KEY)).to.equal(at(KEY, 9));
    expect(slots.alertSlot(KEY)).to.equal(at(KEY, 10));
    expect(slots.alertEvidenceSlot(KEY)).to.equal(at(KEY, 11));
    expect(slots.alertLotSlot(KEY)).to.equal(at(KEY, 12));
    expect(slots.recallSlot(KEY)).to.equal(at(KEY, 13));
    expect(slots.movementSlot(KEY)).to.equal(at(KEY, 14));
  });

  it('are those of Solidity for parties and products', () => {
    expect(slots.filingSlot(KEY)).to.equal(at(KEY, 0));
    expect(slots.filingDigestSlot(KEY)).to.equal(at(KEY, 1));
  });
});
