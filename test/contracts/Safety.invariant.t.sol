// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {LawHandler} from "./support/LawHandler.sol";
import {SafetyTest} from "./support/SafetyTest.sol";

/// @title SafetyHandler
/// @notice Alerts of both shores and their recalls, holds on lots, and goods that customs and operators move.
abstract contract SafetyHandler is SafetyTest, LawHandler {
    /// @dev An alert as the model knows it; each names the lots `first` and the one after.
    struct Warning {
        bytes32 id;
        uint8 shore;
        uint256 first;
        uint256 word;
        bytes32[] evidence;
    }

    /// @dev A recall, of both lots of its alert.
    struct Return {
        bytes32 id;
        uint256 alert;
        bytes32 salt;
        uint256 word;
        bool isOpen;
    }

    uint256 internal constant LOTS = 12;
    uint256 private constant STAGE = 1 << 248;
    uint256 private constant RECALL = 1 << 16;
    uint256 private constant HOLD_FIELDS = uint256(type(uint80).max) << 48;
    uint256 private constant RECALL_FIELDS = type(uint48).max;

    Warning[] internal warnings;
    Return[] internal returns_;
    bytes32[] internal documents;
    mapping(bytes32 document => uint256 word) internal moved;
    mapping(uint256 lot => mapping(uint8 shore => uint256 fields)) internal halves;
    mapping(uint256 lot => bytes32 head) internal heads;

    function setUp() public override {
        super.setUp();
        events = ledger.sequence();
        for (uint256 i = 0; i < 4; ++i) {
            this.warn(i);
        }
    }

    function actions() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](8);
        all[0] = this.warn.selector;
        all[1] = this.bringOn.selector;
        all[2] = this.openRecall.selector;
        all[3] = this.closeRecall.selector;
        all[4] = this.hold.selector;
        all[5] = this.lift.selector;
        all[6] = this.move.selector;
        all[7] = this.wait.selector;
    }

    // ---------------------------------------------------------------- actions

    function warn(uint256 seed) external drawn(seed) {
        uint8 shore = anyShore();
        address regulator = regulatorOf(shore);
        bytes32 salt = bytes32(oneIn(8) ? pick(8) : warnings.length);
        (uint256 grade, uint256 first, uint40 dueAt) = (1 + pick(4), pick(LOTS - 1), dueIn(10));
        bytes32 evidence = anyEvidence();
        bytes memory call = abi.encodeCall(
            ISafety.raiseAlert, (salt, uint8(grade), numberOf[regulator], dueAt, evidence, lotKeys(first, 2))
        );
        if (!attempt(regulator, address(clearance), call)) return;
        Warning storage warning = warnings.push();
        (warning.id, warning.shore, warning.first) = (alertId(regulator, salt), shore, first);
        uint256 who = uint256(numberOf[regulator]) << 200 | uint256(numberOf[regulator]) << 168;
        uint256 times = block.timestamp << 128 | block.timestamp << 88 | uint256(dueAt) << 48;
        warning.word = RAISED * STAGE | grade << 240 | uint256(shore) << 232 | who | times | 2 << 32;
        warning.evidence.push(evidence);
        for (uint256 i = 0; i + 1 < warnings.length; ++i) {
            assertTrue(warnings[i].id != warning.id, "raised twice");
        }
    }

    /// @dev Up to three stages on, mostly of the first alerts: so that a run comes to the end of some.
    function bringOn(uint256 seed) external drawn(seed) {
        Warning storage warning = warnings[pick(oneIn(3) ? warnings.length : 3)];
        for (uint256 i = pick(3); i < 3 && (warning.word >> 248 != CLOSED || oneIn(8)); ++i) {
            toNextStage(warning);
        }
    }

    function toNextStage(Warning storage warning) private {
        uint8 shore = oneIn(10) ? otherShore(warning.shore) : warning.shore;
        uint256 stage = oneIn(8) ? 1 + pick(5) : (warning.word >> 248) + 1;
        (uint40 dueAt, bytes32 evidence) = (stage == CLOSED ? 0 : dueIn(10), anyEvidence());
        uint32 owner = numberOf[oneIn(2) ? REGULATOR_CN : REGULATOR_KR];
        bytes memory call = abi.encodeCall(ISafety.advanceAlert, (warning.id, uint8(stage), owner, dueAt, evidence));
        if (!attempt(regulatorOf(shore), address(clearance), call)) return;
        assertEq(shore, warning.shore, "advanced by the other shore");
        assertEq(stage, (warning.word >> 248) + 1, "stage left out");
        assertTrue(stage != CLOSED || field(warning.word, 16, 16) == 0, "closed with a recall open");
        uint256 kept = warning.word & ~(uint256(type(uint32).max) << 168 | uint256(type(uint80).max) << 48);
        warning.word = (kept | uint256(owner) << 168 | block.timestamp << 88 | uint256(dueAt) << 48) + STAGE;
        warning.evidence.push(evidence);
    }

    function openRecall(uint256 seed) external drawn(seed) {
        uint256 index = pick(warnings.length);
        for (uint256 i = 0; i < 8 && !isRecallable(index); ++i) {
            index = pick(warnings.length);
        }
        if (!isRecallable(index) && !oneIn(8)) return;
        Warning storage warning = warnings[index];
        uint8 shore = oneIn(10) ? otherShore(warning.shore) : warning.shore;
        ISafety.RecallOrder memory order = ISafety.RecallOrder(
            warning.id,
            bytes32(oneIn(8) ? pick(4) : returns_.length),
            uint8(1 + pick(3)),
            numberOf[OPERATOR_CN],
            dueIn(3),
            dueIn(3) + 3 days,
            anyEvidence()
        );
        bytes memory call = abi.encodeCall(ISafety.openRecall, (order, lotKeys(warning.first, 2)));
        if (!attempt(regulatorOf(shore), address(clearance), call)) return;
        assertEq(shore, warning.shore, "recalled by the other shore");
        assertTrue(warning.word >> 248 < CLOSED, "recalled under a closed alert");
        noteRecall(index, order);
    }

    function closeRecall(uint256 seed) external drawn(seed) {
        if (returns_.length == 0) return;
        Return storage recall = returns_[pick(returns_.length)];
        for (uint256 i = 0; i < 8 && !recall.isOpen; ++i) {
            recall = returns_[pick(returns_.length)];
        }
        if (!recall.isOpen && !oneIn(8)) return;
        Warning storage warning = warnings[recall.alert];
        uint8 shore = oneIn(10) ? otherShore(warning.shore) : warning.shore;
        bytes32[] memory restored = oneIn(4) ? new bytes32[](0) : lotKeys(warning.first, oneIn(4) ? 1 : 2);
        bytes memory call = abi.encodeCall(ISafety.closeRecall, (warning.id, recall.salt, anyEvidence(), restored));
        if (!attempt(regulatorOf(shore), address(clearance), call)) return;
        assertEq(shore, warning.shore, "closed by the other shore");
        assertTrue(recall.isOpen, "closed twice");
        (recall.isOpen, recall.word) = (false, recall.word | block.timestamp << 48);
        warning.word -= RECALL;
        for (uint256 i = 0; i < restored.length; ++i) {
            uint256 lot = warning.first + i;
            assertTrue(halves[lot][shore] & RECALL_FIELDS != 0, "restored, and not recalled");
            noteLot(lot, shore, halves[lot][shore] & HOLD_FIELDS);
        }
    }

    function hold(uint256 seed) external drawn(seed) {
        (uint256 lot, uint8 shore) = (pick(LOTS), anyShore());
        if (halves[lot][shore] & HOLD_FIELDS != 0 && !oneIn(8)) return;
        address authority = oneIn(2) ? customsOf(shore) : regulatorOf(shore);
        uint256 reason = 1 + pick(9);
        bytes memory call = abi.encodeCall(ISafety.hold, (lotKey(lot), uint8(reason)));
        if (!attempt(authority, address(clearance), call)) return;
        assertTrue(halves[lot][shore] & HOLD_FIELDS == 0, "held twice");
        uint256 fields = block.timestamp << 88 | uint256(numberOf[authority]) << 56 | reason << 48;
        noteLot(lot, shore, halves[lot][shore] | fields);
    }

    function lift(uint256 seed) external drawn(seed) {
        (uint256 lot, uint8 shore) = (pick(LOTS), anyShore());
        for (uint256 i = 0; i < 8 && halves[lot][shore] & HOLD_FIELDS == 0; ++i) {
            (lot, shore) = (pick(LOTS), anyShore());
        }
        if (halves[lot][shore] & HOLD_FIELDS == 0 && !oneIn(8)) return;
        bytes memory call = abi.encodeCall(ISafety.lift, (lotKey(lot), uint8(INVESTIGATION)));
        if (!attempt(customsOf(shore), address(clearance), call)) return;
        assertTrue(halves[lot][shore] & HOLD_FIELDS != 0, "lifted, and held by the other shore only");
        noteLot(lot, shore, halves[lot][shore] & RECALL_FIELDS);
    }

    /// @dev Customs release two lots, or an operator writes them off.
    function move(uint256 seed) external drawn(seed) {
        uint256 first = pick(LOTS - 1);
        for (uint256 i = 0; i < 6 && (isStopped(first) || isStopped(first + 1)); ++i) {
            first = pick(LOTS - 1);
        }
        if ((isStopped(first) || isStopped(first + 1)) && !oneIn(8)) return;
        bytes32 document = digest("declaration", oneIn(8) ? pick(4) : documents.length);
        uint256 movement = 1 + pick(3);
        address mover = movement == 3 && oneIn(2) ? OPERATOR_KR : customsOf(anyShore());
        bytes memory call = movement == 3
            ? abi.encodeCall(ISafety.writeOff, (document, lotKeys(first, 2)))
            : abi.encodeCall(ISafety.release, (document, movement == 2, lotKeys(first, 2)));
        if (!attempt(mover, address(clearance), call)) return;
        assertTrue(!isStopped(first) && !isStopped(first + 1), "moved while stopped");
        assertEq(moved[document], 0, "document used twice");
        moved[document] = movement << 72 | uint256(numberOf[mover]) << 40 | block.timestamp;
        documents.push(document);
    }

    function wait(uint256 seed) external drawn(seed) {
        pass(1 + pick(5 days));
    }

    // ------------------------------------------------------------------ model

    function noteRecall(uint256 index, ISafety.RecallOrder memory order) private {
        Warning storage warning = warnings[index];
        bytes32 id = pair(warning.id, order.salt);
        for (uint256 i = 0; i < returns_.length; ++i) {
            assertTrue(returns_[i].id != id, "recall opened twice");
        }
        uint256 word = uint256(order.recallClass) << 248 | uint256(warning.shore) << 240 | uint256(order.owner) << 208
            | block.timestamp << 168 | uint256(order.startBy) << 128 | uint256(order.completeBy) << 88;
        returns_.push(Return(id, index, order.salt, word, true));
        warning.word += RECALL;
        for (uint256 i = 0; i < 2; ++i) {
            uint256 lot = warning.first + i;
            assertTrue(halves[lot][warning.shore] & RECALL_FIELDS == 0, "recalled twice");
            noteLot(lot, warning.shore, halves[lot][warning.shore] | block.timestamp << 8 | order.recallClass);
        }
    }

    function noteLot(uint256 lot, uint8 shore, uint256 fields) private {
        halves[lot][shore] = fields;
        heads[lot] = extended(heads[lot], bytes32(wordOf(lot)));
    }

    function wordOf(uint256 lot) internal view returns (uint256) {
        return halves[lot][CN] << 128 | halves[lot][KR];
    }

    function isStopped(uint256 lot) private view returns (bool) {
        return wordOf(lot) != 0;
    }

    function isRecallable(uint256 index) private view returns (bool) {
        Warning storage warning = warnings[index];
        uint256 fields = halves[warning.first][warning.shore] | halves[warning.first + 1][warning.shore];
        return warning.word >> 248 < CLOSED && fields & RECALL_FIELDS == 0;
    }

    function dueIn(uint256 days_) private returns (uint40) {
        return uint40(block.timestamp + 1 + pick(days_ * 1 days));
    }

    function anyEvidence() private returns (bytes32) {
        return oneIn(20) ? bytes32(0) : digest("evidence", pick(1e9));
    }
}

