// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice An arrangement of mutual acceptance, in one word, from the most significant bit:
/// `status 8, level 8, destination 8, panel 16, from 40, until 40, maxAgeDays 16, designated 8, version 16, unused 96`.
type Arrangement is uint256;

using ArrangementLib for Arrangement global;

/// @title ArrangementLib
/// @notice Reads and derives the words of `arrangements`.
library ArrangementLib {
    uint256 private constant STATUS = 248;
    uint256 private constant LEVEL = 240;
    uint256 private constant DESTINATION = 232;
    uint256 private constant PANEL = 216;
    uint256 private constant FROM = 176;
    uint256 private constant UNTIL = 136;
    uint256 private constant MAX_AGE_DAYS = 120;
    uint256 private constant DESIGNATED = 112;
    uint256 private constant VERSION = 96;

    uint8 internal constant PILOT = 1;
    uint8 internal constant IN_FORCE = 2;
    uint8 internal constant SUSPENDED = 3;

    /// @notice A report is looked at, and replaces no test.
    uint8 internal constant REFERENCE = 1;
    /// @notice A report makes sampling rarer.
    uint8 internal constant REDUCED_SAMPLING = 2;
    /// @notice A report takes the place of a test.
    uint8 internal constant WAIVER = 3;

    /// @notice What both shores agree. `asking` and `within` add the rest of the word.
    /// @param inStatus PILOT or IN_FORCE
    /// @param atLevel REFERENCE, REDUCED_SAMPLING or WAIVER
    /// @param to Shore whose authority accepts
    /// @param ofPanel Code of the panel of tests
    /// @param number Number of this version, the first being 1
    /// @return The word, without dates and age
    function agreed(uint8 inStatus, uint8 atLevel, uint8 to, uint16 ofPanel, uint16 number)
        internal
        pure
        returns (Arrangement)
    {
        return Arrangement.wrap(
            uint256(inStatus) << STATUS | uint256(atLevel) << LEVEL | uint256(to) << DESTINATION | uint256(ofPanel)
                << PANEL | uint256(number) << VERSION
        );
    }

    /// @notice The arrangement with what it asks of a report and its laboratory.
    /// @param self The word, without them
    /// @param daysOld Days from the end of the analysis for which a report may be accepted
    /// @param designatedOnly Whether the destination must have designated the laboratory
    /// @return The word with them
    function asking(Arrangement self, uint16 daysOld, bool designatedOnly) internal pure returns (Arrangement) {
        return Arrangement.wrap(
            Arrangement.unwrap(self) | uint256(daysOld) << MAX_AGE_DAYS | uint256(designatedOnly ? 1 : 0) << DESIGNATED
        );
    }

    /// @notice The arrangement with its dates.
    /// @param self The word, without them
    /// @param start Unix seconds
    /// @param end Unix seconds; 0: no end
    /// @return The word with them
    function within(Arrangement self, uint40 start, uint40 end) internal pure returns (Arrangement) {
        return Arrangement.wrap(Arrangement.unwrap(self) | uint256(start) << FROM | uint256(end) << UNTIL);
    }

    /// @notice The arrangement suspended.
    /// @param self The word before
    /// @return The word after
    function suspended(Arrangement self) internal pure returns (Arrangement) {
        uint256 kept = Arrangement.unwrap(self) & ~(uint256(type(uint8).max) << STATUS);
        return Arrangement.wrap(kept | uint256(SUSPENDED) << STATUS);
    }

    /// @notice Whether it was ever agreed.
    /// @param self The word
    /// @return Whether it was
    function exists(Arrangement self) internal pure returns (bool) {
        return Arrangement.unwrap(self) != 0;
    }

    /// @notice Whether reports may be accepted under it at a moment.
    /// @param self The word
    /// @param at Unix seconds
    /// @return Whether it is agreed, not suspended, and within its dates
    function isLive(Arrangement self, uint256 at) internal pure returns (bool) {
        uint256 end = uint40(Arrangement.unwrap(self) >> UNTIL);
        return self.exists() && self.status() != SUSPENDED && at >= uint40(Arrangement.unwrap(self) >> FROM)
            && (end == 0 || at < end);
    }

    /// @notice Standing.
    /// @param self The word
    /// @return PILOT, IN_FORCE or SUSPENDED
    function status(Arrangement self) internal pure returns (uint8) {
        return uint8(Arrangement.unwrap(self) >> STATUS);
    }

    /// @notice Where reports are accepted.
    /// @param self The word
    /// @return Code of the shore
    function destination(Arrangement self) internal pure returns (uint8) {
        return uint8(Arrangement.unwrap(self) >> DESTINATION);
    }

    /// @notice What tests it is about.
    /// @param self The word
    /// @return Code of the panel
    function panel(Arrangement self) internal pure returns (uint16) {
        return uint16(Arrangement.unwrap(self) >> PANEL);
    }

    /// @notice How long after its analysis a report may be accepted.
    /// @param self The word
    /// @return Seconds
    function maxAge(Arrangement self) internal pure returns (uint256) {
        return uint256(uint16(Arrangement.unwrap(self) >> MAX_AGE_DAYS)) * 1 days;
    }

    /// @notice Whether the destination must have designated the laboratory.
    /// @param self The word
    /// @return Whether it must
    function needsDesignation(Arrangement self) internal pure returns (bool) {
        return uint8(Arrangement.unwrap(self) >> DESIGNATED) != 0;
    }

    /// @notice Which of its versions it is.
    /// @param self The word
    /// @return The number, the first being 1
    function version(Arrangement self) internal pure returns (uint16) {
        return uint16(Arrangement.unwrap(self) >> VERSION);
    }
}
