// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice What is registered of a laboratory report, in one word, from the most significant bit:
/// `facts 160, decidedAt 40, by 32, shore 4, decision 4, arrangement 16`. `facts` is the low part of `SHA-256(lot || tests || course)`, `shore` that
/// of the laboratory: a report has one destination, the other shore, and so one word holds what was decided.
type Report is uint256;

using ReportLib for Report global;

/// @title ReportLib
/// @notice Reads and derives the words of `reports`.
library ReportLib {
    uint256 private constant FACTS = 96;
    uint256 private constant DECIDED_AT = 56;
    uint256 private constant BY = 24;
    uint256 private constant SHORE = 20;
    uint256 private constant DECISION = 16;

    uint256 private constant REGISTERED = uint256(type(uint160).max) << FACTS | 0xf << SHORE;

    /// @notice The destination's authority accepts the report in the place of a test of its own.
    uint8 internal constant ACCEPTED = 1;
    /// @notice Refused: it does not conform to the destination's limits.
    uint8 internal constant LIMIT_PROFILE = 2;
    /// @notice Refused: it lacks an item that the destination needs.
    uint8 internal constant MISSING_ITEM = 3;
    /// @notice Refused: what it tells cannot be judged by the destination's limits.
    uint8 internal constant INCONCLUSIVE = 4;
    /// @notice Refused: documents and goods do not agree.
    uint8 internal constant MISMATCH = 5;
    /// @notice Refused, or an acceptance taken back, by decision of the authority.
    uint8 internal constant DISCRETION = 6;

    /// @notice A report newly registered.
    /// @param digest `SHA-256(lot || tests || course)`
    /// @param ofShore Code of the laboratory's shore
    /// @return The word
    function registered(bytes32 digest, uint8 ofShore) internal pure returns (Report) {
        return Report.wrap(uint256(uint160(uint256(digest))) << FACTS | uint256(ofShore) << SHORE);
    }

    /// @notice The report after a decision of the destination's authority.
    /// @param self The word before
    /// @param at Unix seconds
    /// @param authority Member number of who decided
    /// @param what Code of the decision
    /// @param under Number of the arrangement
    /// @return The word after
    function decided(Report self, uint256 at, uint256 authority, uint8 what, uint16 under)
        internal
        pure
        returns (Report)
    {
        uint256 kept = Report.unwrap(self) & REGISTERED;
        return Report.wrap(kept | at << DECIDED_AT | authority << BY | uint256(what) << DECISION | under);
    }

    /// @notice Whether it was registered at all.
    /// @param self The word
    /// @return Whether it was
    function exists(Report self) internal pure returns (bool) {
        return Report.unwrap(self) != 0;
    }

    /// @notice Whether facts are those that it was registered with.
    /// @param self The word
    /// @param digest `SHA-256(lot || tests || course)`
    /// @return Whether they are
    function isOf(Report self, bytes32 digest) internal pure returns (bool) {
        return Report.unwrap(self) >> FACTS == uint160(uint256(digest));
    }

    /// @notice Shore of the laboratory.
    /// @param self The word
    /// @return Code of the shore
    function shore(Report self) internal pure returns (uint8) {
        return uint8(Report.unwrap(self) >> SHORE) & 0xf;
    }

    /// @notice When it was decided on.
    /// @param self The word
    /// @return Unix seconds; 0: not yet
    function decidedAt(Report self) internal pure returns (uint40) {
        return uint40(Report.unwrap(self) >> DECIDED_AT);
    }

    /// @notice What was decided last.
    /// @param self The word
    /// @return Code of the decision; 0: nothing yet
    function decision(Report self) internal pure returns (uint8) {
        return uint8(Report.unwrap(self) >> DECISION) & 0xf;
    }
}
