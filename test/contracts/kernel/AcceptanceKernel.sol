// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title AcceptanceKernel
/// @notice Who decides on a laboratory's report, and under what, as `Acceptance` rules it.
contract AcceptanceKernel {
    mapping(uint256 report => uint256 shore) public laboratoryOf;
    mapping(uint256 arrangement => uint256 shore) public destinationOf;
    mapping(uint256 arrangement => bool) public isSuspended;

    // Any report and any arrangement: what holds of them holds of all.
    uint256 private immutable report;
    uint256 private immutable arrangement;

    // What happened to them, noted beside the rules.
    uint256 private laboratory;
    uint256 private decidedBy;
    bool private isAgreed;
    bool private isAcceptedWhileNot;

    constructor(uint256 report_, uint256 arrangement_) {
        report = report_;
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

    function register(uint256 named, uint256 shore) external {
        require(shore == 1 || shore == 2);
        require(laboratoryOf[named] == 0);
        laboratoryOf[named] = shore;
        if (named == report) laboratory = shore;
    }

    function accept(uint256 named, uint256 under, uint256 shore) external {
        require(!isSuspended[under]); // guards R3
        _decide(named, under, shore);
        if (under == arrangement && !isAgreed) isAcceptedWhileNot = true;
    }

    function refuse(uint256 named, uint256 under, uint256 shore) external {
        _decide(named, under, shore);
    }

    function _decide(uint256 named, uint256 under, uint256 shore) private {
        require(shore != 0);
        require(laboratoryOf[named] != 0); // guards R1
        require(shore == destinationOf[under]); // guards R3
        require(shore != laboratoryOf[named]); // guards R2
        if (named == report) decidedBy = shore;
    }

    function holds() external view {
        // R1: Only a report that is registered is decided on.
        assert(decidedBy == 0 || laboratory != 0);
        // R2: The shore that decides on a report is not that of its laboratory.
        assert(decidedBy == 0 || decidedBy != laboratory);
        // R3: Nothing is accepted under an arrangement that is not agreed, or suspended.
        assert(!isAcceptedWhileNot);
    }
}
