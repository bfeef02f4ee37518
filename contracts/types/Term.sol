// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice For how long somebody may do something, in one word, from the most significant bit:
/// `from 40, until 40, endedAt 40, reason 8, compromisedSince 40, by 32, unused 56`.
/// Used for bodies authorised to certify, for periods of accreditation and for designations.
type Term is uint256;

using TermLib for Term global;

/// @title TermLib
/// @notice Reads and derives terms.
library TermLib {
    uint256 private constant FROM = 216;
    uint256 private constant UNTIL = 176;
    uint256 private constant ENDED_AT = 136;
    uint256 private constant REASON = 128;
    uint256 private constant COMPROMISED_SINCE = 88;
    uint256 private constant BY = 56;

    /// @notice A term newly given.
    /// @param start Unix seconds, not 0
    /// @param end Unix seconds; 0: no end
    /// @param giver Member number of who gave it; 0: the authority of a shore
    /// @return The word
    function given(uint40 start, uint40 end, uint256 giver) internal pure returns (Term) {
        return Term.wrap(uint256(start) << FROM | uint256(end) << UNTIL | giver << BY);
    }

    /// @notice The term ended early: withdrawn, suspended, or replaced by another.
    /// @param self The word before, not ended
    /// @param at Unix seconds
    /// @param why Code of the reason
    /// @return The word after
    function ended(Term self, uint256 at, uint8 why) internal pure returns (Term) {
        return Term.wrap(Term.unwrap(self) | at << ENDED_AT | uint256(why) << REASON);
    }

    /// @notice The term declared untrustworthy from a time on: what was done under it since does not count.
    /// @param self The word before
    /// @param since Unix seconds
    /// @return The word after
    function compromised(Term self, uint40 since) internal pure returns (Term) {
        uint256 kept = Term.unwrap(self) & ~(uint256(type(uint40).max) << COMPROMISED_SINCE);
        return Term.wrap(kept | uint256(since) << COMPROMISED_SINCE);
    }

    /// @notice Whether it was given at all.
    /// @param self The word
    /// @return Whether it was
    function exists(Term self) internal pure returns (bool) {
        return Term.unwrap(self) != 0;
    }

    /// @notice Whether both moments, and all between them, lie within the term as it is known now. A later end does not reach back; a
    /// compromise does.
    /// @param self The word
    /// @param first Unix seconds
    /// @param last Unix seconds, not before `first`
    /// @return Whether they do
    function covers(Term self, uint256 first, uint256 last) internal pure returns (bool) {
        uint256 limit = _end(self);
        uint40 since = self.compromisedSince();
        return self.exists() && first >= self.from() && last < limit && (since == 0 || last < since);
    }

    /// @notice Whether the term is over at a moment, so that another can begin.
    /// @param self The word
    /// @param at Unix seconds
    /// @return Whether it is
    function isOverBy(Term self, uint256 at) internal pure returns (bool) {
        return _end(self) <= at;
    }

    /// @notice Start of the term.
    /// @param self The word
    /// @return Unix seconds
    function from(Term self) internal pure returns (uint40) {
        return uint40(Term.unwrap(self) >> FROM);
    }

    /// @notice When it was ended early.
    /// @param self The word
    /// @return Unix seconds; 0: it was not
    function endedAt(Term self) internal pure returns (uint40) {
        return uint40(Term.unwrap(self) >> ENDED_AT);
    }

    /// @notice Since when it is untrustworthy.
    /// @param self The word
    /// @return Unix seconds; 0: it is not
    function compromisedSince(Term self) internal pure returns (uint40) {
        return uint40(Term.unwrap(self) >> COMPROMISED_SINCE);
    }

    /// @dev The earlier of its end and its early end, excluded.
    function _end(Term self) private pure returns (uint256) {
        uint256 end = uint40(Term.unwrap(self) >> UNTIL);
        uint256 early = self.endedAt();
        if (end == 0) end = type(uint40).max;
        return early != 0 && early < end ? early : end;
    }
}
