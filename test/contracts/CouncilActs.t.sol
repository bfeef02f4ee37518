// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Errors} from "@openzeppelin/contracts/utils/Errors.sol";
import {ICouncil} from "../../contracts/interfaces/ICouncil.sol";
import {IMembership} from "../../contracts/interfaces/IMembership.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {CouncilTest} from "./support/CouncilTest.sol";
import {Log} from "./support/Vm.sol";

/// @title CouncilActsTest
/// @notice How an act is proposed, approved and executed: by how many, after how long, how often.
contract CouncilActsTest is CouncilTest {
    uint16 private constant INVESTIGATION = 6;

    uint256 private begin;

    function setUp() public override {
        super.setUp();
        adopt();
        begin = present;
    }

    // ---------------------------------------------------------------- propose

    function testFuzz_proposalOf_bindsEveryField(ICouncil.Act memory what, ICouncil.Act memory other) public view {
        assertEq(council.proposalOf(what), idOf(council, what), "id");
        bool isSame = keccak256(abi.encode(what)) == keccak256(abi.encode(other));
        assertTrue(isSame || council.proposalOf(what) != council.proposalOf(other), "two acts with one id");
    }

    function test_propose_approvesForItsProposer() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = idOf(council, what);
        vm.recordLogs();
        assertEq(propose(council, 1, what), id, "id");
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 2, "events");
        bytes32 proposer = bytes32(uint256(uint160(official(1))));
        bytes memory data = abi.encode(what.target, what.data, what.salt, what.expiresAt);
        assertLog(logs[0], address(council), [ICouncil.ActProposed.selector, id, proposer], data);
        assertApprovalLog(logs[1], id, 1, true);
        (uint40 expiresAt, uint40 quorumTime, uint40 doneAt) = council.proposals(id);
        assertEq(expiresAt, CLOSE, "expiresAt");
        assertEq(quorumTime, 0, "quorumAt");
        assertEq(doneAt, 0, "executedAt");
        assertTrue(council.approvals(id, official(1)) && !council.approvals(id, official(2)), "approvals");
    }

    function test_propose_revertsIfNotSeat() public {
        actAs(official(4));
        bytes memory error = abi.encodeWithSelector(ICouncil.CouncilNotSeat.selector, official(4));
        assertRefusedBy(address(council), abi.encodeCall(ICouncil.propose, (enrolment(1))), error);
        (uint40 expiresAt,,) = council.proposals(idOf(council, enrolment(1)));
        assertEq(expiresAt, 0, "nothing half-written");
    }

    function test_propose_revertsIfProposedBefore() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = propose(council, 1, what);
        bytes memory call = abi.encodeCall(ICouncil.propose, (what));
        assertClosed(council, call, id);
        actAs(official(2));
        assertClosed(council, call, id);
        approve(council, 2, id);
        skip(DELAY);
        council.execute(what);
        assertClosed(council, call, id);
        comeTo(CLOSE);
        assertClosed(council, call, id);
    }

    function testFuzz_propose_revertsIfExpired(uint40 expiresAt) public {
        ICouncil.Act memory what = enrolment(1);
        what.expiresAt = expiresAt % uint40(begin + 1);
        actAs(official(1));
        assertClosed(council, abi.encodeCall(ICouncil.propose, (what)), idOf(council, what));
    }

    // ---------------------------------------------------------------- approve

    function test_approve_notesTheQuorum() public {
        bytes32 id = propose(council, 1, enrolment(1));
        skip(5);
        actAs(official(2));
        vm.recordLogs();
        council.approve(id);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "events");
        assertApprovalLog(logs[0], id, 2, true);
        assertEq(quorumAt(council, id), begin + 5, "quorumAt");
        skip(5);
        approve(council, 3, id);
        assertEq(quorumAt(council, id), begin + 5, "quorumAt, with an approval more");
    }

    function test_approve_revertsIfUnknown() public {
        actAs(official(1));
        assertClosed(council, abi.encodeCall(ICouncil.approve, (bytes32(uint256(1)))), bytes32(uint256(1)));
    }

    function test_approve_revertsIfNotSeat() public {
        bytes32 id = propose(council, 1, enrolment(1));
        actAs(official(4));
        bytes memory error = abi.encodeWithSelector(ICouncil.CouncilNotSeat.selector, official(4));
        assertRefusedBy(address(council), abi.encodeCall(ICouncil.approve, (id)), error);
    }

    function test_approve_revertsIfDoneBefore() public {
        bytes32 id = propose(council, 1, enrolment(1));
        assertUnchanged(abi.encodeCall(ICouncil.approve, (id)), id, 1);
    }

    function test_approve_revertsFromItsEndOn() public {
        bytes32 id = propose(council, 1, enrolment(1));
        comeTo(CLOSE - 1);
        approve(council, 2, id);
        comeTo(CLOSE);
        actAs(official(3));
        assertClosed(council, abi.encodeCall(ICouncil.approve, (id)), id);
    }

    function test_approve_revertsIfExecuted() public {
        bytes32 id = executed(enrolment(1));
        actAs(official(3));
        assertClosed(council, abi.encodeCall(ICouncil.approve, (id)), id);
    }

    // --------------------------------------------------------------- withdraw

    function test_withdrawApproval_takesItBack() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        actAs(official(2));
        vm.recordLogs();
        council.withdrawApproval(id);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1, "events");
        assertApprovalLog(logs[0], id, 2, false);
        assertTrue(!council.approvals(id, official(2)), "approval");
        skip(DELAY);
        assertNotReady(council, what, 1, 0);
        assertUnchanged(abi.encodeCall(ICouncil.withdrawApproval, (id)), id, 2);
    }

    function test_withdrawApproval_revertsIfNoneGiven() public {
        bytes32 id = propose(council, 1, enrolment(1));
        for (uint256 n = 2; n <= 4; ++n) {
            actAs(official(n));
            assertUnchanged(abi.encodeCall(ICouncil.withdrawApproval, (id)), id, n);
        }
    }

    function test_withdrawApproval_revertsIfClosed() public {
        bytes memory call = abi.encodeCall(ICouncil.withdrawApproval, (bytes32(0)));
        assertClosed(council, call, 0);
        bytes32 id = executed(enrolment(1));
        actAs(official(1));
        assertClosed(council, abi.encodeCall(ICouncil.withdrawApproval, (id)), id);
        id = propose(council, 1, enrolment(2));
        comeTo(CLOSE);
        assertClosed(council, abi.encodeCall(ICouncil.withdrawApproval, (id)), id);
    }

    // ---------------------------------------------------------------- execute

    function testFuzz_execute_byAnybody(address caller) public {
        vm.assume(caller != address(vm));
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        skip(DELAY);
        actAs(caller);
        vm.recordLogs();
        council.execute(what);
        Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 2, "events");
        assertLog(logs[0], address(council), [ICouncil.ActExecuted.selector, id, 0], "");
        assertTrue(logs[1].emitter == address(ledger), "then the ledger's own");
        assertEq(executedAt(council, id), begin + DELAY, "executedAt");
        assertEq(ledger.membersEnrolled(), 1, "enrolled");
    }

    function test_execute_revertsIfUnknown() public {
        bytes32 id = idOf(council, enrolment(1));
        assertClosed(council, abi.encodeCall(ICouncil.execute, (enrolment(1))), id);
    }

    function test_execute_revertsIfAnythingDiffers() public {
        quorate(enrolment(1));
        skip(DELAY);
        ICouncil.Act memory what = enrolment(1);
        what.target = address(council);
        assertUnknown(what);
        what = enrolment(1);
        what.data = abi.encodeCall(IMembership.enrol, (Role.CUSTOMS, 1, 0, PROFILE));
        assertUnknown(what);
        assertUnknown(enrolment(2));
        what = enrolment(1);
        what.expiresAt += 1;
        assertUnknown(what);
        council.execute(enrolment(1));
    }

    function test_execute_revertsBelowTheThreshold() public {
        propose(council, 1, enrolment(1));
        skip(DELAY);
        assertNotReady(council, enrolment(1), 1, 0);
        assertEq(ledger.membersEnrolled(), 0, "enrolled");
    }

    function test_execute_waitsFromTheQuorumOn() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = propose(council, 1, what);
        skip(30 days);
        approve(council, 2, id);
        assertNotReady(council, what, 2, begin + 30 days + DELAY);
        skip(DELAY - 1);
        assertNotReady(council, what, 2, begin + 30 days + DELAY);
        approve(council, 3, id);
        assertNotReady(council, what, 3, begin + 30 days + DELAY);
        skip(1);
        council.execute(what);
    }

    function test_execute_waitsAnewAfterAWithdrawal() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        skip(DELAY - 1);
        withdraw(council, 1, id);
        skip(1);
        approve(council, 1, id);
        assertNotReady(council, what, 2, begin + 2 * DELAY);
        skip(DELAY - 1);
        assertNotReady(council, what, 2, begin + 2 * DELAY);
        skip(1);
        council.execute(what);
    }

    function test_execute_doesNotWaitAnewWhileEnoughApprove() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        approve(council, 3, id);
        skip(DELAY - 1);
        withdraw(council, 1, id);
        approve(council, 1, id);
        skip(1);
        council.execute(what);
    }

    function test_execute_waitsAnewAfterAReplacedSeat() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        skip(DELAY);
        actAs(address(council));
        council.replaceSeat(official(2), official(4));
        assertNotReady(council, what, 1, 0);
        approve(council, 4, id);
        assertNotReady(council, what, 2, begin + 2 * DELAY);
        skip(DELAY);
        council.execute(what);
    }

    function test_execute_waitsAnewAfterALowerThreshold() public {
        actAs(address(council));
        council.addSeat(official(4), 3);
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        approve(council, 3, id);
        withdraw(council, 2, id);
        skip(DELAY);
        assertNotReady(council, what, 2, 0);
        actAs(address(council));
        council.removeSeat(official(4), 2);
        assertNotReady(council, what, 2, begin + 2 * DELAY);
        skip(DELAY);
        council.execute(what);
    }

    function test_execute_doesNotWaitAnewWhileTheThresholdStays() public {
        ICouncil.Act memory what = enrolment(1);
        quorate(what);
        skip(DELAY);
        actAs(address(council));
        council.removeSeat(official(3), 2);
        council.execute(what);
    }

    function test_execute_needsNoApprovalMoreAfterALowerThreshold() public {
        actAs(address(council));
        council.addSeat(official(4), 4);
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        approve(council, 3, id);
        actAs(address(council));
        council.removeSeat(official(4), 2);
        assertEq(quorumAt(council, id), 0, "no approval made the quorum");
        assertNotReady(council, what, 3, begin + DELAY);
        skip(DELAY);
        council.execute(what);
    }

    function test_execute_needsMoreAfterAHigherThreshold() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        skip(DELAY);
        actAs(address(council));
        council.addSeat(official(4), 3);
        assertNotReady(council, what, 2, 0);
        approve(council, 4, id);
        assertNotReady(council, what, 3, begin + 2 * DELAY);
    }

    function test_execute_countsNoApprovalOfAFormerSeat() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = propose(council, 3, what);
        actAs(address(council));
        council.replaceSeat(official(3), official(4));
        approve(council, 1, id);
        skip(DELAY);
        assertNotReady(council, what, 1, 0);
        actAs(official(3));
        bytes memory error = abi.encodeWithSelector(ICouncil.CouncilNotSeat.selector, official(3));
        assertRefusedBy(address(council), abi.encodeCall(ICouncil.approve, (id)), error);
    }

    function test_execute_doesNotWaitForUrgentFunctions() public {
        executed(enrolment(1));
        ICouncil.Act memory stop =
            act(address(ledger), abi.encodeCall(IMembership.suspendMember, (1, INVESTIGATION)), 1);
        bytes32 id = propose(council, 1, stop);
        assertNotReady(council, stop, 1, 0);
        approve(council, 2, id);
        council.execute(stop);
        assertEq(executedAt(council, id), present, "executed at once");
        ICouncil.Act memory resume =
            act(address(ledger), abi.encodeCall(IMembership.reinstateMember, (1, INVESTIGATION)), 1);
        quorate(resume);
        assertNotReady(council, resume, 2, present + DELAY);
    }

    function test_execute_once() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = executed(what);
        assertClosed(council, abi.encodeCall(ICouncil.execute, (what)), id);
        assertEq(ledger.membersEnrolled(), 1, "enrolled");
    }

    function test_execute_againWithAnotherSalt() public {
        executed(enrolment(1));
        quorate(enrolment(2));
        skip(DELAY);
        council.execute(enrolment(2));
        assertEq(ledger.membersEnrolled(), 2, "enrolled");
    }

    function test_execute_revertsFromItsEndOn() public {
        ICouncil.Act memory what = enrolment(1);
        bytes32 id = quorate(what);
        comeTo(CLOSE);
        assertClosed(council, abi.encodeCall(ICouncil.execute, (what)), id);
        comeTo(CLOSE - 1);
        council.execute(what);
    }

    function test_execute_passesOnWhyTheTargetRefused() public {
        bytes memory data = abi.encodeCall(IMembership.suspendMember, (7, INVESTIGATION));
        ICouncil.Act memory what = act(address(ledger), data, 1);
        bytes32 id = quorate(what);
        bytes memory error = abi.encodeWithSelector(IMembership.MembershipMemberUnknown.selector, 7);
        assertExecutionRefused(council, what, error);
        assertEq(executedAt(council, id), 0, "not executed");
        for (uint256 i = 0; i < 7; ++i) {
            actAs(address(council));
            ledger.enrol(Role.NODE, 1, 0, PROFILE);
        }
        council.execute(what);
    }

    function test_execute_revertsIfTheTargetRefusesWithoutAReason() public {
        ICouncil.Act memory what = act(address(ledger), hex"00", 1);
        quorate(what);
        skip(DELAY);
        assertExecutionRefused(council, what, abi.encodeWithSelector(Errors.FailedCall.selector));
    }

    function test_execute_takesNoValue() public {
        bytes memory call = abi.encodeCall(ICouncil.execute, (enrolment(1)));
        quorate(enrolment(1));
        skip(DELAY);
        signers.deal(official(1), 2);
        actAs(official(1));
        (bool done,) = address(council).call{value: 1}(call);
        assertTrue(!done, "payable");
        (done,) = address(council).call{value: 1}("");
        assertTrue(!done, "receives");
        (done,) = address(council).call(call);
        assertTrue(done, "without value");
    }

    // ----------------------------------------------------------------- helpers

    /// @dev Proposed by the first seat and approved by the second.
    function quorate(ICouncil.Act memory what) private returns (bytes32 id) {
        id = propose(council, 1, what);
        approve(council, 2, id);
    }

    function executed(ICouncil.Act memory what) private returns (bytes32 id) {
        id = quorate(what);
        skip(DELAY);
        council.execute(what);
    }

    function assertUnknown(ICouncil.Act memory what) private {
        assertClosed(council, abi.encodeCall(ICouncil.execute, (what)), idOf(council, what));
    }

    function assertUnchanged(bytes memory call, bytes32 id, uint256 seat) private {
        bytes4 error = ICouncil.CouncilApprovalUnchanged.selector;
        assertRefusedBy(address(council), call, abi.encodeWithSelector(error, id, official(seat)));
    }

    function assertApprovalLog(Log memory log, bytes32 id, uint256 seat, bool isApproved) private view {
        bytes32 topic = bytes32(uint256(uint160(official(seat))));
        bytes32[3] memory topics = [ICouncil.ApprovalChanged.selector, id, topic];
        assertLog(log, address(council), topics, abi.encode(isApproved));
    }
}
