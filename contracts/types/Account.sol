// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Status} from "./Codes.sol";
import {Member} from "./Member.sol";

/// @notice All that a write must know of the account that sends it, in one word, from the most significant bit:
/// `member 32, roles 16, validFrom 40, validUntil 40, shore 8, state 8, unused 112`.
type Account is uint256;

using AccountLib for Account global;

/// @title AccountLib
/// @notice Reads and derives the words of `accounts`.
library AccountLib {
    uint256 private constant MEMBER = 224;
    uint256 private constant ROLES = 208;
    uint256 private constant VALID_FROM = 168;
    uint256 private constant VALID_UNTIL = 128;
    uint256 private constant SHORE = 120;
    uint256 private constant STATE = 112;

    /// @notice An account as its member's standing makes it.
    /// @param number The member's number
    /// @param owner The member's word: roles, validity, shore and state are its
    /// @param until Unix seconds from which on the account ends before its member does; 0: with it
    /// @return The word
    function authorised(uint256 number, Member owner, uint40 until) internal pure returns (Account) {
        return Account.wrap(
            number << MEMBER | uint256(owner.roles()) << ROLES | uint256(owner.validFrom()) << VALID_FROM
                | uint256(_earlier(until, owner.validUntil())) << VALID_UNTIL | uint256(owner.shore()) << SHORE
                | uint256(owner.state()) << STATE
        );
    }

    /// @notice The account withdrawn, for good.
    /// @param self The word before
    /// @return The word after
    function withdrawn(Account self) internal pure returns (Account) {
        return
            Account.wrap(Account.unwrap(self) & ~(uint256(type(uint8).max) << STATE) | uint256(Status.REVOKED) << STATE);
    }

    /// @notice Whether the account may write: active, and `at` within its validity, whose end is excluded.
    /// @dev Without branches, which every write would pay for. A difference that is negative has its top bit set; an end of 0, none, wraps
    /// round to the largest.
    /// @param self The word
    /// @param at Unix seconds
    /// @return Whether it may
    function isLive(Account self, uint256 at) internal pure returns (bool) {
        uint256 word = Account.unwrap(self);
        unchecked {
            uint256 sinceStart = at - uint40(word >> VALID_FROM);
            uint256 untilEnd = uint40((word >> VALID_UNTIL) - 1) - at;
            uint256 inactive = uint256(uint8(word >> STATE)) ^ uint256(Status.ACTIVE);
            return inactive | (sinceStart | untilEnd) >> 255 == 0;
        }
    }

    /// @notice The member whose account it is.
    /// @param self The word
    /// @return Number of the member; 0 where the account was never authorised
    function member(Account self) internal pure returns (uint256) {
        return Account.unwrap(self) >> MEMBER;
    }

    /// @notice What the account may do.
    /// @param self The word
    /// @return Bits of the roles
    function roles(Account self) internal pure returns (uint16) {
        return uint16(Account.unwrap(self) >> ROLES);
    }

    /// @notice Shore of the member.
    /// @param self The word
    /// @return Code of the shore
    function shore(Account self) internal pure returns (uint8) {
        return uint8(Account.unwrap(self) >> SHORE);
    }

    /// @notice End of the account.
    /// @param self The word
    /// @return Unix seconds; 0: no end
    function validUntil(Account self) internal pure returns (uint40) {
        return uint40(Account.unwrap(self) >> VALID_UNTIL);
    }

    /// @notice Standing.
    /// @param self The word
    /// @return ACTIVE; SUSPENDED with its member; REVOKED when withdrawn
    function state(Account self) internal pure returns (uint8) {
        return uint8(Account.unwrap(self) >> STATE);
    }

    /// @dev The earlier of two ends, 0 being no end.
    function _earlier(uint40 a, uint40 b) private pure returns (uint40) {
        if (a == 0) return b;
        return b == 0 || a < b ? a : b;
    }
}
