// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Council} from "../../contracts/Council.sol";
import {Ledger} from "../../contracts/Ledger.sol";
import {ICouncil} from "../../contracts/interfaces/ICouncil.sol";
import {CouncilKernel} from "./kernel/CouncilKernel.sol";
import {CouncilActor} from "./support/CouncilTest.sol";
import {Simulation} from "./support/Simulation.sol";

/// @title KernelCouncilTest
/// @notice Approvals, withdrawals and executions at random in a council of two seats, CN's the first and KR's the second, and in its kernel.
contract KernelCouncilTest is CouncilActor, Simulation {
    uint256 private constant STEPS = 24;
    uint256 private constant ACTS = 2;

    Council private council;
    CouncilKernel private kernel;

    function testFuzz_council_doesNothingThatItsKernelRefuses(uint256 seed) public {
        simulate(seed);
    }

    /// @dev The runs above are worth something only if acts are executed.
    function test_council_executesInSomeRuns() public {
        uint256 executed;
        for (uint256 i = 0; i < 20; ++i) {
            if (simulate(i) > 0) ++executed;
        }
        assertTrue(executed >= 3 && executed <= 20, "none executed");
    }

    function simulate(uint256 seed) private returns (uint256 executed) {
        begin(seed);
        comeTo(START);
        council = new Council(officials(1, 2), 2, DELAY, new bytes4[](0));
        ledger = new Ledger(address(council), KOREA, BOTH);
        carryOut(council, [uint256(1), 2], act(address(council), abi.encodeCall(ICouncil.adoptLedger, (ledger)), 0));
        vm.stopPrank();
        kernel = new CouncilKernel(1 + pick(ACTS), DELAY);
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 n = 1 + pick(ACTS);
            uint256 choice = pick(8);
            if (choice < 4) approveOne(n, 1 + pick(2));
            else if (choice == 4) withdrawOne(n, 1 + pick(2));
            else executed += executeOne(n) ? 1 : 0;
            if (oneIn(2)) skip(pick(DELAY));
            compare(n);
        }
    }

    // --------------------------------------------------------------- actions

    /// @dev The first to approve proposes.
    function approveOne(uint256 n, uint256 seat) private {
        bytes32 proposal = idOf(council, enrolment(n));
        (uint256 expiresAt,,) = council.proposals(proposal);
        meaning(address(kernel), approval(seat, n, true));
        bytes memory call = expiresAt == 0
            ? abi.encodeCall(ICouncil.propose, (enrolment(n)))
            : abi.encodeCall(ICouncil.approve, (proposal));
        attempt(official(seat), address(council), call, true);
    }

    function withdrawOne(uint256 n, uint256 seat) private {
        meaning(address(kernel), approval(seat, n, false));
        bytes memory call = abi.encodeCall(ICouncil.withdrawApproval, (idOf(council, enrolment(n))));
        attempt(official(seat), address(council), call, true);
    }

    function executeOne(uint256 n) private returns (bool) {
        meaning(address(kernel), abi.encodeCall(CouncilKernel.execute, (n)));
        return attempt(official(3), address(council), abi.encodeCall(ICouncil.execute, (enrolment(n))), true);
    }

    function approval(uint256 seat, uint256 n, bool isFor) private pure returns (bytes memory) {
        return seat == 1
            ? abi.encodeCall(CouncilKernel.approveAsChina, (n, isFor))
            : abi.encodeCall(CouncilKernel.approveAsKorea, (n, isFor));
    }

    // -------------------------------------------------------------- outcomes

    function compare(uint256 n) private view {
        bytes32 proposal = idOf(council, enrolment(n));
        assertTrue((executedAt(council, proposal) != 0) == kernel.isExecuted(n), "executed");
        assertEq(quorumAt(council, proposal), kernel.quorumAt(n), "quorum");
        assertTrue(council.approvals(proposal, official(1)) == kernel.isApprovedByChina(n), "approval of CN");
        assertTrue(council.approvals(proposal, official(2)) == kernel.isApprovedByKorea(n), "approval of KR");
        kernel.holds();
    }
}
