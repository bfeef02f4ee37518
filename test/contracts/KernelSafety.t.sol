// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ISafety} from "../../contracts/interfaces/ISafety.sol";
import {AlertKernel} from "./kernel/AlertKernel.sol";
import {SafetyTest} from "./support/SafetyTest.sol";
import {Simulation} from "./support/Simulation.sol";

/// @title KernelSafetyTest
/// @notice Alerts and recalls at random, in the contract and in its kernel. An alert of `shore` is `10 * shore + n` there.
contract KernelSafetyTest is SafetyTest, Simulation {
    uint256 private constant STEPS = 24;
    uint256 private constant ALERTS = 2;
    uint256 private constant RECALLS = 2;

    AlertKernel private kernel;

    function testFuzz_alerts_doNothingThatTheirKernelRefuses(uint256 seed) public {
        simulate(seed);
    }

    /// @dev The runs above are worth something only if alerts are closed.
    function test_alerts_areClosedInSomeRuns() public {
        uint256 closed;
        for (uint256 i = 0; i < 20; ++i) {
            setUp();
            closed += simulate(i);
        }
        assertTrue(closed >= 3, "none closed");
    }

    function simulate(uint256 seed) private returns (uint256 closed) {
        begin(seed);
        kernel = new AlertKernel(key(anyShore(), 1 + pick(ALERTS)));
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 choice = pick(8);
            (uint8 shore, uint256 n, uint8 by) = (anyShore(), 1 + pick(ALERTS), anyShore());
            if (!oneIn(4)) by = shore;
            if (choice == 0) raiseOne(by, n);
            else if (choice == 1) openRecall(shore, n, by);
            else if (choice == 2) closeRecall(shore, n, by);
            else advanceOne(shore, n, by);
            closed += compare(shore, n);
        }
    }

    // --------------------------------------------------------------- actions

    function raiseOne(uint8 by, uint256 n) private {
        meaning(address(kernel), abi.encodeCall(AlertKernel.raise, (key(by, n), by)));
        uint32 owner = numberOf[regulatorOf(by)];
        run(by, abi.encodeCall(ISafety.raiseAlert, (bytes32(n), 2, owner, due(), EVIDENCE, lotsOf(by, n))));
    }

    function advanceOne(uint8 shore, uint256 n, uint8 by) private {
        // Mostly the next stage; else any, 0 and one that there is not among them.
        uint8 stage = oneIn(4) ? uint8(pick(7)) : uint8(kernel.stageOf(key(shore, n)) + 1);
        meaning(address(kernel), abi.encodeCall(AlertKernel.advance, (key(shore, n), by, stage)));
        uint40 dueAt = stage == CLOSED ? 0 : due();
        uint32 owner = numberOf[regulatorOf(by)];
        run(by, abi.encodeCall(ISafety.advanceAlert, (alertOf(shore, n), stage, owner, dueAt, EVIDENCE)));
    }

    function openRecall(uint8 shore, uint256 n, uint8 by) private {
        uint256 recall = 1 + pick(RECALLS);
        meaning(address(kernel), abi.encodeCall(AlertKernel.openRecall, (key(shore, n), by, recall)));
        ISafety.RecallOrder memory order = orderOf(regulatorOf(by), alertOf(shore, n));
        order.salt = bytes32(recall);
        run(by, abi.encodeCall(ISafety.openRecall, (order, one(lotsOf(shore, n)[recall - 1]))));
    }

    function closeRecall(uint8 shore, uint256 n, uint8 by) private {
        uint256 recall = 1 + pick(RECALLS);
        meaning(address(kernel), abi.encodeCall(AlertKernel.closeRecall, (key(shore, n), by, recall)));
        bytes32[] memory restored;
        run(by, abi.encodeCall(ISafety.closeRecall, (alertOf(shore, n), bytes32(recall), EVIDENCE, restored)));
    }

    function run(uint8 by, bytes memory call) private {
        attempt(regulatorOf(by), address(clearance), call, true);
    }

    // -------------------------------------------------------------- outcomes

    function compare(uint8 shore, uint256 n) private view returns (uint256 closed) {
        uint256 alert = key(shore, n);
        assertEq(clearance.alerts(alertOf(shore, n)).stage(), kernel.stageOf(alert), "stage");
        assertEq(clearance.alerts(alertOf(shore, n)).openRecalls(), kernel.openRecalls(alert), "open recalls");
        kernel.holds();
        return kernel.stageOf(alert) == CLOSED ? 1 : 0;
    }

    // -------------------------------------------------------------- internal

    function anyShore() private returns (uint8) {
        return oneIn(2) ? CN : KR;
    }

    function key(uint8 shore, uint256 n) private pure returns (uint256) {
        return 10 * uint256(shore) + n;
    }

    function alertOf(uint8 shore, uint256 n) private view returns (bytes32) {
        return alertId(regulatorOf(shore), bytes32(n));
    }

    /// @dev One lot for each recall of an alert, as a lot is recalled once by a shore.
    function lotsOf(uint8 shore, uint256 n) private pure returns (bytes32[] memory) {
        return lotKeys(10 * key(shore, n), RECALLS);
    }

    function regulatorOf(uint8 shore) private pure returns (address) {
        return shore == CN ? REGULATOR_CN : REGULATOR_KR;
    }
}
