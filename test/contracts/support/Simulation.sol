// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Chance} from "./Chance.sol";
import {LedgerActor} from "./LedgerTest.sol";

/// @title Simulation
/// @notice Ties kernels to the deployed contracts: what a contract does, its kernels do too. So what no calls of a kernel can bring about, no
/// calls of the contract can. A kernel leaves rules out; where all that apply are in it, what it does the contract does too.
abstract contract Simulation is LedgerActor, Chance {
    error Possible();

    struct Step {
        address kernel;
        bytes call;
    }

    Step[] private steps;

    /// @dev What the kernels must do in the next `attempt`.
    function meaning(address kernel, bytes memory call) internal {
        steps.push(Step(kernel, call));
    }

    /// @dev Whether a contract does what is asked; the kernels go along. `isWhole`: the kernels hold every rule that applies.
    function attempt(address caller, address target, bytes memory call, bool isWhole) internal returns (bool isDone) {
        actAs(caller);
        (isDone,) = target.call(call);
        vm.stopPrank();
        if (isDone) {
            follow();
        } else if (isWhole) {
            (, bytes memory answer) = address(this).call(abi.encodeCall(this.rehearse, ()));
            assertTrue(bytes4(answer) != Possible.selector, "refused, and possible in the kernels");
        }
        delete steps;
    }

    /// @dev Reverts with `Possible` if the kernels would go along.
    function rehearse() external {
        follow();
        revert Possible();
    }

    function follow() private {
        for (uint256 i = 0; i < steps.length; ++i) {
            (bool isDone,) = steps[i].kernel.call(steps[i].call);
            assertTrue(isDone, "done, and impossible in a kernel");
        }
    }
}
