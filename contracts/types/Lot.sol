// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Shore} from "./Codes.sol";

/// @notice What stops a lot or a logistic unit, in one word: a half for each shore, CN in the upper, KR in the lower; in each, from the most
/// significant bit: `heldAt 40, heldBy 32, reason 8, recalledAt 40, recallClass 8`.
type Lot is uint256;

using LotLib for Lot global;

/// @title LotLib
/// @notice Reads and derives the words of `lots`.
library LotLib {
    uint256 private constant HELD_AT = 88;
    uint256 private constant HELD_BY = 56;
    uint256 private constant REASON = 48;
    uint256 private constant RECALLED_AT = 8;
    uint256 private constant HOLD_FIELDS = uint256(type(uint80).max) << REASON;
    uint256 private constant RECALL_FIELDS = type(uint48).max;

    /// @notice Whether either shore holds or recalls it: then it may not be cleared, used for a preference or written off.
    /// @param self The word
    /// @return Whether anything stops it
    function isStopped(Lot self) internal pure returns (bool) {
        return Lot.unwrap(self) != 0;
    }

    /// @notice Whether a shore holds it.
    /// @param self The word
    /// @param shore Code of the shore
    /// @return Whether it does
    function isHeldBy(Lot self, uint8 shore) internal pure returns (bool) {
        return Lot.unwrap(self) >> _half(shore) & HOLD_FIELDS != 0;
    }

    /// @notice Whether a shore recalls it.
    /// @param self The word
    /// @param shore Code of the shore
    /// @return Whether it does
    function isRecalledBy(Lot self, uint8 shore) internal pure returns (bool) {
        return Lot.unwrap(self) >> _half(shore) & RECALL_FIELDS != 0;
    }

    /// @notice The lot held by a shore that does not hold it.
    /// @param self The word before
    /// @param shore Code of the shore
    /// @param at Unix seconds
    /// @param by Member number of the authority
    /// @param reason Code of the reason
    /// @return The word after
    function held(Lot self, uint8 shore, uint256 at, uint256 by, uint8 reason) internal pure returns (Lot) {
        uint256 fields = at << HELD_AT | by << HELD_BY | uint256(reason) << REASON;
        return Lot.wrap(Lot.unwrap(self) | fields << _half(shore));
    }

    /// @notice The lot no longer held by a shore.
    /// @param self The word before
    /// @param shore Code of the shore
    /// @return The word after
    function lifted(Lot self, uint8 shore) internal pure returns (Lot) {
        return Lot.wrap(Lot.unwrap(self) & ~(HOLD_FIELDS << _half(shore)));
    }

    /// @notice The lot recalled by a shore that does not recall it.
    /// @param self The word before
    /// @param shore Code of the shore
    /// @param at Unix seconds
    /// @param class Class of the recall, 1 the gravest
    /// @return The word after
    function recalled(Lot self, uint8 shore, uint256 at, uint8 class) internal pure returns (Lot) {
        return Lot.wrap(Lot.unwrap(self) | (at << RECALLED_AT | class) << _half(shore));
    }

    /// @notice The lot no longer recalled by a shore.
    /// @param self The word before
    /// @param shore Code of the shore
    /// @return The word after
    function restored(Lot self, uint8 shore) internal pure returns (Lot) {
        return Lot.wrap(Lot.unwrap(self) & ~(RECALL_FIELDS << _half(shore)));
    }

    function _half(uint8 shore) private pure returns (uint256) {
        return shore == Shore.CN ? 128 : 0;
    }
}
