// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice A credential key's standing in one word, from the most significant bit:
/// `member 32, validFrom 40, validUntil 40, revokedAt 40, compromisedSince 40, unused 64`.
type Key is uint256;

using KeyLib for Key global;

/// @title KeyLib
/// @notice Reads and derives the words of `keys`.
library KeyLib {
    uint256 private constant MEMBER = 224;
    uint256 private constant VALID_FROM = 184;
    uint256 private constant VALID_UNTIL = 144;
    uint256 private constant REVOKED_AT = 104;
    uint256 private constant COMPROMISED_SINCE = 64;

    /// @notice A key newly registered.
    /// @param owner Number of the member
    /// @param from Unix seconds
    /// @param until Unix seconds; 0: no end
    /// @return The word
    function registered(uint256 owner, uint40 from, uint40 until) internal pure returns (Key) {
        return Key.wrap(owner << MEMBER | uint256(from) << VALID_FROM | uint256(until) << VALID_UNTIL);
    }

    /// @notice The key revoked.
    /// @param self The word of a key that is not revoked
    /// @param at Unix seconds
    /// @return The word after
    function revoked(Key self, uint256 at) internal pure returns (Key) {
        return Key.wrap(Key.unwrap(self) | at << REVOKED_AT);
    }

    /// @notice The key declared compromised.
    /// @param self The word before
    /// @param since Unix seconds
    /// @return The word after
    function compromised(Key self, uint40 since) internal pure returns (Key) {
        return Key.wrap(
            Key.unwrap(self) & ~(uint256(type(uint40).max) << COMPROMISED_SINCE) | uint256(since) << COMPROMISED_SINCE
        );
    }

    /// @notice The member whose key it is.
    /// @param self The word
    /// @return Number of the member; 0 where the key was never registered
    function member(Key self) internal pure returns (uint256) {
        return Key.unwrap(self) >> MEMBER;
    }

    /// @notice When the key was revoked.
    /// @param self The word
    /// @return Unix seconds; 0: not revoked
    function revokedAt(Key self) internal pure returns (uint40) {
        return uint40(Key.unwrap(self) >> REVOKED_AT);
    }

    /// @notice Since when the key is in other hands.
    /// @param self The word
    /// @return Unix seconds; 0: not compromised
    function compromisedSince(Key self) internal pure returns (uint40) {
        return uint40(Key.unwrap(self) >> COMPROMISED_SINCE);
    }
}
