// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {SafetyTest} from "./support/SafetyTest.sol";
import {Log} from "./support/Vm.sol";

/// @title SafetyMovementsTest
/// @notice Holds of either shore, and the movements of goods that they stop.
contract SafetyMovementsTest is SafetyTest {
    bytes32 private constant DOCUMENT = bytes32(uint256(0xdec1));
    bytes32 private constant LOT = bytes32(uint256(0x107));

    // ------------------------------------------------------------------- hold

    function testFuzz_hold_writesTheHalfOfItsShore(bool korean, bool byCustoms, uint8 reason) public {
        reason = reason % 9 + 1;
        address by = officer(korean, byCustoms);
        uint256 word = holdOf(korean ? KR : CN, present, by, reason);
        assertChanges(by, abi.encodeCall(ISafety.hold, (LOT, reason)), reason, word);
        assertEq(lotHead(LOT), extended(0, bytes32(word)), "head");
    }

    function test_hold_byBothShoresAtOnce() public {
        holdLot(CUSTOMS_CN, LOT);
        uint256 china = holdOf(CN, present, CUSTOMS_CN, INVESTIGATION);
        skip(3);
        uint256 both = china | holdOf(KR, present, REGULATOR_KR, 2);
        assertChanges(REGULATOR_KR, abi.encodeCall(ISafety.hold, (LOT, 2)), 2, both);
        assertEq(lotHead(LOT), extended(extended(0, bytes32(china)), bytes32(both)), "head");
    }

    function test_hold_revertsIfHeldByTheShore() public {
        holdLot(CUSTOMS_CN, LOT);
        bytes memory error = lotConflict(LOT, lotWord(LOT));
        assertSafetyRefuses(abi.encodeCall(ISafety.hold, (LOT, 1)), error);
        actAs(REGULATOR_CN);
        assertSafetyRefuses(abi.encodeCall(ISafety.hold, (LOT, 1)), error);
    }

    function test_hold_ofALotThatIsRecalled() public {
        recallLot(REGULATOR_CN, LOT);
        uint256 recall = recallOf(CN, present, 1);
        assertEq(lotWord(LOT), recall, "recalled");
        uint256 word = recall | holdOf(CN, present, CUSTOMS_CN, 3);
        assertChanges(CUSTOMS_CN, abi.encodeCall(ISafety.hold, (LOT, 3)), 3, word);
        assertChanges(REGULATOR_CN, abi.encodeCall(ISafety.lift, (LOT, 4)), 4, recall);
    }

    function testFuzz_holdAndLift_revertIfReasonUnknown(uint8 reason) public {
        vm.assume(reason == 0 || reason > 9);
        actAs(CUSTOMS_CN);
        assertSafetyRefuses(abi.encodeCall(ISafety.hold, (LOT, reason)), fieldInvalid("reason"));
        clearance.hold(LOT, 1);
        assertSafetyRefuses(abi.encodeCall(ISafety.lift, (LOT, reason)), fieldInvalid("reason"));
    }

    function test_holdAndLift_revertIfLotMissing() public {
        actAs(CUSTOMS_CN);
        assertSafetyRefuses(abi.encodeCall(ISafety.hold, (0, 1)), fieldInvalid("lot"));
        assertSafetyRefuses(abi.encodeCall(ISafety.lift, (0, 1)), fieldInvalid("lot"));
    }

    // ------------------------------------------------------------------- lift

    function testFuzz_lift_takesOffTheHoldOfItsShore(bool korean, bool byCustoms, uint8 reason) public {
        reason = reason % 9 + 1;
        holdLot(REGULATOR_CN, LOT);
        holdLot(REGULATOR_KR, LOT);
        uint256 left = korean
            ? holdOf(CN, present, REGULATOR_CN, INVESTIGATION)
            : holdOf(KR, present, REGULATOR_KR, INVESTIGATION);
        assertChanges(officer(korean, byCustoms), abi.encodeCall(ISafety.lift, (LOT, reason)), reason, left);
    }

    function test_lift_revertsIfNotHeldByTheShore() public {
        actAs(CUSTOMS_CN);
        assertSafetyRefuses(abi.encodeCall(ISafety.lift, (LOT, 1)), lotConflict(LOT, 0));
        holdLot(REGULATOR_KR, LOT);
        uint256 word = lotWord(LOT);
        actAs(REGULATOR_CN);
        assertSafetyRefuses(abi.encodeCall(ISafety.lift, (LOT, 1)), lotConflict(LOT, word));
        actAs(CUSTOMS_KR);
        clearance.lift(LOT, 1);
        assertSafetyRefuses(abi.encodeCall(ISafety.lift, (LOT, 1)), lotConflict(LOT, 0));
    }

    function test_lift_leavesRecallsAlone() public {
        recallLot(REGULATOR_CN, LOT);
        uint256 word = lotWord(LOT);
        assertSafetyRefuses(abi.encodeCall(ISafety.lift, (LOT, 1)), lotConflict(LOT, word));
    }

    /// @dev Everything that stops a lot, put on and taken off by both shores, in any order: word and head follow a model.
    function testFuzz_lotHeads_holdEveryWord(uint8[12] memory steps) public {
        uint256 word;
        bytes32 head;
        for (uint256 i = 0; i < steps.length; ++i) {
            skip(1);
            uint8 shore = steps[i] % 2 == 0 ? CN : KR;
            address by = officer(shore == KR, steps[i] % 4 < 2);
            uint256 holdFields = half(shore, uint256(type(uint80).max) << 48);
            bool isHeld = word & holdFields != 0;
            actAs(by);
            if (isHeld) {
                clearance.lift(LOT, 1);
                word &= ~holdFields;
            } else {
                clearance.hold(LOT, 2);
                word |= holdOf(shore, present, by, 2);
            }
            head = extended(head, bytes32(word));
            assertEq(lotWord(LOT), word, "word");
            assertEq(lotHead(LOT), head, "head");
        }
        assertEq(uint256(head) >> 224, steps.length, "count");
    }

    // ------------------------------------------------------- release, writeOff

    function testFuzz_release_byCustoms(bool korean, bool isPreferential, uint8 count, uint32 wait) public {
        skip(wait);
        address by = korean ? CUSTOMS_KR : CUSTOMS_CN;
        bytes32[] memory released = lotKeys(1, uint256(count) % 12 + 1);
        bytes memory call = abi.encodeCall(ISafety.release, (DOCUMENT, isPreferential, released));
        assertMoves(by, call, isPreferential ? 2 : 1, released);
    }

    function testFuzz_writeOff_byCustomsOrOperators(uint8 who, uint8 count) public {
        address[4] memory callers = [CUSTOMS_CN, CUSTOMS_KR, OPERATOR_CN, OPERATOR_KR];
        bytes32[] memory written = lotKeys(1, uint256(count) % 12 + 1);
        assertMoves(callers[who % 4], abi.encodeCall(ISafety.writeOff, (DOCUMENT, written)), 3, written);
    }

    function test_movements_ofAsManyLotsAsOneCallTakes() public {
        uint256 before = ledger.sequence();
        actAs(CUSTOMS_CN);
        clearance.release(DOCUMENT, false, lotKeys(1, MOST_LOTS));
        assertEq(ledger.sequence(), before + MOST_LOTS, "sequence");
    }

    function test_movements_revertIfCountOutOfRange() public {
        assertEachRefused(DOCUMENT, lotKeys(1, 0), countOutOfRange(0));
        assertEachRefused(DOCUMENT, lotKeys(1, MOST_LOTS + 1), countOutOfRange(MOST_LOTS + 1));
    }

    function test_movements_revertIfDocumentOrLotMissing() public {
        assertEachRefused(0, lotKeys(1, 1), fieldInvalid("document"));
        bytes32[] memory moved = lotKeys(1, 3);
        moved[1] = 0;
        assertEachRefused(DOCUMENT, moved, fieldInvalid("lot"));
    }

    function test_movements_revertIfDocumentUsed() public {
        actAs(CUSTOMS_CN);
        clearance.release(DOCUMENT, true, lotKeys(1, 1));
        uint256 word = clearance.movements(DOCUMENT);
        assertEachRefused(DOCUMENT, lotKeys(2, 1), taken(DOCUMENT));
        actAs(OPERATOR_KR);
        assertSafetyRefuses(abi.encodeCall(ISafety.writeOff, (DOCUMENT, lotKeys(2, 1))), taken(DOCUMENT));
        assertEq(clearance.movements(DOCUMENT), word, "word");
    }

    function testFuzz_movements_revertIfAnyLotIsStopped(bool korean, bool isRecalled, uint8 count, uint8 place) public {
        bytes32[] memory moved = lotKeys(1, uint256(count) % 12 + 1);
        bytes32 stopped = moved[place % moved.length];
        address regulator = korean ? REGULATOR_KR : REGULATOR_CN;
        if (isRecalled) recallLot(regulator, stopped);
        else holdLot(regulator, stopped);
        uint256 word = lotWord(stopped);
        bytes4 error = ISafety.SafetyLotOnHold.selector;
        assertEachRefused(DOCUMENT, moved, abi.encodeWithSelector(error, stopped, word));
        assertEq(clearance.movements(DOCUMENT), 0, "all or nothing");
        if (isRecalled) return;
        liftLot(regulator, stopped);
        actAs(CUSTOMS_CN);
        clearance.release(DOCUMENT, false, moved);
    }

    function test_movements_revertWhileTheOtherShoreHolds() public {
        holdLot(REGULATOR_CN, LOT);
        holdLot(REGULATOR_KR, LOT);
        liftLot(CUSTOMS_KR, LOT);
        bytes4 error = ISafety.SafetyLotOnHold.selector;
        assertEachRefused(DOCUMENT, one(LOT), abi.encodeWithSelector(error, LOT, lotWord(LOT)));
        liftLot(CUSTOMS_CN, LOT);
        actAs(CUSTOMS_CN);
        clearance.release(DOCUMENT, false, one(LOT));
    }

    function test_movements_revertAfterARecallIsClosed() public {
        (bytes32 alert,) = recallLot(REGULATOR_CN, LOT);
        clearance.closeRecall(alert, 0, EVIDENCE, new bytes32[](0));
        bytes4 error = ISafety.SafetyLotOnHold.selector;
        assertEachRefused(DOCUMENT, one(LOT), abi.encodeWithSelector(error, LOT, lotWord(LOT)));
    }

    function test_movements_changeNothingOfALot() public {
        holdLot(REGULATOR_CN, LOT);
        liftLot(REGULATOR_CN, LOT);
        bytes32 head = lotHead(LOT);
        actAs(CUSTOMS_CN);
        clearance.release(DOCUMENT, false, one(LOT));
        clearance.writeOff(bytes32(uint256(1)), one(LOT));
        assertEq(lotHead(LOT), head, "head");
        assertEq(lotWord(LOT), 0, "word");
    }

    // ----------------------------------------------------------------- helpers

    function officer(bool korean, bool isCustoms) private pure returns (address) {
        if (korean) return isCustoms ? CUSTOMS_KR : REGULATOR_KR;
        return isCustoms ? CUSTOMS_CN : REGULATOR_CN;
    }

    function liftLot(address by, bytes32 lot) private {
        actAs(by);
        clearance.lift(lot, 1);
    }

    /// @dev The call of `by` about LOT is done, and makes its word and one event.
    function assertChanges(address by, bytes memory call, uint256 reason, uint256 word) private {
        uint256 before = ledger.sequence();
        actAs(by);
        vm.recordLogs();
        assertDone(address(clearance), call);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "events");
        assertLotLog(logs[0], [LOT, bytes32(0)], by, [reason, word, before + 1]);
        assertEq(lotWord(LOT), word, "word");
        assertEq(ledger.sequence(), before + 1, "sequence");
    }

    function assertMoves(address by, bytes memory call, uint256 movement, bytes32[] memory moved) private {
        uint256 before = ledger.sequence();
        actAs(by);
        vm.recordLogs();
        assertDone(address(clearance), call);
        assertEq(clearance.movements(DOCUMENT), movement << 72 | uint256(numberOf[by]) << 40 | present, "word");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, moved.length, "events");
        for (uint256 i = 0; i < moved.length; ++i) {
            bytes memory data = abi.encode(movement, numberOf[by], before + 1 + i);
            bytes32[] memory topics = topicsOf(moved[i], DOCUMENT);
            assertEvent(logs[i], address(clearance), ISafety.LotMoved.selector, topics, data);
        }
        assertEq(ledger.sequence(), before + moved.length, "sequence");
    }

    /// @dev Releasing, with and without preference, and writing off are refused alike.
    function assertEachRefused(bytes32 document, bytes32[] memory moved, bytes memory error) private {
        actAs(CUSTOMS_CN);
        assertSafetyRefuses(abi.encodeCall(ISafety.release, (document, false, moved)), error);
        assertSafetyRefuses(abi.encodeCall(ISafety.release, (document, true, moved)), error);
        assertSafetyRefuses(abi.encodeCall(ISafety.writeOff, (document, moved)), error);
    }
}
