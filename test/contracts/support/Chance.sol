// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title Chance
/// @notice Draws as many choices as a test needs from the one number that the fuzzer gives it.
abstract contract Chance {
    uint256 private entropy;

    /// @dev What follows is drawn from this seed.
    function begin(uint256 seed) internal {
        entropy = seed;
    }

    /// @dev A number below `count`.
    function pick(uint256 count) internal returns (uint256) {
        entropy = uint256(keccak256(abi.encode(entropy)));
        return entropy % count;
    }

    /// @dev True once in `count` times.
    function oneIn(uint256 count) internal returns (bool) {
        return pick(count) == 0;
    }
}
