// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title AccountKernel
/// @notice How accounts follow their members, as `Membership` rules it. A member has one account at a time here.
contract AccountKernel {
    uint256 private constant ACTIVE = 1;
    uint256 private constant SUSPENDED = 2;
    uint256 private constant WITHDRAWN = 3;

    mapping(uint256 member => uint256 state) public stateOf;
    mapping(uint256 member => uint256 account) public accountOf;
    mapping(uint256 account => uint256 member) public memberOf;
    mapping(uint256 account => uint256 state) public accountStateOf;

    // Any member and any account: what holds of them holds of all.
    uint256 private immutable member;
    uint256 private immutable account;

    constructor(uint256 member_, uint256 account_) {
        require(member_ != 0 && account_ != 0);
        member = member_;
        account = account_;
    }

    function enrol(uint256 named) external {
        require(named != 0 && stateOf[named] == 0);
        stateOf[named] = ACTIVE;
    }

    function setState(uint256 named, uint256 state) external {
        require(state == ACTIVE || state == SUSPENDED);
        require(stateOf[named] != 0);
        require(stateOf[named] != state);
        stateOf[named] = state;
        uint256 held = accountOf[named];
        if (memberOf[held] == named) accountStateOf[held] = state; // guards M1
    }

    function authorise(uint256 named, uint256 given) external {
        require(given != 0);
        require(stateOf[named] != 0);
        require(accountOf[named] == 0);
        require(memberOf[given] == 0);
        accountOf[named] = given;
        memberOf[given] = named;
        accountStateOf[given] = stateOf[named];
    }

    function withdraw(uint256 given) external {
        uint256 owner = memberOf[given];
        require(given != 0);
        require(accountOf[owner] == given);
        accountOf[owner] = 0;
        accountStateOf[given] = WITHDRAWN;
    }

    function holds() external view {
        // M1: An account is in the state of its member, or withdrawn for good.
        assert(
            memberOf[account] != member || (accountStateOf[account] == WITHDRAWN && accountOf[member] != account)
                || (accountStateOf[account] == stateOf[member] && accountOf[member] == account)
        );
    }
}
