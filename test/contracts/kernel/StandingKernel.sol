// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title StandingKernel
/// @notice What `Notary` rules about the standing of a record. Whose it is is part of a record's id there, and so of its key here.
contract StandingKernel {
    uint8 private constant ACTIVE = 1;
    uint8 private constant SUSPENDED = 2;
    uint8 private constant SUPERSEDED = 4;

    mapping(uint256 issuer => mapping(uint256 leaf => uint8 status)) public statusOf;
    mapping(uint256 issuer => mapping(uint256 leaf => bool)) public isAnchored;

    // Any record: what holds of it holds of all.
    uint256 private immutable issuer;
    uint256 private immutable leaf;

    // What happened to it, noted beside the rules.
    uint8 private finalStatus;
    bool private isChangedByAnother;
    bool private isAnchoredTwice;

    constructor(uint256 issuer_, uint256 leaf_) {
        issuer = issuer_;
        leaf = leaf_;
    }

    function anchor(uint256 caller, uint256 named) external {
        require(statusOf[caller][named] == 0); // guards S3
        if (caller == issuer && named == leaf) isAnchoredTwice = isAnchored[caller][named];
        statusOf[caller][named] = ACTIVE;
        isAnchored[caller][named] = true;
    }

    /// @dev A document of a batch has no record before its first change, so what was never anchored by itself can be changed.
    function change(uint256 caller, uint256 owner, uint256 named, uint8 wanted) external {
        require(caller == owner); // guards S2
        require(wanted >= ACTIVE && wanted <= SUPERSEDED);
        uint8 status = statusOf[owner][named];
        require(wanted != ACTIVE || status == SUSPENDED);
        require(status <= SUSPENDED); // guards S1
        require(wanted != SUSPENDED || status != SUSPENDED);
        statusOf[owner][named] = wanted;
        if (owner != issuer || named != leaf) return;
        if (finalStatus == 0 && wanted > SUSPENDED) finalStatus = wanted;
        if (caller != issuer) isChangedByAnother = true;
    }

    function holds() external view {
        // S1: What is revoked or superseded stays so.
        assert(finalStatus == 0 || statusOf[issuer][leaf] == finalStatus);
        // S2: Only its issuer changes a record.
        assert(!isChangedByAnother);
        // S3: A record is anchored once.
        assert(!isAnchoredTwice);
    }
}
