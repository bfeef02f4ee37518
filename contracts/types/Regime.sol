// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice What both shores agreed of an agreement on origin, in one word, from the most significant bit:
/// `validDays 16, replyDays 16, since 40, unused 184`.
type Regime is uint256;

using RegimeLib for Regime global;

/// @title RegimeLib
/// @notice Reads and derives the words of `regimes`.
library RegimeLib {
    uint256 private constant VALID_DAYS = 240;
    uint256 private constant REPLY_DAYS = 224;
    uint256 private constant SINCE = 184;

    uint8 internal constant CK_FTA = 1;
    uint8 internal constant RCEP = 2;
    uint8 internal constant APTA = 3;

    /// @notice The terms agreed.
    /// @param daysValid Days from its date of issue on which a certificate may be used
    /// @param daysToReply Days for the reply to a verification
    /// @param at Unix seconds of the agreement
    /// @return The word
    function agreed(uint16 daysValid, uint16 daysToReply, uint256 at) internal pure returns (Regime) {
        return Regime.wrap(uint256(daysValid) << VALID_DAYS | uint256(daysToReply) << REPLY_DAYS | at << SINCE);
    }

    /// @notice Whether its terms were ever agreed.
    /// @param self The word
    /// @return Whether they were
    function exists(Regime self) internal pure returns (bool) {
        return Regime.unwrap(self) != 0;
    }

    /// @notice Days on which a certificate may be used.
    /// @param self The word
    /// @return The days
    function validDays(Regime self) internal pure returns (uint16) {
        return uint16(Regime.unwrap(self) >> VALID_DAYS);
    }

    /// @notice Days for the reply to a verification.
    /// @param self The word
    /// @return The days
    function replyDays(Regime self) internal pure returns (uint16) {
        return uint16(Regime.unwrap(self) >> REPLY_DAYS);
    }
}
