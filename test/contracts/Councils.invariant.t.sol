// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Council} from "../../contracts/Council.sol";
import {Ledger} from "../../contracts/Ledger.sol";
import {Registry} from "../../contracts/Registry.sol";
import {ICompanions} from "../../contracts/interfaces/ICompanions.sol";
import {ICouncil} from "../../contracts/interfaces/ICouncil.sol";
import {IMembership} from "../../contracts/interfaces/IMembership.sol";
import {Companion} from "../../contracts/types/Companion.sol";
import {CouncilActor} from "./support/CouncilTest.sol";
import {InvariantHandler} from "./support/InvariantHandler.sol";

/// @title CouncilsHandler
/// @notice The councils of both shores, of officials that come and go, and the council of the two: they enrol, change their own seats, and
/// together pause and resume. Officials approve and think better of it, anybody executes, and everyone tries to act without a council.
abstract contract CouncilsHandler is CouncilActor, InvariantHandler {
    /// @dev An act as the model knows it. `readySince`: from when on enough present seats have approved it, without a break.
    struct Motion {
        uint256 council;
        uint256 kind;
        ICouncil.Act act;
        bytes32 id;
        bool isProposed;
        uint256 readySince;
        uint256 executedAt;
        address leaving;
        address coming;
        uint256 threshold;
        uint256 about;
    }

    uint256 internal constant SHORES = 2;
    uint256 private constant ENROL = 0;
    uint256 private constant CHANGE_SEATS = 1;
    uint256 private constant PROPOSE_TO_BOTH = 2;
    uint256 private constant APPROVE_OF_BOTH = 3;
    uint256 private constant PAUSE = 4;
    uint256 private constant RESUME = 5;
    uint256 private constant FEW = 2;
    uint256 private constant MANY = 5;

    Council[3] internal councils;
    address internal companion;
    Motion[] internal motions;
    address[][3] internal seats;
    uint256[3] internal thresholds;
    uint256 internal enrolled;
    uint256 internal paused;
    uint256 private officialsSoFar = 20;
    mapping(address official => uint256 number) private numberOf;
    mapping(address seat => bool) internal wasUnseated;
    mapping(uint256 motion => mapping(address seat => bool)) internal hasApproved;

    function setUp() public {
        vm.warp(START);
        bytes4[] memory urgent = new bytes4[](4);
        (urgent[0], urgent[1]) = (ICouncil.propose.selector, ICouncil.approve.selector);
        urgent[2] = ICompanions.pause.selector;
        councils[0] = new Council(officials(1, 3), 2, DELAY, urgent);
        councils[1] = new Council(officials(11, 3), 2, DELAY, urgent);
        seats[0] = officials(1, 3);
        seats[1] = officials(11, 3);
        seats[2] = [address(councils[0]), address(councils[1])];
        councils[2] = new Council(seats[2], 2, DELAY, urgent);
        thresholds = [uint256(2), 2, 2];
        for (uint256 i = 0; i < 3; ++i) {
            (numberOf[official(1 + i)], numberOf[official(11 + i)]) = (1 + i, 11 + i);
        }
        ledger = new Ledger(address(councils[0]), address(councils[1]), address(councils[2]));
        for (uint256 i = 0; i < 3; ++i) {
            actAs(address(councils[i]));
            councils[i].adoptLedger(ledger);
        }
        companion = address(new Registry(ledger));
        ledger.addCompanion(companion, 3);
        vm.stopPrank();
        events = ledger.sequence();
        for (uint256 i = 0; i < 6; ++i) {
            this.propose(i);
        }
    }

    function actions() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](6);
        all[0] = this.propose.selector;
        all[1] = this.approve.selector;
        all[2] = this.approveBySignature.selector;
        all[3] = this.withdraw.selector;
        all[4] = this.execute.selector;
        all[5] = this.wait.selector;
    }

    function isNumbered(address emitter) internal view override returns (bool) {
        return emitter == address(ledger);
    }

    // ---------------------------------------------------------------- actions

    function propose(uint256 seed) external drawn(seed) {
        Motion memory motion = anyMotion(pick(SHORES));
        address seat = anySeat(motion.council);
        bytes memory call = abi.encodeCall(ICouncil.propose, (motion.act));
        if (!attempt(seat, address(councils[motion.council]), call)) return;
        motion.isProposed = true;
        motions.push(motion);
        noteApproval(motions.length - 1, seat);
    }

    function approve(uint256 seed) external drawn(seed) {
        (uint256 index, address seat) = drawApproval(false);
        Motion storage motion = motions[index];
        bytes memory call = abi.encodeCall(ICouncil.approve, (motion.id));
        if (attempt(seat, address(councils[motion.council]), call)) noteApproval(index, seat);
    }

    function approveBySignature(uint256 seed) external drawn(seed) {
        (uint256 index, address seat) = drawApproval(false);
        Motion storage motion = motions[index];
        if (motion.council == SHORES) return;
        uint256 deadline = oneIn(12) ? present - 1 : present + 1 days;
        bytes32 domain = domainOf(block.chainid, address(councils[oneIn(12) ? 1 - motion.council : motion.council]));
        bytes memory signature = signatureOf(numberOf[seat], approvalDigest(domain, motion.id, deadline));
        bytes memory call = abi.encodeCall(ICouncil.approveBySignature, (motion.id, seat, deadline, signature));
        if (!attempt(address(0xBAD), address(councils[motion.council]), call)) return;
        assertTrue(deadline >= present, "signature too old");
        assertEq(domain, domainOf(block.chainid, address(councils[motion.council])), "signed for another council");
        noteApproval(index, seat);
    }

    function withdraw(uint256 seed) external drawn(seed) {
        if (oneIn(3)) return this.propose(pick(type(uint256).max));
        (uint256 index, address seat) = drawApproval(true);
        Motion storage motion = motions[index];
        bytes memory call = abi.encodeCall(ICouncil.withdrawApproval, (motion.id));
        if (!attempt(seat, address(councils[motion.council]), call)) return;
        assertTrue(hasApproved[index][seat], "withdrawn, and not given");
        hasApproved[index][seat] = false;
        recount(index);
    }

    function execute(uint256 seed) external drawn(seed) {
        uint256 index = pick(motions.length);
        for (uint256 i = 0; i < 12 && !isOpen(motions[index], 0) && !oneIn(16); ++i) {
            index = pick(motions.length);
        }
        Motion storage motion = motions[index];
        if (!oneIn(4) && motion.readySince + DELAY > present) comeTo(motion.readySince + DELAY - pick(2));
        if (!attempt(address(0xBAD), address(councils[motion.council]), abi.encodeCall(ICouncil.execute, (motion.act))))
        {
            return;
        }
        check_actHasItsApprovalsAndItsDelay(motion);
        motion.executedAt = present;
        carryOut(motion);
    }

    /// @dev Time passes, and somebody tries to act without a council.
    function wait(uint256 seed) external drawn(seed) {
        uint256 duration = pick(oneIn(3) ? 3 days : 12 hours);
        pass(duration);
        present += duration;
        check_nobodyActsWithoutACouncil(oneIn(2) ? address(0xBAD) : seats[pick(3)][0]);
    }

    // -------------------------------------------------------------------- checks

    /// @dev An act is done only while it is open, once, with the approval of enough present seats that has stood for the delay.
    function check_actHasItsApprovalsAndItsDelay(Motion storage motion) private view {
        assertTrue(motion.isProposed && motion.executedAt == 0, "executed twice");
        assertTrue(present < motion.act.expiresAt, "executed too late");
        assertTrue(isReady(motion), "executed without approvals or delay");
    }

    /// @dev No official, nor a shore's council where both are needed, does what is a council's.
    function check_nobodyActsWithoutACouncil(address caller) private {
        address[] memory nobody = new address[](1);
        nobody[0] = caller;
        bytes[4] memory calls = [
            abi.encodeCall(ICompanions.pause, (companion, 1)),
            abi.encodeCall(ICompanions.addCompanion, (address(councils[0]), 1)),
            abi.encodeCall(ICouncil.replaceSeat, (seats[0][0], caller)),
            abi.encodeCall(ICouncil.addSeat, (caller, 3))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            assertTrue(!attempt(caller, i < 2 ? address(ledger) : address(councils[i - 2]), calls[i]), "done by nobody");
        }
        bytes memory enrolment_ = abi.encodeCall(IMembership.enrol, (1, 1, 0, PROFILE));
        bool isCouncil = caller == address(councils[0]) || caller == address(councils[1]);
        assertTrue(isCouncil || !attempt(caller, address(ledger), enrolment_), "enrolled by nobody");
    }

    // --------------------------------------------------------------------- model

    function anyMotion(uint256 council) private returns (Motion memory motion) {
        uint256 count = seats[council].length;
        uint256 kind = pick(7);
        motion.council = council;
        if (kind < 2) {
            motion.act.target = address(ledger);
            motion.act.data = abi.encodeCall(IMembership.enrol, (32, 1, 0, PROFILE));
        } else if (kind < 4) {
            motion.kind = CHANGE_SEATS;
            motion.act.target = address(councils[council]);
            motion.threshold = thresholds[council];
            bool isAdding = count <= FEW || (count < MANY && oneIn(3));
            bool isRemoving = !isAdding && oneIn(2);
            if (!isAdding) motion.leaving = seats[council][pick(count)];
            if (!isRemoving) motion.coming = newOfficial();
            motion.act.data = abi.encodeCall(ICouncil.replaceSeat, (motion.leaving, motion.coming));
            if (isAdding || isRemoving) {
                uint256 after_ = isAdding ? count + 1 : count - 1;
                motion.threshold = oneIn(12) ? 1 + pick(after_) : after_ / 2 + 1 + pick(after_ - after_ / 2);
                motion.act.data = isAdding
                    ? abi.encodeCall(ICouncil.addSeat, (motion.coming, motion.threshold))
                    : abi.encodeCall(ICouncil.removeSeat, (motion.leaving, motion.threshold));
            }
        } else {
            speak(motion);
        }
        finish(motion);
    }

    /// @dev In the council of both: something new to do together, or approval of what the other proposed.
    function speak(Motion memory motion) private {
        motion.kind = PROPOSE_TO_BOTH;
        motion.act.target = address(councils[SHORES]);
        for (uint256 i = motions.length; i > 0 && motion.kind == PROPOSE_TO_BOTH; --i) {
            bool isAwaited = motions[i - 1].council == SHORES && motions[i - 1].isProposed
                && !hasApproved[i - 1][address(councils[motion.council])] && present < motions[i - 1].act.expiresAt;
            if (!isAwaited) continue;
            (motion.kind, motion.about) = (APPROVE_OF_BOTH, i - 1);
            motion.act.data = abi.encodeCall(ICouncil.approve, (motions[i - 1].id));
        }
        if (motion.kind == APPROVE_OF_BOTH) return;
        Motion memory joint;
        joint.council = SHORES;
        joint.act.target = address(ledger);
        joint.kind = oneIn(2) ? PAUSE : RESUME;
        joint.threshold = 1 << pick(4);
        joint.act.data = joint.kind == PAUSE
            ? abi.encodeCall(ICompanions.pause, (companion, uint128(joint.threshold)))
            : abi.encodeCall(ICompanions.resume, (companion, uint128(joint.threshold)));
        finish(joint);
        motion.about = motions.length;
        motions.push(joint);
        motion.act.data = abi.encodeCall(ICouncil.propose, (joint.act));
    }

    function finish(Motion memory motion) private view {
        motion.act.salt = bytes32(motions.length);
        motion.act.expiresAt = uint40(present + 12 days);
        motion.id = idOf(councils[motion.council], motion.act);
    }

    /// @dev What an executed act does.
    function carryOut(Motion storage motion) private {
        if (motion.kind == ENROL) ++enrolled;
        if (motion.kind == PAUSE) paused |= motion.threshold;
        if (motion.kind == RESUME) paused &= ~motion.threshold;
        if (motion.kind == CHANGE_SEATS) changeSeats(motion);
        if (motion.kind == PROPOSE_TO_BOTH) {
            assertTrue(!motions[motion.about].isProposed, "proposed twice");
            motions[motion.about].isProposed = true;
        }
        if (motion.kind == PROPOSE_TO_BOTH || motion.kind == APPROVE_OF_BOTH) {
            noteApproval(motion.about, address(councils[motion.council]));
        }
    }

    function changeSeats(Motion storage motion) private {
        address[] storage list = seats[motion.council];
        if (motion.leaving != address(0)) {
            uint256 place = placeOf(motion.council, motion.leaving);
            assertTrue(place < list.length, "unseated, and had no seat");
            list[place] = list[list.length - 1];
            list.pop();
            wasUnseated[motion.leaving] = true;
        }
        if (motion.coming != address(0)) {
            assertTrue(!wasUnseated[motion.coming], "seated again");
            list.push(motion.coming);
        }
        if (motion.leaving == address(0) || motion.coming == address(0)) {
            thresholds[motion.council] = motion.threshold;
        }
        for (uint256 i = 0; i < motions.length; ++i) {
            if (motions[i].council == motion.council) recount(i);
        }
    }

    function noteApproval(uint256 index, address seat) private {
        uint256 council = motions[index].council;
        assertTrue(placeOf(council, seat) < seats[council].length, "approved without a seat");
        assertTrue(!hasApproved[index][seat], "approved twice");
        assertTrue(motions[index].executedAt == 0, "approved when done");
        hasApproved[index][seat] = true;
        recount(index);
    }

    function recount(uint256 index) private {
        Motion storage motion = motions[index];
        address[] storage list = seats[motion.council];
        uint256 given;
        for (uint256 i = 0; i < list.length; ++i) {
            if (hasApproved[index][list[i]]) ++given;
        }
        if (given < thresholds[motion.council]) motion.readySince = 0;
        else if (motion.readySince == 0) motion.readySince = present;
    }

    /// @dev Enough approvals have stood for a time, and it is neither done nor too late.
    function isOpen(Motion storage motion, uint256 wait_) private view returns (bool) {
        bool isPending = motion.executedAt == 0 && present < motion.act.expiresAt;
        return isPending && motion.readySince != 0 && present >= motion.readySince + wait_;
    }

    function isReady(Motion storage motion) private view returns (bool) {
        bool isUrgent = motion.kind == PROPOSE_TO_BOTH || motion.kind == APPROVE_OF_BOTH || motion.kind == PAUSE;
        return isOpen(motion, isUrgent ? 0 : DELAY);
    }

    /// @dev A motion of a shore that is open, mostly, and a seat that has approved of it, or has not.
    function drawApproval(bool isGiven) private returns (uint256 index, address seat) {
        for (uint256 i = 0; i < 12; ++i) {
            index = pick(motions.length);
            seat = anySeat(motions[index].council == SHORES ? pick(SHORES) : motions[index].council);
            Motion storage motion = motions[index];
            bool isPending = motion.executedAt == 0 && present < motion.act.expiresAt;
            if ((motion.council != SHORES && isPending && hasApproved[index][seat] == isGiven) || oneIn(20)) {
                return (index, seat);
            }
        }
    }

    /// @dev Mostly; now and then an official of the other shore.
    function anySeat(uint256 council) private returns (address) {
        uint256 at = oneIn(12) ? 1 - council : council;
        return seats[at][pick(seats[at].length)];
    }

    function newOfficial() private returns (address coming) {
        coming = official(++officialsSoFar);
        numberOf[coming] = officialsSoFar;
    }

    function placeOf(uint256 council, address seat) private view returns (uint256 place) {
        while (place < seats[council].length && seats[council][place] != seat) ++place;
    }
}

