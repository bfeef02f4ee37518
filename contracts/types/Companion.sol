// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice What the ledger knows of a contract that stands beside it, in one word, from the most significant bit:
/// `kind 8, version 16, addedAt 40, paused 128, unused 64`.
type Companion is uint256;

using CompanionLib for Companion global;

/// @title CompanionKind
/// @notice What a contract beside the ledger does.
library CompanionKind {
    uint8 internal constant CLEARANCE = 1;
    uint8 internal constant LABORATORIES = 2;
    uint8 internal constant REGISTRY = 3;
}

/// @title CompanionLib
/// @notice Reads and derives the words of `companions`.
library CompanionLib {
    uint256 private constant KIND = 248;
    uint256 private constant VERSION = 232;
    uint256 private constant ADDED_AT = 192;
    uint256 private constant PAUSED = 64;

    /// @notice Actions from this number on can never be paused: withdrawing, refusing, warning, stopping.
    uint8 internal constant FIRST_UNPAUSABLE = 128;

    /// @notice A contract newly added, with nothing paused.
    /// @param ofKind Code of what it does
    /// @param ofVersion Number among the contracts of its kind, the first being 1
    /// @param at Unix seconds
    /// @return The word
    function added(uint8 ofKind, uint16 ofVersion, uint256 at) internal pure returns (Companion) {
        return Companion.wrap(uint256(ofKind) << KIND | uint256(ofVersion) << VERSION | at << ADDED_AT);
    }

    /// @notice The contract with more actions paused.
    /// @param self The word before
    /// @param actions One bit for each action below FIRST_UNPAUSABLE
    /// @return The word after
    function paused(Companion self, uint128 actions) internal pure returns (Companion) {
        return Companion.wrap(Companion.unwrap(self) | uint256(actions) << PAUSED);
    }

    /// @notice The contract with fewer actions paused.
    /// @param self The word before
    /// @param actions One bit for each action that goes on
    /// @return The word after
    function resumed(Companion self, uint128 actions) internal pure returns (Companion) {
        return Companion.wrap(Companion.unwrap(self) & ~(uint256(actions) << PAUSED));
    }

    /// @notice Whether the contract was added at all.
    /// @param self The word
    /// @return False for an address that stands beside no ledger
    function exists(Companion self) internal pure returns (bool) {
        return Companion.unwrap(self) != 0;
    }

    /// @notice Whether an action is paused.
    /// @param self The word
    /// @param action Number of the action
    /// @return Never true from FIRST_UNPAUSABLE on
    function isPaused(Companion self, uint8 action) internal pure returns (bool) {
        return action < FIRST_UNPAUSABLE && Companion.unwrap(self) >> (PAUSED + action) & 1 != 0;
    }

    /// @notice What the contract does.
    /// @param self The word
    /// @return Code of the kind
    function kind(Companion self) internal pure returns (uint8) {
        return uint8(Companion.unwrap(self) >> KIND);
    }

    /// @notice Its number among the contracts of its kind.
    /// @param self The word
    /// @return The number, the first being 1
    function version(Companion self) internal pure returns (uint16) {
        return uint16(Companion.unwrap(self) >> VERSION);
    }
}
