// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Status} from "./Codes.sol";

/// @notice A member's standing in one word, from the most significant bit:
/// `shore 8, roles 16, validFrom 40, validUntil 40, suspendedAt 40, reinstatedAt 40, reason 8, accounts 8, state 8, unused 48`.
type Member is uint256;

using MemberLib for Member global;

/// @title MemberLib
/// @notice Reads and derives the words of `members`.
library MemberLib {
    uint256 private constant SHORE = 248;
    uint256 private constant ROLES = 232;
    uint256 private constant VALID_FROM = 192;
    uint256 private constant VALID_UNTIL = 152;
    uint256 private constant SUSPENDED_AT = 112;
    uint256 private constant REINSTATED_AT = 72;
    uint256 private constant REASON = 64;
    uint256 private constant ACCOUNTS = 56;
    uint256 private constant STATE = 48;

    uint256 private constant TERM_FIELDS = uint256(type(uint96).max) << VALID_UNTIL;
    uint256 private constant STANDING_FIELDS = uint256(type(uint88).max) << REASON | uint256(type(uint8).max) << STATE;
    uint256 private constant SUSPENDED_AT_FIELD = uint256(type(uint40).max) << SUSPENDED_AT;

    /// @notice A member newly enrolled: active, with no account.
    /// @param atShore Code of the shore
    /// @return The word, without roles and validity
    function enrolled(uint8 atShore) internal pure returns (Member) {
        return Member.wrap(uint256(atShore) << SHORE | uint256(Status.ACTIVE) << STATE);
    }

    /// @notice The member with other roles and validity.
    /// @param self The word before
    /// @param newRoles Bits of the roles
    /// @param from Unix seconds
    /// @param until Unix seconds; 0: no end
    /// @return The word after
    function withTerms(Member self, uint16 newRoles, uint40 from, uint40 until) internal pure returns (Member) {
        return Member.wrap(
            Member.unwrap(self) & ~TERM_FIELDS | uint256(newRoles) << ROLES | uint256(from) << VALID_FROM
                | uint256(until) << VALID_UNTIL
        );
    }

    /// @notice The member suspended; an earlier reinstatement is no longer shown.
    /// @param self The word before
    /// @param reason Code of the reason
    /// @param at Unix seconds
    /// @return The word after
    function suspended(Member self, uint8 reason, uint256 at) internal pure returns (Member) {
        return Member.wrap(
            Member.unwrap(self) & ~(STANDING_FIELDS | SUSPENDED_AT_FIELD) | at << SUSPENDED_AT | uint256(reason)
                << REASON | uint256(Status.SUSPENDED) << STATE
        );
    }

    /// @notice The member reinstated; when it was suspended stays.
    /// @param self The word before
    /// @param reason Code of the reason
    /// @param at Unix seconds
    /// @return The word after
    function reinstated(Member self, uint8 reason, uint256 at) internal pure returns (Member) {
        return Member.wrap(
            Member.unwrap(self) & ~STANDING_FIELDS | Member.unwrap(self) & SUSPENDED_AT_FIELD | at << REINSTATED_AT
                | uint256(reason) << REASON | uint256(Status.ACTIVE) << STATE
        );
    }

    /// @notice The member with another number of accounts.
    /// @param self The word before
    /// @param count Accounts that are not withdrawn
    /// @return The word after
    function withAccounts(Member self, uint256 count) internal pure returns (Member) {
        return Member.wrap(Member.unwrap(self) & ~(uint256(type(uint8).max) << ACCOUNTS) | count << ACCOUNTS);
    }

    /// @notice The member's shore.
    /// @param self The word
    /// @return Code of the shore; 0 where there is no such member
    function shore(Member self) internal pure returns (uint8) {
        return uint8(Member.unwrap(self) >> SHORE);
    }

    /// @notice What the member is accredited for.
    /// @param self The word
    /// @return Bits of the roles
    function roles(Member self) internal pure returns (uint16) {
        return uint16(Member.unwrap(self) >> ROLES);
    }

    /// @notice Start of the accreditation.
    /// @param self The word
    /// @return Unix seconds
    function validFrom(Member self) internal pure returns (uint40) {
        return uint40(Member.unwrap(self) >> VALID_FROM);
    }

    /// @notice End of the accreditation.
    /// @param self The word
    /// @return Unix seconds; 0: no end
    function validUntil(Member self) internal pure returns (uint40) {
        return uint40(Member.unwrap(self) >> VALID_UNTIL);
    }

    /// @notice Standing.
    /// @param self The word
    /// @return ACTIVE or SUSPENDED
    function state(Member self) internal pure returns (uint8) {
        return uint8(Member.unwrap(self) >> STATE);
    }
}
