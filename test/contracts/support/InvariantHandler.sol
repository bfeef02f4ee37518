// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {INotary} from "../../../contracts/interfaces/INotary.sol";
import {Chance} from "./Chance.sol";
import {LedgerActor} from "./LedgerTest.sol";
import {Log} from "./Vm.sol";

/// @notice What the runner may call of a contract.
struct FuzzSelector {
    address addr;
    bytes4[] selectors;
}

/// @title InvariantHandler
/// @notice What invariant runs share. A suite is its own handler: the runner calls its actions at random, each draws what it
/// does from its seed, mostly something that is allowed, and a model keeps what must come of it. An action reverts only where the model
/// is contradicted; what is refused must leave everything as it was.
abstract contract InvariantHandler is LedgerActor, Chance {
    error ActionNotDone(bytes4 action, uint256 count);
    error MostlyRefused(uint256 done, uint256 actions);

    /// @dev Steps of the long run that must do every action, and how often it must do each.
    uint256 private constant STEPS = 1000;
    uint256 private constant TIMES = 5;
    /// @dev Actions between two checks: each prefix of a run is a run as well, and to check after each action takes several times as long.
    uint256 private constant SPAN = 8;

    /// @dev How often each action did something.
    mapping(bytes4 action => uint256 count) internal doneBy;
    uint256 private turns;
    uint256 private done;
    /// @dev Events so far, of the ledger and all beside it.
    uint256 internal events;

    /// @dev What follows is drawn from the action's seed.
    modifier drawn(uint256 seed) {
        begin(seed);
        ++turns;
        _;
    }

    /// @dev The actions that the runner calls.
    function actions() internal pure virtual returns (bytes4[] memory);

    /// @dev All that must hold after each action.
    function checkAll() internal view virtual;

    /// @dev Checks it after each eighth action of a run.
    function checkInTurn() internal view {
        if (turns % SPAN == 0) checkAll();
    }

    // ----------------------------------------------------------- for the runner

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), actions());
    }

    /// @notice All holds at the end of a run, too; and the run showed something: at least a quarter of its actions were done.
    function afterInvariant() external view {
        checkAll();
        if (done * 4 < turns) revert MostlyRefused(done, turns);
    }

    /// @notice Every action does something, many times in a long run; and all holds at its end.
    function test_everyActionIsDone() external {
        bytes4[] memory all = actions();
        for (uint256 i = 0; i < STEPS; ++i) {
            bytes4 action = all[uint256(keccak256(abi.encode("action", i))) % all.length];
            (bool isRight,) = address(this).call(abi.encodeWithSelector(action, uint256(keccak256(abi.encode(i)))));
            assertTrue(isRight, "model contradicted");
        }
        for (uint256 i = 0; i < all.length; ++i) {
            if (doneBy[all[i]] < TIMES) revert ActionNotDone(all[i], doneBy[all[i]]);
        }
        checkAll();
    }

    // ------------------------------------------------------------------ acting

    function pass(uint256 duration) internal {
        vm.warp(block.timestamp + duration);
        ++done;
        ++doneBy[msg.sig];
    }

    /// @dev Calls as somebody; counts what was done by the action that asked for it, and the events that it emitted.
    function attempt(address sender, address target, bytes memory call) internal returns (bool isDone) {
        vm.recordLogs(); // once more in each call of the run: recording does not outlast one
        actAs(sender);
        (isDone,) = target.call(call);
        vm.stopPrank();
        if (!isDone) return false; // the runner records the logs of reverted calls as well
        ++done;
        ++doneBy[msg.sig];
        countEvents();
    }

    /// @dev Each event carries the next number of the one sequence, whichever contract it is of.
    function countEvents() private {
        Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (!isNumbered(logs[i].emitter)) continue;
            bytes memory data = logs[i].data;
            uint256 last;
            assembly ("memory-safe") {
                last := mload(add(data, mload(data)))
            }
            bool isPacked = logs[i].topics[0] == INotary.StatusChanged.selector;
            assertEq(isPacked ? uint64(last) : last, ++events, "number of an event");
        }
    }

    /// @dev Whether a contract's events have numbers: all but the councils'.
    function isNumbered(address) internal view virtual returns (bool) {
        return true;
    }

    function check_sequenceCountsTheEventsOfAll() internal view {
        assertEq(ledger.sequence(), events, "sequence");
    }
}
