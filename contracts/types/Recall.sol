// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice A recall, in one word, from the most significant bit:
/// `class 8, shore 8, owner 32, openedAt 40, startBy 40, completeBy 40, closedAt 40, unused 48`.
type Recall is uint256;

using RecallLib for Recall global;

/// @title RecallLib
/// @notice Reads and derives the words of `recalls`.
library RecallLib {
    uint256 private constant CLASS = 248;
    uint256 private constant SHORE = 240;
    uint256 private constant OWNER = 208;
    uint256 private constant OPENED_AT = 168;
    uint256 private constant START_BY = 128;
    uint256 private constant COMPLETE_BY = 88;
    uint256 private constant CLOSED_AT = 48;

    /// @notice A recall newly opened.
    /// @param ofClass Class in the law of the shore, 1 the gravest
    /// @param atShore Code of the shore whose law it is
    /// @param ofOwner Member number of who must recall
    /// @param at Unix seconds
    /// @param start Unix seconds by which it must have begun
    /// @param complete Unix seconds by which it must be done
    /// @return The word
    function opened(uint8 ofClass, uint8 atShore, uint32 ofOwner, uint256 at, uint40 start, uint40 complete)
        internal
        pure
        returns (Recall)
    {
        return Recall.wrap(
            uint256(ofClass) << CLASS | uint256(atShore) << SHORE | uint256(ofOwner) << OWNER | at << OPENED_AT
                | uint256(start) << START_BY | uint256(complete) << COMPLETE_BY
        );
    }

    /// @notice The recall closed.
    /// @param self The word before, open
    /// @param at Unix seconds
    /// @return The word after
    function closed(Recall self, uint256 at) internal pure returns (Recall) {
        return Recall.wrap(Recall.unwrap(self) | at << CLOSED_AT);
    }

    /// @notice Whether it was opened and not closed.
    /// @param self The word
    /// @return Whether it is open
    function isOpen(Recall self) internal pure returns (bool) {
        return Recall.unwrap(self) != 0 && uint40(Recall.unwrap(self) >> CLOSED_AT) == 0;
    }
}
