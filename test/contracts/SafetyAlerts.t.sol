// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ICompanion} from "../../contracts/interfaces/ICompanion.sol";
import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {SafetyTest} from "./support/SafetyTest.sol";
import {Log} from "./support/Vm.sol";

/// @title SafetyAlertsTest
/// @notice An alert from its finding to its end: five stages, in order, each with evidence.
contract SafetyAlertsTest is SafetyTest {
    bytes32 private constant NEW_EVIDENCE = bytes32(uint256(0xe2));

    // ------------------------------------------------------------- raiseAlert

    function testFuzz_raiseAlert_writesTheWholeAlert(bool korean, bytes32 salt, uint8 grade, uint32 wait, uint8 count)
        public
    {
        (address by, uint256 shore) = korean ? (REGULATOR_KR, 2) : (REGULATOR_CN, 1);
        bytes32[] memory named = lotKeys(1, uint256(count) % 20 + 1);
        uint256[3] memory terms = [grade % 4 + 1, numberOf[OPERATOR_CN], present + uint256(wait) + 1];
        bytes32 alert = alertId(by, salt);
        uint256 before = ledger.sequence();
        actAs(by);
        vm.recordLogs();
        bytes32 id =
            clearance.raiseAlert(salt, uint8(terms[0]), uint32(terms[1]), uint40(terms[2]), NEW_EVIDENCE, named);
        assertEq(id, alert, "id");
        uint256 word = RAISED << 248 | terms[0] << 240 | shore << 232 | uint256(numberOf[by]) << 200 | terms[1] << 168
            | present << 128 | present << 88 | terms[2] << 48 | named.length << 32;
        assertEq(alertWord(alert), word, "word");
        assertEq(clearance.alertEvidence(pair(alert, bytes32(RAISED))), NEW_EVIDENCE, "evidence");
        assertNamed(alert, named, word, before);
    }

    function test_raiseAlert_ofAsManyLotsAsOneCallTakes() public {
        uint256 before = ledger.sequence();
        actAs(REGULATOR_CN);
        bytes32 alert = clearance.raiseAlert(SALT, 1, 1, due(), EVIDENCE, lotKeys(1, MOST_LOTS));
        assertEq(field(alertWord(alert), 32, 16), MOST_LOTS, "lots");
        assertEq(ledger.sequence(), before + 1 + MOST_LOTS, "sequence");
        assertTrue(clearance.alertLots(pair(alert, lotKey(MOST_LOTS))), "the last");
    }

    function test_raiseAlert_revertsIfCountOutOfRange() public {
        actAs(REGULATOR_CN);
        assertSafetyRefuses(raising(SALT, 1, due(), EVIDENCE, lotKeys(1, 0)), countOutOfRange(0));
        bytes32[] memory tooMany = lotKeys(1, MOST_LOTS + 1);
        assertSafetyRefuses(raising(SALT, 1, due(), EVIDENCE, tooMany), countOutOfRange(MOST_LOTS + 1));
    }

    function testFuzz_raiseAlert_revertsIfGradeUnknown(uint8 grade) public {
        vm.assume(grade == 0 || grade > 4);
        actAs(REGULATOR_CN);
        assertSafetyRefuses(raising(SALT, grade, due(), EVIDENCE, lotKeys(1, 1)), fieldInvalid("grade"));
    }

    function testFuzz_raiseAlert_revertsIfOwnerUnknown(uint32 owner) public {
        vm.assume(owner == 0 || owner > ledger.membersEnrolled());
        actAs(REGULATOR_CN);
        bytes memory call = abi.encodeCall(ISafety.raiseAlert, (SALT, 1, owner, due(), EVIDENCE, lotKeys(1, 1)));
        assertSafetyRefuses(call, fieldInvalid("owner"));
    }

    function testFuzz_raiseAlert_revertsIfDueBefore(uint40 dueAt) public {
        dueAt = dueAt % uint40(present + 1);
        actAs(REGULATOR_CN);
        assertSafetyRefuses(raising(SALT, 1, dueAt, EVIDENCE, lotKeys(1, 1)), fieldInvalid("dueAt"));
    }

    function test_raiseAlert_revertsIfDueNow() public {
        actAs(REGULATOR_CN);
        assertSafetyRefuses(raising(SALT, 1, uint40(present), EVIDENCE, lotKeys(1, 1)), fieldInvalid("dueAt"));
    }

    function test_raiseAlert_revertsIfEvidenceOrLotMissing() public {
        actAs(REGULATOR_CN);
        assertSafetyRefuses(raising(SALT, 1, due(), 0, lotKeys(1, 1)), fieldInvalid("evidence"));
        bytes32[] memory named = lotKeys(1, 3);
        named[2] = 0;
        assertSafetyRefuses(raising(SALT, 1, due(), EVIDENCE, named), fieldInvalid("lot"));
        assertEq(alertWord(alertId(REGULATOR_CN, SALT)), 0, "nothing half-written");
        assertTrue(!clearance.alertLots(pair(alertId(REGULATOR_CN, SALT), lotKey(1))), "no lot named");
    }

    function test_raiseAlert_revertsIfSaltUsed() public {
        bytes32 alert = raise(REGULATOR_CN);
        bytes memory call = raising(SALT, 3, due(), NEW_EVIDENCE, lotKeys(5, 1));
        assertSafetyRefuses(call, taken(alert));
        for (uint256 stage = ASSESSED; stage <= CLOSED; ++stage) {
            advance(REGULATOR_CN, alert, stage);
        }
        assertSafetyRefuses(call, taken(alert));
        raise(REGULATOR_KR);
        assertEq(field(alertWord(alert), 248, 8), CLOSED, "the other's is another");
    }

    // ----------------------------------------------------------- advanceAlert

    function testFuzz_advanceAlert_throughItsFiveStages(bool korean, uint16[4] memory waits) public {
        address by = korean ? REGULATOR_KR : REGULATOR_CN;
        bytes32 alert = raise(by);
        for (uint256 stage = ASSESSED; stage <= CLOSED; ++stage) {
            uint256 before = alertWord(alert);
            skip(waits[stage - ASSESSED]);
            assertAdvanced(by, alert, stage, before);
        }
        for (uint256 stage = RAISED; stage <= CLOSED; ++stage) {
            bytes32 expected = stage == RAISED ? EVIDENCE : evidenceOf(stage);
            assertEq(clearance.alertEvidence(pair(alert, bytes32(stage))), expected, "evidence of each stage stays");
        }
    }

    function testFuzz_advanceAlert_revertsIfNotTheNextStage(uint8 present_, uint8 wanted) public {
        uint256 stage = present_ % CLOSED + 1;
        vm.assume(wanted != stage + 1 || stage == CLOSED);
        bytes32 alert = raise(REGULATOR_CN);
        for (uint256 next = ASSESSED; next <= stage; ++next) {
            advance(REGULATOR_CN, alert, next);
        }
        assertSafetyRefuses(advancing(alert, wanted, due(), EVIDENCE), stageConflict(alert, stage));
        assertSafetyRefuses(advancing(alert, wanted, 0, EVIDENCE), stageConflict(alert, stage));
    }

    function test_advanceAlert_revertsIfUnknown() public {
        actAs(REGULATOR_CN);
        assertSafetyRefuses(advancing(SALT, ASSESSED, due(), EVIDENCE), unknown(SALT));
    }

    function test_advanceAlert_byTheOwnShoreAlone() public {
        bytes32 alert = raise(REGULATOR_CN);
        bytes memory error = abi.encodeWithSelector(ICompanion.CompanionShoreWrong.selector, KR, CN);
        actAs(REGULATOR_KR);
        assertSafetyRefuses(advancing(alert, ASSESSED, due(), EVIDENCE), error);
        address colleague = address(0xA1FF);
        join(CHINA, Role.REGULATOR, colleague);
        advance(colleague, alert, ASSESSED);
        assertEq(field(alertWord(alert), 200, 32), numberOf[REGULATOR_CN], "the raiser stays");
        assertEq(field(alertWord(alert), 168, 32), numberOf[colleague], "the owner is named anew");
    }

    function test_advanceAlert_revertsIfAnythingMissing() public {
        bytes32 alert = raise(REGULATOR_CN);
        assertSafetyRefuses(advancing(alert, ASSESSED, due(), 0), fieldInvalid("evidence"));
        assertSafetyRefuses(advancing(alert, ASSESSED, 0, EVIDENCE), fieldInvalid("dueAt"));
        assertSafetyRefuses(advancing(alert, ASSESSED, uint40(present), EVIDENCE), fieldInvalid("dueAt"));
        bytes memory call = abi.encodeCall(ISafety.advanceAlert, (alert, 2, 0, due(), EVIDENCE));
        assertSafetyRefuses(call, fieldInvalid("owner"));
        call = abi.encodeCall(ISafety.advanceAlert, (alert, 2, 99, due(), EVIDENCE));
        assertSafetyRefuses(call, fieldInvalid("owner"));
        for (uint256 stage = ASSESSED; stage <= REVIEWED; ++stage) {
            advance(REGULATOR_CN, alert, stage);
        }
        assertSafetyRefuses(advancing(alert, CLOSED, due(), EVIDENCE), fieldInvalid("dueAt"));
        assertSafetyRefuses(advancing(alert, CLOSED, 0, 0), fieldInvalid("evidence"));
        assertEq(field(alertWord(alert), 248, 8), REVIEWED, "stage");
    }

    function test_advanceAlert_closesOnlyWithoutOpenRecalls() public {
        bytes32 alert = raise(REGULATOR_CN);
        ISafety.RecallOrder memory order = orderOf(REGULATOR_CN, alert);
        clearance.openRecall(order, one(lotKey(1)));
        order.salt = bytes32(uint256(1));
        clearance.openRecall(order, one(lotKey(2)));
        for (uint256 stage = ASSESSED; stage <= REVIEWED; ++stage) {
            advance(REGULATOR_CN, alert, stage);
        }
        assertSafetyRefuses(advancing(alert, CLOSED, 0, EVIDENCE), stageConflict(alert, REVIEWED));
        clearance.closeRecall(alert, SALT, EVIDENCE, lotKeys(1, 0));
        assertSafetyRefuses(advancing(alert, CLOSED, 0, EVIDENCE), stageConflict(alert, REVIEWED));
        clearance.closeRecall(alert, bytes32(uint256(1)), EVIDENCE, lotKeys(1, 0));
        advance(REGULATOR_CN, alert, CLOSED);
        assertEq(field(alertWord(alert), 248, 8), CLOSED, "stage");
    }

    // ----------------------------------------------------------------- helpers

    function assertNamed(bytes32 alert, bytes32[] memory named, uint256 word, uint256 before) private {
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, named.length + 1, "events");
        assertAlertLog(logs[0], alert, NEW_EVIDENCE, word, before + 1);
        bytes32 event_ = ISafety.AlertLotNamed.selector;
        for (uint256 i = 0; i < named.length; ++i) {
            bytes32[] memory topics = topicsOf(alert, named[i]);
            assertEvent(logs[i + 1], address(clearance), event_, topics, abi.encode(before + 2 + i));
            assertTrue(clearance.alertLots(pair(alert, named[i])), "named");
        }
        assertEq(ledger.sequence(), before + 1 + named.length, "sequence");
        assertTrue(!clearance.alertLots(pair(alert, lotKey(0))), "not named");
    }

    function assertAdvanced(address by, bytes32 alert, uint256 stage, uint256 before) private {
        uint256 sequence = ledger.sequence();
        uint256 dueAt = stage == CLOSED ? 0 : due();
        actAs(by);
        vm.recordLogs();
        clearance.advanceAlert(alert, uint8(stage), numberOf[OPERATOR_KR], uint40(dueAt), evidenceOf(stage));
        uint256 replaced = 0xff << 248 | uint256(type(uint32).max) << 168 | uint256(type(uint80).max) << 48;
        uint256 word =
            before & ~replaced | stage << 248 | uint256(numberOf[OPERATOR_KR]) << 168 | present << 88 | dueAt << 48;
        assertEq(alertWord(alert), word, "word");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "events");
        assertAlertLog(logs[0], alert, evidenceOf(stage), word, sequence + 1);
    }

    function evidenceOf(uint256 stage) private pure returns (bytes32) {
        return digest("evidence", stage);
    }

    function raising(bytes32 salt, uint8 grade, uint40 dueAt, bytes32 evidence, bytes32[] memory named)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeCall(ISafety.raiseAlert, (salt, grade, 1, dueAt, evidence, named));
    }

    function advancing(bytes32 alert, uint256 stage, uint40 dueAt, bytes32 evidence)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeCall(ISafety.advanceAlert, (alert, uint8(stage), 1, dueAt, evidence));
    }
}
