// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title ClearanceKernel
/// @notice Who clears goods and which, as `OriginUse` and `SafetyMovements` rule it.
contract ClearanceKernel {
    mapping(uint256 id => uint256 shore) public destinationOf;
    mapping(uint256 id => uint256 lot) public lotOf;
    mapping(uint256 lot => bool) public isHeldByChina;
    mapping(uint256 lot => bool) public isHeldByKorea;

    // Any certificate and any lot: what holds of them holds of all.
    uint256 private immutable certificate;
    uint256 private immutable lot;

    // What happened to them, noted beside the rules.
    uint256 private destination;
    uint256 private usedBy;
    bool private isHeld;
    bool private isUsedWhileHeld;

    constructor(uint256 certificate_, uint256 lot_) {
        certificate = certificate_;
        lot = lot_;
    }

    function register(uint256 id, uint256 shore, uint256 named) external {
        require(shore == 1 || shore == 2);
        require(destinationOf[id] == 0);
        destinationOf[id] = shore;
        lotOf[id] = named;
        if (id == certificate) destination = shore;
    }

    function holdByChina(uint256 named, bool held) external {
        require(isHeldByChina[named] != held);
        isHeldByChina[named] = held;
        if (named == lot) isHeld = held || isHeldByKorea[named];
    }

    function holdByKorea(uint256 named, bool held) external {
        require(isHeldByKorea[named] != held);
        isHeldByKorea[named] = held;
        if (named == lot) isHeld = held || isHeldByChina[named];
    }

    function use(uint256 id, uint256 shore) external {
        uint256 named = lotOf[id];
        require(shore != 0);
        require(shore == destinationOf[id]); // guards U4
        require(!isHeldByChina[named] && !isHeldByKorea[named]); // guards U5
        if (id == certificate) usedBy = shore;
        if (named == lot && isHeld) isUsedWhileHeld = true;
    }

    function holds() external view {
        // U4: A certificate is used by its destination only.
        assert(usedBy == 0 || usedBy == destination);
        // U5: Goods that either shore holds are not used.
        assert(!isUsedWhileHeld);
    }
}
