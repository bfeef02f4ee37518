// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title DecisionKernel
/// @notice Which shore decides on a laboratory's report, as `Acceptance` rules it.
contract DecisionKernel {
    mapping(uint256 report => uint256 shore) public laboratoryOf;

    /// @dev Any report: what holds of it holds of all.
    uint256 private immutable report;

    // What happened to it, noted beside the rules.
    uint256 private laboratory;
    uint256 private decidedBy;

    constructor(uint256 report_) {
        report = report_;
    }

    function register(uint256 named, uint256 shore) external {
        require(shore == 1 || shore == 2);
        require(laboratoryOf[named] == 0);
        laboratoryOf[named] = shore;
        if (named == report) laboratory = shore;
    }

    function decide(uint256 named, uint256 shore) external {
        require(shore != 0);
        require(laboratoryOf[named] != 0); // guards R1
        require(shore != laboratoryOf[named]); // guards R2
        if (named == report) decidedBy = shore;
    }

    function holds() external view {
        // R1: Only a report that is registered is decided on.
        assert(decidedBy == 0 || laboratory != 0);
        // R2: The shore that decides on a report is not that of its laboratory.
        assert(decidedBy == 0 || decidedBy != laboratory);
    }
}
