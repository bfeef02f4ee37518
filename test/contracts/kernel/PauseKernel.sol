// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title PauseKernel
/// @notice What `Companions` rules about pausing: withdrawing, refusing and warning have numbers that no pause reaches.
contract PauseKernel {
    uint256 private constant FIRST_UNPAUSABLE = 128;

    mapping(uint256 action => bool) public isPaused;

    /// @dev Any action: what holds of it holds of all.
    uint256 private immutable action;

    constructor(uint256 action_) {
        action = action_;
    }

    function pause(uint256 named) external {
        require(named < FIRST_UNPAUSABLE); // guards E1
        isPaused[named] = true;
    }

    function resume(uint256 named) external {
        isPaused[named] = false;
    }

    function holds() external view {
        // E1: An action that withdraws, refuses or warns is never paused.
        assert(action < FIRST_UNPAUSABLE || !isPaused[action]);
    }
}
