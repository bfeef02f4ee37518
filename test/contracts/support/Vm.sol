// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice A recorded log.
struct Log {
    bytes32[] topics;
    bytes data;
    address emitter;
}

/// @title Vm
/// @notice The few cheatcodes that the tests use.
interface Vm {
    function assume(bool condition) external pure;
    function getRecordedLogs() external returns (Log[] memory logs);
    function load(address target, bytes32 slot) external view returns (bytes32 word);
    function recordLogs() external;
    function snapshotGasLastCall(string calldata name) external returns (uint256 gas);
    function startPrank(address sender) external;
    function stopPrank() external;
    function store(address target, bytes32 slot, bytes32 word) external;
    function warp(uint256 timestamp) external;
}
