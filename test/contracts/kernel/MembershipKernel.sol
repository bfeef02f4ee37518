// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title MembershipKernel
/// @notice Accounts and their members, as `Membership` rules them. A member has one account at a time here.
contract MembershipKernel {
    uint256 private constant ACTIVE = 1;
    uint256 private constant SUSPENDED = 2;
    uint256 private constant WITHDRAWN = 3;

    mapping(uint256 member => uint256 shore) public shoreOf;
    mapping(uint256 member => uint256 state) public stateOf;
    mapping(uint256 member => uint256 account) public accountOf;
    mapping(uint256 account => uint256 member) public memberOf;
    mapping(uint256 account => uint256 state) public accountStateOf;

    // Any member and any account: what holds of them holds of all.
    uint256 private immutable member;
    uint256 private immutable account;

    // What happened to them, noted beside the rules.
    uint256 private shore;
    bool private isChangedByAnother;

    constructor(uint256 member_, uint256 account_) {
        member = member_;
        account = account_;
    }

    function enrol(uint256 named, uint256 by) external {
        require(by == 1 || by == 2);
        require(shoreOf[named] == 0);
        shoreOf[named] = by;
        stateOf[named] = ACTIVE;
        if (named == member) shore = by;
    }

    function setState(uint256 named, uint256 by, uint256 state) external {
        require(by != 0);
        require(by == shoreOf[named]); // guards M2
        require(state == ACTIVE || state == SUSPENDED);
        require(stateOf[named] != state);
        stateOf[named] = state;
        uint256 held = accountOf[named];
        if (memberOf[held] == named) accountStateOf[held] = state; // guards M1
        if (named == member && by != shore) isChangedByAnother = true;
    }

    function authorise(uint256 named, uint256 by, uint256 given) external {
        require(by != 0 && by == shoreOf[named]);
        require(given != 0);
        require(accountOf[named] == 0);
        require(memberOf[given] == 0);
        accountOf[named] = given;
        memberOf[given] = named;
        accountStateOf[given] = stateOf[named];
    }

    function withdraw(uint256 given, uint256 by) external {
        uint256 owner = memberOf[given];
        require(by != 0 && by == shoreOf[owner]);
        require(accountOf[owner] == given);
        accountOf[owner] = 0;
        accountStateOf[given] = WITHDRAWN;
    }

    function invariants() external view {
        // M1: An account that can write is one of an active member.
        assert(accountStateOf[account] != ACTIVE || memberOf[account] != member || stateOf[member] == ACTIVE);
        // M2: Only the authority of its own shore changes a member.
        assert(!isChangedByAnother);
    }
}
