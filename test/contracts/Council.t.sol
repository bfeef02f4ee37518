// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ledger} from "../../contracts/Ledger.sol";
import {Council} from "../../contracts/Council.sol";
import {ICompanions} from "../../contracts/interfaces/ICompanions.sol";
import {ICouncil} from "../../contracts/interfaces/ICouncil.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {CouncilTest} from "./support/CouncilTest.sol";
import {Log} from "./support/Vm.sol";

/// @title Bystander
/// @notice A contract that the ledger does not know.
contract Bystander {}

/// @title CouncilSeatsTest
/// @notice Who sits in a council, which ledger it governs, and what it calls.
contract CouncilSeatsTest is CouncilTest {
    uint256 private constant MOST_SEATS = 16;
    uint256 private constant COMPANIONS_SLOT = 13;
    bytes4[] private noneUrgent;

    // ----------------------------------------------------------- constructor

    function testFuzz_constructor_seatsAndThreshold(uint256 count, uint256 threshold, uint256 delay) public {
        count = count % MOST_SEATS + 1;
        threshold = count / 2 + 1 + threshold % (count - count / 2);
        Council other = new Council(officials(1, count), threshold, delay, noneUrgent);
        assertSeats(other, officials(1, count));
        assertEq(other.threshold(), threshold, "threshold");
        assertEq(other.delay(), delay, "delay");
        assertTrue(address(other.ledger()) == address(0), "ledger");
    }

    function test_constructor_namesUrgentFunctions() public {
        bytes4[] memory urgent = new bytes4[](2);
        (urgent[0], urgent[1]) = (ICompanions.pause.selector, ICouncil.withdrawApproval.selector);
        Council other = new Council(officials(1, 1), 1, DELAY, urgent);
        assertTrue(other.isUrgent(ICompanions.pause.selector), "pause");
        assertTrue(other.isUrgent(ICouncil.withdrawApproval.selector), "withdrawApproval");
        assertTrue(!other.isUrgent(ICompanions.resume.selector), "resume");
        assertTrue(!other.isUrgent(bytes4(0)), "nothing");
    }

    function test_constructor_tellsSeatsAndThreshold() public {
        vm.recordLogs();
        Council other = new Council(officials(1, 2), 2, DELAY, noneUrgent);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 3, "events");
        assertSeatLog(logs[0], other, official(1), true);
        assertSeatLog(logs[1], other, official(2), true);
        assertThresholdLog(logs[2], other, 2);
    }

    function testFuzz_constructor_revertsIfThresholdIsNoMajority(uint256 count, uint256 threshold) public {
        count = count % MOST_SEATS + 1;
        vm.assume(threshold > count || threshold * 2 <= count);
        assertUnseatable(officials(1, count), threshold, invalid(count, threshold));
    }

    function test_constructor_revertsIfThresholdIsAbsurd() public {
        assertUnseatable(officials(1, 3), type(uint256).max, invalid(3, type(uint256).max));
        assertUnseatable(officials(1, 3), 1 << 255, invalid(3, 1 << 255));
    }

    function test_constructor_revertsIfSeatsAreNoneOrTooMany() public {
        assertUnseatable(officials(1, 0), 0, invalid(0, 0));
        assertUnseatable(officials(1, 0), 1, invalid(0, 1));
        assertUnseatable(officials(1, MOST_SEATS + 1), MOST_SEATS, invalid(MOST_SEATS + 1, MOST_SEATS));
    }

    function test_constructor_revertsIfSeatIsTwiceOrNobody() public {
        address[] memory seats = officials(1, 3);
        seats[2] = seats[0];
        assertUnseatable(seats, 2, conflict(seats[0]));
        seats[2] = address(0);
        assertUnseatable(seats, 2, conflict(address(0)));
    }

    // ------------------------------------------------------------------ seats

    function test_replaceSeat_givesItToAnother() public {
        vm.recordLogs();
        doItself(abi.encodeCall(ICouncil.replaceSeat, (official(3), official(4))));
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 6, "proposed, approved twice, executed, and both changes");
        assertSeatLog(logs[4], council, official(3), false);
        assertSeatLog(logs[5], council, official(4), true);
        address[] memory seats = officials(1, 3);
        seats[2] = official(4);
        assertSeats(council, seats);
        assertEq(council.threshold(), 2, "threshold");
    }

    function test_replaceSeat_revertsIfSeatsDoNotFit() public {
        actAs(address(council));
        assertRefusedBy(replacing(official(4), official(5)), conflict(official(4)));
        assertRefusedBy(replacing(official(1), official(2)), conflict(official(2)));
        assertRefusedBy(replacing(official(1), address(0)), conflict(address(0)));
        assertRefusedBy(replacing(official(1), address(council)), conflict(address(council)));
        assertSeats(council, officials(1, 3));
    }

    function test_replaceSeat_revertsIfNextHadOneBefore() public {
        actAs(address(council));
        council.replaceSeat(official(1), official(4));
        assertRefusedBy(replacing(official(4), official(1)), conflict(official(1)));
        assertRefusedBy(replacing(official(4), official(4)), conflict(official(4)));
    }

    function test_addSeat_withItsThreshold() public {
        actAs(address(council));
        vm.recordLogs();
        council.addSeat(official(4), 3);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 2, "events");
        assertSeatLog(logs[0], council, official(4), true);
        assertThresholdLog(logs[1], council, 3);
        assertSeats(council, officials(1, 4));
        assertEq(council.threshold(), 3, "threshold");
    }

    function test_addSeat_revertsIfItDoesNotFit() public {
        actAs(address(council));
        assertRefusedBy(adding(official(3), 3), conflict(official(3)));
        assertRefusedBy(adding(address(0), 3), conflict(address(0)));
        assertRefusedBy(adding(official(4), 2), invalid(4, 2));
        assertRefusedBy(adding(official(4), 5), invalid(4, 5));
        assertSeats(council, officials(1, 3));
    }

    function test_addSeat_revertsIfThereAreSixteen() public {
        actAs(address(council));
        for (uint256 n = 4; n <= MOST_SEATS; ++n) {
            council.addSeat(official(n), n);
        }
        assertRefusedBy(adding(official(17), 17), invalid(17, 17));
        assertEq(council.seats().length, MOST_SEATS, "seats");
    }

    function test_removeSeat_downToOne() public {
        actAs(address(council));
        vm.recordLogs();
        council.removeSeat(official(3), 2);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 2, "events");
        assertSeatLog(logs[0], council, official(3), false);
        assertThresholdLog(logs[1], council, 2);
        council.removeSeat(official(2), 1);
        assertSeats(council, officials(1, 1));
        assertRefusedBy(abi.encodeCall(ICouncil.removeSeat, (official(1), 1)), invalid(0, 1));
        assertRefusedBy(abi.encodeCall(ICouncil.removeSeat, (official(1), 0)), invalid(0, 0));
    }

    function test_removeSeat_revertsIfItDoesNotFit() public {
        actAs(address(council));
        assertRefusedBy(abi.encodeCall(ICouncil.removeSeat, (official(4), 2)), conflict(official(4)));
        assertRefusedBy(abi.encodeCall(ICouncil.removeSeat, (official(3), 1)), invalid(2, 1));
        assertRefusedBy(abi.encodeCall(ICouncil.removeSeat, (official(3), 3)), invalid(2, 3));
        assertSeats(council, officials(1, 3));
    }

    function testFuzz_itself_revertsIfAnotherCalls(address caller) public {
        vm.assume(caller != address(council));
        bytes memory error = abi.encodeWithSelector(ICouncil.CouncilNotSelf.selector, caller);
        actAs(caller);
        assertRefusedBy(replacing(official(1), official(4)), error);
        assertRefusedBy(adding(official(4), 3), error);
        assertRefusedBy(abi.encodeCall(ICouncil.removeSeat, (official(3), 2)), error);
        assertRefusedBy(abi.encodeCall(ICouncil.adoptLedger, (ledger)), error);
    }

    function test_itself_revertsForItsOwnSeats() public {
        for (uint256 n = 1; n <= 3; ++n) {
            testFuzz_itself_revertsIfAnotherCalls(official(n));
        }
    }

    // ----------------------------------------------------------------- ledger

    function test_adoptLedger_once() public {
        vm.recordLogs();
        adopt();
        Log[] memory logs = vm.getRecordedLogs();
        bytes32 adopted = bytes32(uint256(uint160(address(ledger))));
        assertLog(logs[logs.length - 1], address(council), [ICouncil.LedgerAdopted.selector, adopted, 0], "");
        assertTrue(address(council.ledger()) == address(ledger), "ledger");
        Ledger other = new Ledger(address(council), KOREA, BOTH);
        actAs(address(council));
        assertRefusedBy(adopting(address(other)), adoptionError(address(other)));
        assertRefusedBy(adopting(address(ledger)), adoptionError(address(ledger)));
    }

    function test_adoptLedger_revertsIfNoContract() public {
        actAs(address(council));
        assertRefusedBy(adopting(address(0)), adoptionError(address(0)));
        assertRefusedBy(adopting(official(1)), adoptionError(official(1)));
    }

    function testFuzz_propose_callsOnlyItselfBeforeALedger(address target) public {
        vm.assume(target != address(council));
        assertForbidden(target);
        assertForbidden(address(ledger));
        propose(council, 1, act(address(council), "", 1));
    }

    function test_propose_callsOnlyWhatTheLedgerKnows() public {
        (address companion, address unknown) = (address(new Bystander()), address(new Bystander()));
        actAs(BOTH);
        ledger.addCompanion(companion, 1);
        adopt();
        address[6] memory allowed = [address(council), address(ledger), companion, KOREA, BOTH, address(council)];
        for (uint256 i = 0; i < allowed.length; ++i) {
            propose(council, 1, act(allowed[i], "", i));
        }
        address[5] memory others = [unknown, official(1), address(0), address(vm), address(2)];
        for (uint256 i = 0; i < others.length; ++i) {
            assertForbidden(others[i]);
        }
    }

    function test_propose_callsTheCouncilOfCnFromAnother() public {
        ledger = new Ledger(CHINA, address(council), BOTH);
        adopt();
        propose(council, 1, act(CHINA, "", 1));
    }

    /// @dev No ledger of today forgets a contract; a council asks again all the same, as it may adopt one that does.
    function test_execute_callsOnlyWhatTheLedgerStillKnows() public {
        address companion = address(new Bystander());
        actAs(BOTH);
        ledger.addCompanion(companion, 1);
        adopt();
        ICouncil.Act memory what = act(companion, "", 1);
        approve(council, 2, propose(council, 1, what));
        skip(DELAY);
        vm.store(address(ledger), keccak256(abi.encode(companion, COMPANIONS_SLOT)), 0);
        assertExecutionRefused(council, what, forbidden(companion));
    }

    // ----------------------------------------------------------------- helpers

    function doItself(bytes memory data) private {
        carryOut(council, [uint256(1), 2], act(address(council), data, 0));
    }

    function assertForbidden(address target) private {
        actAs(official(1));
        assertRefusedBy(abi.encodeCall(ICouncil.propose, (act(target, "", 7))), forbidden(target));
    }

    function assertRefusedBy(bytes memory call, bytes memory error) private {
        assertRefusedBy(address(council), call, error);
    }

    function assertUnseatable(address[] memory seats, uint256 threshold, bytes memory error) private {
        try new Council(seats, threshold, DELAY, noneUrgent) {
            revert AssertionFailed("deployed");
        } catch (bytes memory answer) {
            assertTrue(keccak256(answer) == keccak256(error), "refused with another error");
        }
    }

    function assertSeats(Council at, address[] memory expected) private view {
        address[] memory seats = at.seats();
        assertEq(seats.length, expected.length, "number of seats");
        for (uint256 i = 0; i < expected.length; ++i) {
            bool isSeated;
            for (uint256 j = 0; j < seats.length; ++j) {
                isSeated = isSeated || seats[j] == expected[i];
            }
            assertTrue(isSeated, "seat");
        }
    }

    function assertSeatLog(Log memory log, Council at, address seat, bool isSeated) private pure {
        bytes32 topic = bytes32(uint256(uint160(seat)));
        assertLog(log, address(at), [ICouncil.SeatChanged.selector, topic, 0], abi.encode(isSeated));
    }

    function assertThresholdLog(Log memory log, Council at, uint256 threshold) private pure {
        assertLog(log, address(at), [ICouncil.ThresholdChanged.selector, bytes32(0), 0], abi.encode(threshold));
    }

    function forbidden(address target) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICouncil.CouncilTargetForbidden.selector, target);
    }

    function conflict(address seat) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICouncil.CouncilSeatConflict.selector, seat);
    }

    function invalid(uint256 count, uint256 threshold) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICouncil.CouncilSeatsInvalid.selector, count, threshold);
    }

    function adoptionError(address given) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICouncil.CouncilLedgerInvalid.selector, given);
    }

    function replacing(address former, address next) private pure returns (bytes memory) {
        return abi.encodeCall(ICouncil.replaceSeat, (former, next));
    }

    function adding(address seat, uint256 threshold) private pure returns (bytes memory) {
        return abi.encodeCall(ICouncil.addSeat, (seat, threshold));
    }

    function adopting(address given) private pure returns (bytes memory) {
        return abi.encodeCall(ICouncil.adoptLedger, (ILedger(given)));
    }
}
