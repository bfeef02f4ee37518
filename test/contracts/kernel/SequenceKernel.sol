// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title SequenceKernel
/// @notice How `LedgerState` numbers the events of the ledger and of the contracts beside it.
contract SequenceKernel {
    uint256 public sequence;

    /// @dev Any number: what holds of it holds of all.
    uint256 private immutable number;

    // What was emitted, counted beside the rules.
    uint256 private events;
    uint256 private eventsOfNumber;

    constructor(uint256 number_) {
        number = number_;
    }

    /// @dev An event of the ledger.
    function emitOne() external returns (uint256 given) {
        given = sequence + 1;
        sequence = given; // guards Q1 Q2
        _note(given, 1);
    }

    /// @dev Events of a contract beside it.
    function reserve(uint16 count) external returns (uint256 first) {
        first = sequence + 1;
        sequence += count;
        _note(first, count);
    }

    function _note(uint256 first, uint256 count) private {
        events += count;
        if (number >= first && number < first + count) ++eventsOfNumber;
    }

    function holds() external view {
        // Q1: The sequence is the number of events.
        assert(sequence == events);
        // Q2: Each number up to it is that of one event, and no other is of any.
        assert(eventsOfNumber == (number != 0 && number <= sequence ? 1 : 0));
    }
}
