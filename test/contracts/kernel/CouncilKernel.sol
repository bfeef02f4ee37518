// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title CouncilKernel
/// @notice The acts of a council of two seats, both needed, as `Council` rules them: such is the council of both shores.
contract CouncilKernel {
    uint256 public immutable delay;

    mapping(uint256 act => bool) public isExecuted;
    mapping(uint256 act => bool) public isApprovedByChina;
    mapping(uint256 act => bool) public isApprovedByKorea;
    mapping(uint256 act => uint256 time) public quorumAt;

    /// @dev Any act: what holds of it holds of all.
    uint256 private immutable act;

    // What happened to it, noted beside the rules.
    uint256 private executions;
    bool private isChinaFor;
    bool private isKoreaFor;
    uint256 private agreedSince;
    bool private isExecutedAlone;
    bool private isExecutedEarly;

    constructor(uint256 act_, uint256 delay_) {
        act = act_;
        delay = delay_;
    }

    function approveAsChina(uint256 named, bool approved) external {
        require(!isExecuted[named]);
        require(isApprovedByChina[named] != approved);
        isApprovedByChina[named] = approved;
        if (approved && isApprovedByKorea[named]) quorumAt[named] = block.timestamp;
        if (named == act) {
            isChinaFor = approved;
            if (isChinaFor && isKoreaFor) agreedSince = block.timestamp;
        }
    }

    function approveAsKorea(uint256 named, bool approved) external {
        require(!isExecuted[named]);
        require(isApprovedByKorea[named] != approved);
        isApprovedByKorea[named] = approved;
        if (approved && isApprovedByChina[named]) quorumAt[named] = block.timestamp;
        if (named == act) {
            isKoreaFor = approved;
            if (isChinaFor && isKoreaFor) agreedSince = block.timestamp;
        }
    }

    function execute(uint256 named) external {
        require(!isExecuted[named]); // guards C1
        require(isApprovedByChina[named] && isApprovedByKorea[named]); // guards C2
        require(block.timestamp >= quorumAt[named] + delay); // guards C3
        isExecuted[named] = true;
        if (named == act) {
            ++executions;
            if (!isChinaFor || !isKoreaFor) isExecutedAlone = true;
            if (block.timestamp < agreedSince + delay) isExecutedEarly = true;
        }
    }

    function holds() external view {
        // C1: An act is executed at most once.
        assert(executions <= 1);
        // C2: An act of both shores is executed only while both are for it.
        assert(!isExecutedAlone);
        // C3: An act is executed only after both were for it for the whole delay.
        assert(!isExecutedEarly);
    }
}
