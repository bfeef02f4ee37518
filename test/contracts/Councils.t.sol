// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Ledger} from "../../contracts/Ledger.sol";
import {Council} from "../../contracts/Council.sol";
import {ICompanions} from "../../contracts/interfaces/ICompanions.sol";
import {ICouncil} from "../../contracts/interfaces/ICouncil.sol";
import {IMembership} from "../../contracts/interfaces/IMembership.sol";
import {Role} from "../../contracts/types/Codes.sol";
import {Companion} from "../../contracts/types/Companion.sol";
import {CouncilActor} from "./support/CouncilTest.sol";

/// @title Returner
/// @notice A contract that makes calls back whenever it is called, and keeps their answers.
contract Returner {
    struct Call {
        address target;
        bytes data;
    }

    Call[] private calls;
    bytes[] public answers;
    uint256 public runs;

    function add(address target, bytes calldata data) external {
        calls.push(Call(target, data));
    }

    function run() external {
        ++runs;
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool done, bytes memory answer) = calls[i].target.call(calls[i].data);
            answers.push(done ? bytes("done") : answer);
        }
    }
}

/// @title CouncilsTest
/// @notice The three councils of a ledger: each shore's, whose seats are officials' keys, and that of both, whose seats are the other two.
contract CouncilsTest is CouncilActor {
    uint128 private constant FIRST_ACTION = 1;

    Council private china;
    Council private korea;
    Council private both;
    Returner private companion;

    function setUp() public {
        vm.warp(START);
        china = new Council(officials(1, 3), 2, DELAY, urgentAtAShore());
        korea = new Council(officials(11, 3), 2, DELAY, urgentAtAShore());
        address[] memory shores = new address[](2);
        (shores[0], shores[1]) = (address(china), address(korea));
        bytes4[] memory urgent = new bytes4[](1);
        urgent[0] = ICompanions.pause.selector;
        both = new Council(shores, 2, DELAY, urgent);
        ledger = new Ledger(address(china), address(korea), address(both));
        carryOut(china, [uint256(1), 2], adoption(china));
        carryOut(korea, [uint256(11), 12], adoption(korea));
        agree(adoption(both));
        skip(DELAY);
        both.execute(adoption(both));
        vm.stopPrank();
        companion = new Returner();
    }

    // ------------------------------------------------------------ both shores

    function test_addCompanion_needsBothShoresAndTheDelay() public {
        ICouncil.Act memory what = addition();
        bytes32 proposal = idOf(both, what);
        speak(china, 1, abi.encodeCall(ICouncil.propose, (what)));
        assertTrue(both.approvals(proposal, address(china)), "CN approves what it proposed");
        skip(DELAY);
        assertNotReady(both, what, 1, 0);
        speak(korea, 11, abi.encodeCall(ICouncil.approve, (proposal)));
        assertNotReady(both, what, 2, present + DELAY);
        skip(DELAY - 1);
        assertNotReady(both, what, 2, present + 1);
        skip(1);
        both.execute(what);
        assertTrue(ledger.companions(address(companion)).exists(), "added");
        assertClosed(both, abi.encodeCall(ICouncil.execute, (what)), proposal);
    }

    function test_addCompanion_neverByOneShore() public {
        ICouncil.Act memory what = addition();
        speak(china, 1, abi.encodeCall(ICouncil.propose, (what)));
        bytes32 proposal = idOf(both, what);
        // Neither all seats of the one shore, nor an official of the other alone, make up for the other's council.
        for (uint256 n = 1; n <= 3; ++n) {
            assertNoSeat(n, abi.encodeCall(ICouncil.approve, (proposal)));
        }
        assertNoSeat(11, abi.encodeCall(ICouncil.approve, (proposal)));
        skip(DELAY);
        assertNotReady(both, what, 1, 0);
        actAs(address(china));
        bytes memory call = abi.encodeCall(ICompanions.addCompanion, (address(companion), 1));
        bytes4 error = IMembership.MembershipNotAuthority.selector;
        assertRefusedBy(address(ledger), call, abi.encodeWithSelector(error, address(china), 3));
    }

    function test_addCompanion_notAfterAShoreThinksBetter() public {
        ICouncil.Act memory what = addition();
        agree(what);
        skip(DELAY - 1);
        speak(korea, 11, abi.encodeCall(ICouncil.withdrawApproval, (idOf(both, what))));
        skip(1);
        assertNotReady(both, what, 1, 0);
    }

    function test_pause_atOnce() public {
        ICouncil.Act memory what = addition();
        agree(what);
        skip(DELAY);
        both.execute(what);
        bytes memory pause = abi.encodeCall(ICompanions.pause, (address(companion), FIRST_ACTION));
        what = act(address(ledger), pause, 1);
        speak(china, 1, abi.encodeCall(ICouncil.propose, (what)));
        assertNotReady(both, what, 1, 0);
        speak(korea, 11, abi.encodeCall(ICouncil.approve, (idOf(both, what))));
        both.execute(what);
        assertTrue(isPaused(), "paused in the same second");
        bytes memory resume = abi.encodeCall(ICompanions.resume, (address(companion), FIRST_ACTION));
        what = act(address(ledger), resume, 2);
        agree(what);
        assertNotReady(both, what, 2, present + DELAY);
        skip(DELAY);
        both.execute(what);
        assertTrue(!isPaused(), "resumed");
    }

    function test_replaceSeat_ofTheCouncilOfBoth() public {
        Council next = new Council(officials(21, 3), 2, DELAY, urgentAtAShore());
        bytes memory replacing = abi.encodeCall(ICouncil.replaceSeat, (address(korea), address(next)));
        ICouncil.Act memory what = act(address(both), replacing, 1);
        agree(what);
        skip(DELAY);
        both.execute(what);
        speakRefused(korea, 11, abi.encodeCall(ICouncil.propose, (addition())), notSeat(address(korea)));
    }

    // ---------------------------------------------------------------- a shore

    function test_shores_enrolTheirOwn() public {
        bytes memory enrolment_ = abi.encodeCall(IMembership.enrol, (Role.CUSTOMS, 1, 0, PROFILE));
        carryOut(china, [uint256(3), 1], act(address(ledger), enrolment_, 1));
        carryOut(korea, [uint256(12), 13], act(address(ledger), enrolment_, 1));
        assertEq(ledger.members(1).shore(), 1, "CN");
        assertEq(ledger.members(2).shore(), 2, "KR");
        ICouncil.Act memory what = act(address(ledger), abi.encodeCall(IMembership.suspendMember, (2, 6)), 2);
        approve(china, 2, propose(china, 1, what));
        bytes4 error = IMembership.MembershipNotAuthority.selector;
        assertExecutionRefused(china, what, abi.encodeWithSelector(error, address(china), 2));
        what = act(address(korea), abi.encodeCall(ICouncil.replaceSeat, (official(11), official(1))), 3);
        approve(china, 2, propose(china, 1, what));
        skip(DELAY);
        error = ICouncil.CouncilNotSelf.selector;
        assertExecutionRefused(china, what, abi.encodeWithSelector(error, address(china)));
    }

    // ------------------------------------------------------------- calls back

    function test_execute_onceThoughTheTargetCallsBack() public {
        addTheCompanion();
        ICouncil.Act memory what = act(address(companion), abi.encodeCall(Returner.run, ()), 1);
        bytes32 proposal = idOf(china, what);
        companion.add(address(china), abi.encodeCall(ICouncil.execute, (what)));
        companion.add(address(china), abi.encodeCall(ICouncil.propose, (what)));
        companion.add(address(china), abi.encodeCall(ICouncil.approve, (proposal)));
        companion.add(address(china), abi.encodeCall(ICouncil.withdrawApproval, (proposal)));
        companion.add(address(china), abi.encodeCall(ICouncil.replaceSeat, (official(1), address(companion))));
        companion.add(address(ledger), abi.encodeCall(IMembership.enrol, (Role.NODE, 1, 0, PROFILE)));
        carryOut(china, [uint256(1), 2], what);
        assertEq(companion.runs(), 1, "runs");
        bytes memory closed = abi.encodeWithSelector(ICouncil.CouncilProposalClosed.selector, proposal);
        for (uint256 i = 0; i < 4; ++i) {
            assertAnswer(i, closed);
        }
        assertAnswer(4, abi.encodeWithSelector(ICouncil.CouncilNotSelf.selector, address(companion)));
        bytes4 error = IMembership.MembershipNotAuthority.selector;
        assertAnswer(5, abi.encodeWithSelector(error, address(companion), 0));
    }

    function test_execute_anotherActInACallBack() public {
        addTheCompanion();
        ICouncil.Act memory inner = enrolment(1);
        approve(china, 2, propose(china, 1, inner));
        ICouncil.Act memory unripe = enrolment(2);
        propose(china, 1, unripe);
        companion.add(address(china), abi.encodeCall(ICouncil.execute, (inner)));
        companion.add(address(china), abi.encodeCall(ICouncil.execute, (inner)));
        companion.add(address(china), abi.encodeCall(ICouncil.execute, (unripe)));
        carryOut(china, [uint256(1), 2], act(address(companion), abi.encodeCall(Returner.run, ()), 1));
        assertAnswer(0, "done");
        assertAnswer(1, abi.encodeWithSelector(ICouncil.CouncilProposalClosed.selector, idOf(china, inner)));
        assertAnswer(2, abi.encodeWithSelector(ICouncil.CouncilNotReady.selector, idOf(china, unripe), 1, 0));
        assertEq(ledger.membersEnrolled(), 1, "enrolled once");
    }

    // ----------------------------------------------------------------- helpers

    /// @dev Stopping, and speaking in the council of both, which has a delay of its own.
    function urgentAtAShore() private pure returns (bytes4[] memory urgent) {
        urgent = new bytes4[](4);
        (urgent[0], urgent[1]) = (IMembership.suspendMember.selector, ICouncil.propose.selector);
        (urgent[2], urgent[3]) = (ICouncil.approve.selector, ICouncil.withdrawApproval.selector);
    }

    function adoption(Council at) private view returns (ICouncil.Act memory) {
        return act(address(at), abi.encodeCall(ICouncil.adoptLedger, (ledger)), 0);
    }

    function addition() private view returns (ICouncil.Act memory) {
        return act(address(ledger), abi.encodeCall(ICompanions.addCompanion, (address(companion), 1)), 0);
    }

    function addTheCompanion() private {
        actAs(address(both));
        ledger.addCompanion(address(companion), 1);
    }

    function isPaused() private view returns (bool) {
        return field(Companion.unwrap(ledger.companions(address(companion))), 64, 128) == FIRST_ACTION;
    }

    /// @dev Two officials of a shore, from `first` on, have their council say something in the council of both.
    function speak(Council shore, uint256 first, bytes memory words) private {
        shore.execute(decided(shore, first, words));
    }

    function speakRefused(Council shore, uint256 first, bytes memory words, bytes memory error) private {
        assertExecutionRefused(shore, decided(shore, first, words), error);
    }

    function decided(Council shore, uint256 first, bytes memory words) private returns (ICouncil.Act memory what) {
        what = act(address(both), words, present);
        bytes32 proposal = propose(shore, first, what);
        approve(shore, first + 1, proposal);
    }

    /// @dev CN proposes, KR approves.
    function agree(ICouncil.Act memory what) private {
        speak(china, 1, abi.encodeCall(ICouncil.propose, (what)));
        speak(korea, 11, abi.encodeCall(ICouncil.approve, (idOf(both, what))));
    }

    function assertNoSeat(uint256 number, bytes memory call) private {
        actAs(official(number));
        assertRefusedBy(address(both), call, notSeat(official(number)));
    }

    function assertAnswer(uint256 index, bytes memory expected) private view {
        assertTrue(keccak256(companion.answers(index)) == keccak256(expected), "answer");
    }

    function notSeat(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICouncil.CouncilNotSeat.selector, account);
    }
}
