// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title AcceptanceKernel
/// @notice Under what a report is accepted, as `Acceptance` rules it.
contract AcceptanceKernel {
    mapping(uint256 arrangement => uint256 shore) public destinationOf;
    mapping(uint256 arrangement => bool) public isSuspended;

    /// @dev Any arrangement: what holds of it holds of all.
    uint256 private immutable arrangement;

    // What happened to it, noted beside the rules.
    bool private isAgreed;
    bool private isAcceptedWhileNot;

    constructor(uint256 arrangement_) {
        arrangement = arrangement_;
    }

    function agree(uint256 named, uint256 destination) external {
        require(destination == 1 || destination == 2);
        destinationOf[named] = destination;
        isSuspended[named] = false;
        if (named == arrangement) isAgreed = true;
    }

    function suspend(uint256 named) external {
        require(destinationOf[named] != 0);
        isSuspended[named] = true;
        if (named == arrangement) isAgreed = false;
    }

    function accept(uint256 under, uint256 shore) external {
        require(shore != 0);
        require(shore == destinationOf[under]);
        require(!isSuspended[under]); // guards R3
        if (under == arrangement && !isAgreed) isAcceptedWhileNot = true;
    }

    /// @dev A suspension does not take the destination's refusals away.
    function refuse(uint256 under, uint256 shore) external view {
        require(shore != 0);
        require(shore == destinationOf[under]);
    }

    function holds() external view {
        // R3: Nothing is accepted under an arrangement that is not agreed, or suspended.
        assert(!isAcceptedWhileNot);
    }
}
