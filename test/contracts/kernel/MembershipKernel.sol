// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title MembershipKernel
/// @notice Who changes a member, as `Membership` rules it.
contract MembershipKernel {
    mapping(uint256 member => uint256 shore) public shoreOf;

    /// @dev Any member: what holds of it holds of all.
    uint256 private immutable member;

    // What happened to it, noted beside the rules.
    uint256 private shore;
    bool private isChangedByAnother;

    constructor(uint256 member_) {
        member = member_;
    }

    function enrol(uint256 named, uint256 authority) external {
        require(authority != 0);
        require(shoreOf[named] == 0);
        shoreOf[named] = authority;
        if (named == member) shore = authority;
    }

    /// @dev Its terms, its state, its accounts or its keys.
    function change(uint256 named, uint256 authority) external {
        require(authority != 0);
        require(authority == shoreOf[named]); // guards M1
        if (named == member && authority != shore) isChangedByAnother = true;
    }

    function holds() external view {
        // M1: Only the authority of its own shore changes a member.
        assert(!isChangedByAnother);
    }
}
