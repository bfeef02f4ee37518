// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice How a party or product is filed, in one word, from the most significant bit:
/// `kind 8, shore 8, version 32, member 32, filedAt 40, updatedAt 40, unused 96`.
type Filing is uint256;

using FilingLib for Filing global;

/// @title FilingLib
/// @notice Reads and derives the words of `filings`.
library FilingLib {
    uint256 private constant KIND = 248;
    uint256 private constant SHORE = 240;
    uint256 private constant VERSION = 208;
    uint256 private constant MEMBER = 176;
    uint256 private constant FILED_AT = 136;
    uint256 private constant UPDATED_AT = 96;

    uint8 internal constant PARTY = 1;
    uint8 internal constant PRODUCT = 2;

    /// @notice A subject newly filed, with no version yet.
    /// @param ofKind PARTY or PRODUCT
    /// @param atShore Code of the home shore
    /// @param at Unix seconds
    /// @return The word
    function filed(uint8 ofKind, uint8 atShore, uint256 at) internal pure returns (Filing) {
        return Filing.wrap(uint256(ofKind) << KIND | uint256(atShore) << SHORE | at << FILED_AT);
    }

    /// @notice The filing with one more version.
    /// @param self The word before
    /// @param member Number of the member that files it
    /// @param at Unix seconds
    /// @return The word after
    function updated(Filing self, uint256 member, uint256 at) internal pure returns (Filing) {
        uint256 replaced = uint256(type(uint32).max) << MEMBER | uint256(type(uint40).max) << UPDATED_AT;
        uint256 kept = Filing.unwrap(self) & ~replaced;
        return Filing.wrap((kept | member << MEMBER | at << UPDATED_AT) + (1 << VERSION));
    }

    /// @notice Whether the subject is filed.
    /// @param self The word
    /// @return Whether it is
    function exists(Filing self) internal pure returns (bool) {
        return Filing.unwrap(self) != 0;
    }

    /// @notice What is filed.
    /// @param self The word
    /// @return PARTY or PRODUCT
    function kind(Filing self) internal pure returns (uint8) {
        return uint8(Filing.unwrap(self) >> KIND);
    }

    /// @notice Its home shore.
    /// @param self The word
    /// @return Code of the shore
    function shore(Filing self) internal pure returns (uint8) {
        return uint8(Filing.unwrap(self) >> SHORE);
    }

    /// @notice How many versions it has.
    /// @param self The word
    /// @return The count
    function version(Filing self) internal pure returns (uint32) {
        return uint32(Filing.unwrap(self) >> VERSION);
    }
}
