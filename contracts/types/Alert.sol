// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice A risk that an authority raised, in one word, from the most significant bit:
/// `stage 8, grade 8, shore 8, raiser 32, owner 32, raisedAt 40, changedAt 40, dueAt 40, lots 16, recalls 16, unused 16`.
type Alert is uint256;

using AlertLib for Alert global;

/// @title AlertLib
/// @notice Reads and derives the words of `alerts`.
library AlertLib {
    uint256 private constant STAGE = 248;
    uint256 private constant GRADE = 240;
    uint256 private constant SHORE = 232;
    uint256 private constant RAISER = 200;
    uint256 private constant OWNER = 168;
    uint256 private constant RAISED_AT = 128;
    uint256 private constant CHANGED_AT = 88;
    uint256 private constant DUE_AT = 48;
    uint256 private constant LOTS = 32;
    uint256 private constant RECALLS = 16;

    uint8 internal constant RAISED = 1;
    uint8 internal constant ASSESSED = 2;
    uint8 internal constant DISPOSED = 3;
    uint8 internal constant REVIEWED = 4;
    uint8 internal constant CLOSED = 5;

    /// @notice An alert newly raised.
    /// @param ofGrade I to IV as 1 to 4
    /// @param atShore Code of the raiser's shore
    /// @param by Member number of the raiser
    /// @param ofOwner Member number of who must act
    /// @param at Unix seconds
    /// @param due Unix seconds until which the next stage is due
    /// @param lotCount Number of lots that it names
    /// @return The word
    function raised(uint8 ofGrade, uint8 atShore, uint256 by, uint32 ofOwner, uint256 at, uint40 due, uint256 lotCount)
        internal
        pure
        returns (Alert)
    {
        return Alert.wrap(
            uint256(RAISED) << STAGE | uint256(ofGrade) << GRADE | uint256(atShore) << SHORE | by << RAISER
                | uint256(ofOwner) << OWNER | at << RAISED_AT | at << CHANGED_AT | uint256(due) << DUE_AT | lotCount
                << LOTS
        );
    }

    /// @notice The alert in its next stage.
    /// @param self The word before, not closed
    /// @param ofOwner Member number of who must act
    /// @param at Unix seconds
    /// @param due Unix seconds until which the stage after is due; 0: none
    /// @return The word after
    function advanced(Alert self, uint32 ofOwner, uint256 at, uint40 due) internal pure returns (Alert) {
        uint256 replaced = uint256(type(uint32).max) << OWNER | uint256(type(uint40).max) << CHANGED_AT
            | uint256(type(uint40).max) << DUE_AT;
        return Alert.wrap(
            (Alert.unwrap(self) & ~replaced | uint256(ofOwner) << OWNER | at << CHANGED_AT | uint256(due) << DUE_AT)
                + (1 << STAGE)
        );
    }

    /// @notice The alert with one more open recall.
    /// @param self The word before
    /// @return The word after
    function withRecall(Alert self) internal pure returns (Alert) {
        return Alert.wrap(Alert.unwrap(self) + (1 << RECALLS));
    }

    /// @notice The alert with one open recall less.
    /// @param self The word before
    /// @return The word after
    function withoutRecall(Alert self) internal pure returns (Alert) {
        return Alert.wrap(Alert.unwrap(self) - (1 << RECALLS));
    }

    /// @notice How far it is.
    /// @param self The word
    /// @return 0 none, RAISED to CLOSED
    function stage(Alert self) internal pure returns (uint8) {
        return uint8(Alert.unwrap(self) >> STAGE);
    }

    /// @notice Whose alert it is.
    /// @param self The word
    /// @return Code of the shore
    function shore(Alert self) internal pure returns (uint8) {
        return uint8(Alert.unwrap(self) >> SHORE);
    }

    /// @notice How many of its recalls are open.
    /// @param self The word
    /// @return The count
    function openRecalls(Alert self) internal pure returns (uint16) {
        return uint16(Alert.unwrap(self) >> RECALLS);
    }
}
