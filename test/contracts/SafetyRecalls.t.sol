// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ICompanion} from "../../contracts/interfaces/ICompanion.sol";
import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {SafetyTest} from "./support/SafetyTest.sol";
import {Log} from "./support/Vm.sol";

/// @title SafetyRecallsTest
/// @notice Recalls under an alert, and the lots that they stop.
contract SafetyRecallsTest is SafetyTest {
    bytes32 private alert;

    function setUp() public override {
        super.setUp();
        alert = raise(REGULATOR_CN);
        actAs(REGULATOR_CN);
    }

    // ------------------------------------------------------------- openRecall

    function testFuzz_openRecall_writesRecallAlertAndLots(uint8 class, uint32 start, uint32 rest) public {
        ISafety.RecallOrder memory order = orderOf(OPERATOR_KR, alert);
        order.recallClass = class % 3 + 1;
        order.startBy = uint40(present + uint256(start) + 1);
        order.completeBy = order.startBy + rest;
        uint256 before = alertWord(alert);
        uint256 sequence = ledger.sequence();
        vm.recordLogs();
        bytes32 recall = clearance.openRecall(order, lotKeys(1, 2));
        assertEq(recall, pair(alert, SALT), "id");
        uint256 word = uint256(order.recallClass) << 248 | uint256(CN) << 240 | uint256(order.owner) << 208 | present
            << 168 | uint256(order.startBy) << 128 | uint256(order.completeBy) << 88;
        assertEq(recallWord(recall), word, "recall");
        assertEq(alertWord(alert), before + (1 << 16), "alert");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 4, "events");
        assertRecallLog(logs[0], recall, EVIDENCE, word, sequence + 1);
        assertAlertLog(logs[1], alert, EVIDENCE, before + (1 << 16), sequence + 2);
        uint256 lot = recallOf(CN, present, order.recallClass);
        for (uint256 i = 0; i < 2; ++i) {
            assertEq(lotWord(lotKey(1 + i)), lot, "lot");
            assertEq(lotHead(lotKey(1 + i)), extended(0, bytes32(lot)), "head");
            assertLotLog(logs[2 + i], [lotKey(1 + i), recall], REGULATOR_CN, [0, lot, sequence + 3 + i]);
        }
        assertEq(clearance.alertEvidence(pair(alert, bytes32(RAISED))), EVIDENCE, "evidence of the stage stays");
    }

    function test_openRecall_inEveryStageButTheLast() public {
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        for (uint256 stage = RAISED; stage <= REVIEWED; ++stage) {
            if (stage != RAISED) advance(REGULATOR_CN, alert, stage);
            order.salt = bytes32(stage);
            clearance.openRecall(order, one(lotKey(1)));
            clearance.closeRecall(alert, order.salt, EVIDENCE, one(lotKey(1)));
        }
        advance(REGULATOR_CN, alert, CLOSED);
        order.salt = bytes32(CLOSED);
        assertSafetyRefuses(opening(order, one(lotKey(1))), stageConflict(alert, CLOSED));
    }

    function test_openRecall_revertsIfCountOutOfRange() public {
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        assertSafetyRefuses(opening(order, lotKeys(1, 0)), countOutOfRange(0));
        assertSafetyRefuses(opening(order, lotKeys(1, MOST_LOTS + 1)), countOutOfRange(MOST_LOTS + 1));
    }

    function testFuzz_openRecall_revertsIfClassUnknown(uint8 class) public {
        vm.assume(class == 0 || class > 3);
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        order.recallClass = class;
        assertSafetyRefuses(opening(order, lotKeys(1, 1)), fieldInvalid("class"));
    }

    function testFuzz_openRecall_revertsIfOutOfTime(uint40 startBy, uint40 completeBy) public {
        vm.assume(startBy <= present || completeBy < startBy);
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        (order.startBy, order.completeBy) = (startBy, completeBy);
        assertSafetyRefuses(opening(order, lotKeys(1, 1)), fieldInvalid("startBy"));
    }

    function test_openRecall_revertsIfAnythingMissing() public {
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        order.evidence = 0;
        assertSafetyRefuses(opening(order, lotKeys(1, 1)), fieldInvalid("evidence"));
        order.evidence = EVIDENCE;
        order.owner = 0;
        assertSafetyRefuses(opening(order, lotKeys(1, 1)), fieldInvalid("owner"));
        order.owner = uint32(ledger.membersEnrolled() + 1);
        assertSafetyRefuses(opening(order, lotKeys(1, 1)), fieldInvalid("owner"));
    }

    function test_openRecall_revertsIfAlertUnknown() public {
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, SALT);
        assertSafetyRefuses(opening(order, lotKeys(1, 1)), unknown(SALT));
    }

    function test_openRecall_revertsIfSaltUsed() public {
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        bytes32 recall = clearance.openRecall(order, lotKeys(1, 1));
        assertSafetyRefuses(opening(order, lotKeys(2, 1)), taken(recall));
        clearance.closeRecall(alert, SALT, EVIDENCE, lotKeys(1, 0));
        assertSafetyRefuses(opening(order, lotKeys(2, 1)), taken(recall));
    }

    function test_openRecall_revertsIfLotNotNamedOrRecalledBefore() public {
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        assertSafetyRefuses(opening(order, lotKeys(2, 2)), unknown(lotKey(3)));
        assertEq(lotWord(lotKey(2)), 0, "all or nothing");
        assertSafetyRefuses(opening(order, one(0)), unknown(0));
        clearance.openRecall(order, one(lotKey(2)));
        uint256 word = lotWord(lotKey(2));
        order.salt = 0;
        assertSafetyRefuses(opening(order, lotKeys(1, 2)), lotConflict(lotKey(2), word));
        assertEq(lotWord(lotKey(1)), 0, "all or nothing");
    }

    function test_openRecall_byTheOwnShoreAlone() public {
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        actAs(REGULATOR_KR);
        bytes memory error = abi.encodeWithSelector(ICompanion.CompanionShoreWrong.selector, KR, CN);
        assertSafetyRefuses(opening(order, lotKeys(1, 1)), error);
    }

    function test_openRecall_ofALotByBothShores() public {
        clearance.openRecall(orderOf(REGULATOR_CN, alert), one(lotKey(1)));
        uint256 china = recallOf(CN, present, 2);
        skip(7);
        bytes32 other = raise(REGULATOR_KR);
        bytes32 recall = clearance.openRecall(orderOf(REGULATOR_KR, other), one(lotKey(1)));
        uint256 word = china | recallOf(KR, present, 2);
        assertEq(lotWord(lotKey(1)), word, "both");
        assertEq(lotHead(lotKey(1)), extended(extended(0, bytes32(china)), bytes32(word)), "head");
        clearance.closeRecall(other, SALT, EVIDENCE, one(lotKey(1)));
        assertEq(lotWord(lotKey(1)), china, "CN's is left");
        assertTrue(recall != pair(alert, SALT), "recalls of two alerts");
    }

    function test_openRecall_ofALotThatIsHeld() public {
        holdLot(REGULATOR_CN, lotKey(1));
        clearance.openRecall(orderOf(REGULATOR_CN, alert), one(lotKey(1)));
        uint256 hold = holdOf(CN, present, REGULATOR_CN, INVESTIGATION);
        assertEq(lotWord(lotKey(1)), hold | recallOf(CN, present, 2), "held and recalled");
        clearance.closeRecall(alert, SALT, EVIDENCE, one(lotKey(1)));
        assertEq(lotWord(lotKey(1)), hold, "held still");
    }

    // ------------------------------------------------------------ closeRecall

    function testFuzz_closeRecall_givesBackWhatIsRight(uint32 wait) public {
        bytes32 recall = clearance.openRecall(orderOf(REGULATOR_CN, alert), lotKeys(1, 2));
        uint256 word = recallWord(recall);
        uint256 lot = lotWord(lotKey(1));
        uint256 alertBefore = alertWord(alert);
        skip(wait);
        uint256 sequence = ledger.sequence();
        actAs(REGULATOR_CN);
        vm.recordLogs();
        clearance.closeRecall(alert, SALT, SALT, one(lotKey(2)));
        word |= present << 48;
        assertEq(recallWord(recall), word, "recall");
        assertEq(alertWord(alert), alertBefore - (1 << 16), "alert");
        assertEq(lotWord(lotKey(1)), lot, "stays recalled");
        assertEq(lotWord(lotKey(2)), 0, "given back");
        assertEq(lotHead(lotKey(2)), extended(extended(0, bytes32(lot)), 0), "head");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 3, "events");
        assertRecallLog(logs[0], recall, SALT, word, sequence + 1);
        assertAlertLog(logs[1], alert, SALT, alertBefore - (1 << 16), sequence + 2);
        assertLotLog(logs[2], [lotKey(2), recall], REGULATOR_CN, [0, 0, sequence + 3]);
    }

    function test_closeRecall_revertsIfNotOpen() public {
        bytes32 recall = pair(alert, SALT);
        assertSafetyRefuses(closing(SALT, EVIDENCE, lotKeys(1, 0)), unknown(recall));
        clearance.openRecall(orderOf(REGULATOR_CN, alert), lotKeys(1, 2));
        assertSafetyRefuses(closing(0, EVIDENCE, lotKeys(1, 0)), unknown(pair(alert, 0)));
        clearance.closeRecall(alert, SALT, EVIDENCE, lotKeys(1, 0));
        assertSafetyRefuses(closing(SALT, EVIDENCE, lotKeys(1, 0)), unknown(recall));
        bytes memory call = abi.encodeCall(ISafety.closeRecall, (SALT, SALT, EVIDENCE, lotKeys(1, 0)));
        assertSafetyRefuses(call, unknown(SALT));
    }

    function test_closeRecall_revertsIfCountOrEvidenceInvalid() public {
        clearance.openRecall(orderOf(REGULATOR_CN, alert), lotKeys(1, 2));
        assertSafetyRefuses(closing(SALT, EVIDENCE, lotKeys(1, 257)), countOutOfRange(257));
        assertSafetyRefuses(closing(SALT, 0, lotKeys(1, 0)), fieldInvalid("evidence"));
    }

    function test_closeRecall_revertsIfLotNotNamedOrNotRecalled() public {
        bytes32 recall = clearance.openRecall(orderOf(REGULATOR_CN, alert), one(lotKey(1)));
        assertSafetyRefuses(closing(SALT, EVIDENCE, one(lotKey(3))), unknown(lotKey(3)));
        assertSafetyRefuses(closing(SALT, EVIDENCE, lotKeys(1, 2)), lotConflict(lotKey(2), 0));
        assertEq(field(recallWord(recall), 48, 40), 0, "open still");
        assertTrue(lotWord(lotKey(1)) != 0, "all or nothing");
    }

    function test_closeRecall_byTheOwnShoreAlone() public {
        clearance.openRecall(orderOf(REGULATOR_CN, alert), one(lotKey(1)));
        actAs(REGULATOR_KR);
        bytes memory error = abi.encodeWithSelector(ICompanion.CompanionShoreWrong.selector, KR, CN);
        assertSafetyRefuses(closing(SALT, EVIDENCE, one(lotKey(1))), error);
    }

    function test_closeRecall_neverTakesOffTheOtherShores() public {
        bytes32 other = raise(REGULATOR_KR);
        clearance.openRecall(orderOf(REGULATOR_KR, other), one(lotKey(1)));
        actAs(REGULATOR_CN);
        clearance.openRecall(orderOf(REGULATOR_CN, alert), one(lotKey(2)));
        uint256 word = lotWord(lotKey(1));
        assertSafetyRefuses(closing(SALT, EVIDENCE, one(lotKey(1))), lotConflict(lotKey(1), word));
        assertEq(lotWord(lotKey(1)), word, "recalled by KR");
    }

    // ----------------------------------------------------------------- helpers

    function assertRecallLog(Log memory log, bytes32 recall, bytes32 evidence, uint256 word, uint256 sequence)
        private
        view
    {
        bytes memory data = abi.encode(evidence, word, sequence);
        assertEvent(log, address(clearance), ISafety.RecallChanged.selector, topicsOf(recall, alert), data);
    }

    function opening(ISafety.RecallOrder memory order, bytes32[] memory named) private pure returns (bytes memory) {
        return abi.encodeCall(ISafety.openRecall, (order, named));
    }

    function closing(bytes32 salt, bytes32 evidence, bytes32[] memory restored) private view returns (bytes memory) {
        return abi.encodeCall(ISafety.closeRecall, (alert, salt, evidence, restored));
    }
}
