// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice A verification after clearance, in one word, from the most significant bit:
/// `state 8, outcome 8, office 32, requestedAt 40, dueAt 40, repliedAt 40, concludedAt 40, unused 48`.
type Inquiry is uint256;

using InquiryLib for Inquiry global;

/// @title InquiryLib
/// @notice Reads and derives the words of `inquiries`.
library InquiryLib {
    uint256 private constant STATE = 248;
    uint256 private constant OUTCOME = 240;
    uint256 private constant OFFICE = 208;
    uint256 private constant REQUESTED_AT = 168;
    uint256 private constant DUE_AT = 128;
    uint256 private constant REPLIED_AT = 88;
    uint256 private constant CONCLUDED_AT = 48;

    uint8 internal constant REQUESTED = 1;
    uint8 internal constant REPLIED = 2;
    uint8 internal constant CONCLUDED = 3;

    /// @notice The certificate stands.
    uint8 internal constant CONFIRMED = 1;
    /// @notice The preference is denied.
    uint8 internal constant DENIED = 2;
    /// @notice The preference is denied because nobody replied in time.
    uint8 internal constant NO_REPLY = 3;

    /// @notice A verification newly requested.
    /// @param byOffice Member number of the customs office
    /// @param at Unix seconds
    /// @param due Unix seconds until which a reply is waited for
    /// @return The word
    function requested(uint256 byOffice, uint256 at, uint256 due) internal pure returns (Inquiry) {
        return Inquiry.wrap(uint256(REQUESTED) << STATE | byOffice << OFFICE | at << REQUESTED_AT | due << DUE_AT);
    }

    /// @notice The verification after its reply.
    /// @param self The word before, in the state REQUESTED
    /// @param at Unix seconds
    /// @return The word after
    function replied(Inquiry self, uint256 at) internal pure returns (Inquiry) {
        return Inquiry.wrap(Inquiry.unwrap(self) + (uint256(REPLIED - REQUESTED) << STATE) | at << REPLIED_AT);
    }

    /// @notice The verification after its conclusion.
    /// @param self The word before
    /// @param how CONFIRMED, DENIED or NO_REPLY
    /// @param at Unix seconds
    /// @return The word after
    function concluded(Inquiry self, uint8 how, uint256 at) internal pure returns (Inquiry) {
        uint256 kept = Inquiry.unwrap(self) & ~(uint256(type(uint8).max) << STATE);
        return Inquiry.wrap(kept | uint256(CONCLUDED) << STATE | uint256(how) << OUTCOME | at << CONCLUDED_AT);
    }

    /// @notice How far it is.
    /// @param self The word
    /// @return 0 none, REQUESTED, REPLIED or CONCLUDED
    function state(Inquiry self) internal pure returns (uint8) {
        return uint8(Inquiry.unwrap(self) >> STATE);
    }

    /// @notice Until when a reply is waited for.
    /// @param self The word
    /// @return Unix seconds
    function dueAt(Inquiry self) internal pure returns (uint40) {
        return uint40(Inquiry.unwrap(self) >> DUE_AT);
    }
}