/// @notice What holds of the councils, and of what they alone may change, after any sequence of calls, by anyone.
contract CouncilsInvariantTest is CouncilsHandler {
    function invariant_councilsHold() external view {
        checkInTurn();
    }

    function checkAll() internal view override {
        check_actIsExecutedOnce();
        check_approvalsAreTheirSeatsOwn();
        check_thresholdIsMoreThanHalfOfTheSeats();
        check_onlyExecutedActsChangeTheLedger();
        check_sequenceCountsTheEventsOfAll();
    }

    /// @dev What was executed stays so, with its time.
    function check_actIsExecutedOnce() private view {
        for (uint256 i = 0; i < motions.length; ++i) {
            assertEq(executedAt(councils[motions[i].council], motions[i].id), motions[i].executedAt, "executed at");
        }
    }

    /// @dev An approval is there if its seat gave it, by call or signature, and has not taken it back.
    function check_approvalsAreTheirSeatsOwn() private view {
        for (uint256 i = 0; i < motions.length; ++i) {
            Motion storage motion = motions[i];
            address[] storage list = seats[motion.council];
            for (uint256 n = 0; n < list.length; ++n) {
                bool found = councils[motion.council].approvals(motion.id, list[n]);
                assertTrue(found == hasApproved[i][list[n]], "approval");
            }
        }
    }

    /// @dev Seats are those that the council's own acts gave; an act needs more than half of them.
    function check_thresholdIsMoreThanHalfOfTheSeats() private view {
        for (uint256 i = 0; i < councils.length; ++i) {
            address[] memory found = councils[i].seats();
            assertEq(found.length, seats[i].length, "number of seats");
            assertEq(councils[i].threshold(), thresholds[i], "threshold");
            assertTrue(thresholds[i] * 2 > found.length && thresholds[i] <= found.length, "no majority");
            for (uint256 n = 0; n < found.length; ++n) {
                assertTrue(!wasUnseated[found[n]], "seated again");
            }
        }
    }

    /// @dev Members and pauses are just what executed acts made: a shore's of its own, both shores' of both.
    function check_onlyExecutedActsChangeTheLedger() private view {
        assertEq(ledger.membersEnrolled(), enrolled, "members");
        assertEq(field(Companion.unwrap(ledger.companions(companion)), 64, 128), paused, "pauses");
    }
}