/// @notice What holds of alerts, holds and recalls after any sequence of calls, by anyone.
contract SafetyInvariantTest is SafetyHandler {
    function invariant_safetyHolds() external view {
        checkInTurn();
    }

    function checkAll() internal view override {
        check_alertPassesItsStagesInOrder();
        check_alertIsClosedOnlyAfterItsReviewAndRecalls();
        check_recallIsAsItWasOrdered();
        check_halfOfALotIsItsShoresAlone();
        check_lotHeadHoldsEveryChange();
        check_movementIsKept();
        check_sequenceCountsTheEventsOfAll();
    }

    /// @dev An alert is where its shore brought it, a stage at a time; grade, shore, raiser and time never change; each stage keeps its evidence.
    function check_alertPassesItsStagesInOrder() private view {
        for (uint256 i = 0; i < warnings.length; ++i) {
            Warning storage warning = warnings[i];
            assertEq(alertWord(warning.id), warning.word, "alert");
            for (uint256 stage = RAISED; stage <= CLOSED; ++stage) {
                bytes32 expected = stage <= warning.evidence.length ? warning.evidence[stage - 1] : bytes32(0);
                assertEq(clearance.alertEvidence(pair(warning.id, bytes32(stage))), expected, "evidence");
                assertTrue(expected != 0 || stage > warning.evidence.length, "stage without evidence");
            }
        }
    }

    /// @dev A closed alert was reviewed, and has no recall open.
    function check_alertIsClosedOnlyAfterItsReviewAndRecalls() private view {
        for (uint256 i = 0; i < returns_.length; ++i) {
            if (!returns_[i].isOpen) continue;
            uint256 word = alertWord(warnings[returns_[i].alert].id);
            assertTrue(word >> 248 < CLOSED && field(word, 16, 16) != 0, "closed with a recall open");
        }
        for (uint256 i = 0; i < warnings.length; ++i) {
            if (alertWord(warnings[i].id) >> 248 < CLOSED) continue;
            assertTrue(clearance.alertEvidence(pair(warnings[i].id, bytes32(REVIEWED))) != 0, "closed, not reviewed");
        }
    }

    /// @dev What a recall orders never changes; it is closed once.
    function check_recallIsAsItWasOrdered() private view {
        for (uint256 i = 0; i < returns_.length; ++i) {
            assertEq(recallWord(returns_[i].id), returns_[i].word, "recall");
        }
    }

    /// @dev What a shore put on a lot, only that shore takes off.
    function check_halfOfALotIsItsShoresAlone() private view {
        for (uint256 lot = 0; lot < LOTS; ++lot) {
            uint256 word = lotWord(lotKey(lot));
            assertEq(word >> 128, halves[lot][CN], "half of CN");
            assertEq(uint256(uint128(word)), halves[lot][KR], "half of KR");
        }
    }

    /// @dev The head of a lot holds every change of what stops it, in order.
    function check_lotHeadHoldsEveryChange() private view {
        for (uint256 lot = 0; lot < LOTS; ++lot) {
            assertEq(lotHead(lotKey(lot)), heads[lot], "head of a lot");
        }
    }

    /// @dev A declaration moves goods once, and keeps who did and when.
    function check_movementIsKept() private view {
        for (uint256 i = 0; i < documents.length; ++i) {
            assertEq(clearance.movements(documents[i]), moved[documents[i]], "movement");
        }
    }
}
