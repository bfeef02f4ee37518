// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice When and within which panel a report's samples were taken and analysed, in one word, from the most significant bit:
/// `unused 48, panel 16, sampledFrom 40, sampledUntil 40, analysedFrom 40, analysedUntil 40, sampledPeriod 16, analysedPeriod 16`.
/// For one report the two ends of a window are equal; for a batch they hold all of its reports. The periods are numbers of the
/// laboratory's accreditation.
type Course is uint256;

using CourseLib for Course global;

/// @title CourseLib
/// @notice Reads courses.
library CourseLib {
    uint256 private constant PANEL = 192;
    uint256 private constant SAMPLED_FROM = 152;
    uint256 private constant SAMPLED_UNTIL = 112;
    uint256 private constant ANALYSED_FROM = 72;
    uint256 private constant ANALYSED_UNTIL = 32;
    uint256 private constant SAMPLED_PERIOD = 16;

    /// @notice Whether its times follow one another, the last not after `at`, and nothing stands in the unused bits.
    /// @param self The word
    /// @param at Unix seconds
    /// @return Whether they do
    function isOrdered(Course self, uint256 at) internal pure returns (bool) {
        return Course.unwrap(self) >> (PANEL + 16) == 0 && self.sampledFrom() != 0
            && self.sampledFrom() <= self.sampledUntil() && self.analysedFrom() <= self.analysedUntil()
            && self.sampledFrom() <= self.analysedFrom() && self.sampledUntil() <= self.analysedUntil()
            && self.analysedUntil() <= at;
    }

    /// @notice The panel of tests.
    /// @param self The word
    /// @return Code of the panel
    function panel(Course self) internal pure returns (uint16) {
        return uint16(Course.unwrap(self) >> PANEL);
    }

    /// @notice When the first sample was taken.
    /// @param self The word
    /// @return Unix seconds
    function sampledFrom(Course self) internal pure returns (uint40) {
        return uint40(Course.unwrap(self) >> SAMPLED_FROM);
    }

    /// @notice When the last sample was taken.
    /// @param self The word
    /// @return Unix seconds
    function sampledUntil(Course self) internal pure returns (uint40) {
        return uint40(Course.unwrap(self) >> SAMPLED_UNTIL);
    }

    /// @notice When the first analysis began.
    /// @param self The word
    /// @return Unix seconds
    function analysedFrom(Course self) internal pure returns (uint40) {
        return uint40(Course.unwrap(self) >> ANALYSED_FROM);
    }

    /// @notice When the last analysis ended.
    /// @param self The word
    /// @return Unix seconds
    function analysedUntil(Course self) internal pure returns (uint40) {
        return uint40(Course.unwrap(self) >> ANALYSED_UNTIL);
    }

    /// @notice Period of accreditation within which the samples were taken.
    /// @param self The word
    /// @return Its number
    function sampledPeriod(Course self) internal pure returns (uint16) {
        return uint16(Course.unwrap(self) >> SAMPLED_PERIOD);
    }

    /// @notice Period of accreditation within which they were analysed.
    /// @param self The word
    /// @return Its number
    function analysedPeriod(Course self) internal pure returns (uint16) {
        return uint16(Course.unwrap(self));
    }
}
