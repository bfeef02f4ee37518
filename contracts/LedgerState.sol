// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ILedger} from "./interfaces/ILedger.sol";
import {Account} from "./types/Account.sol";
import {Head} from "./types/Head.sol";
import {Key} from "./types/Key.sol";
import {Member} from "./types/Member.sol";
import {Record} from "./types/Record.sol";

/// @title LedgerState
/// @notice All that the ledger keeps. Readers prove single slots to each other, so the order below is part of the format
/// (docs/spec/ledger.md section 2): variables are never moved, removed or put between.
abstract contract LedgerState is ILedger {
    /// @inheritdoc ILedger
    uint256 public sequence; // slot 0

    /// @dev Slot 1.
    mapping(uint256 shore => address authority) public authorities;
    /// @dev Slot 2.
    uint256 public memberCount;
    /// @dev Slot 3.
    mapping(uint256 member => Member word) public members;
    /// @dev Slot 4.
    mapping(uint256 member => bytes32 digest) public profiles;
    /// @dev Slot 5.
    mapping(address account => Account word) public accounts;
    /// @dev Slot 6.
    mapping(bytes32 thumbprint => Key word) public keys;

    mapping(bytes32 id => Record record) public records; // slot 7
    mapping(bytes32 id => bytes32 successor) public successors; // slot 8
    mapping(bytes32 key => Record record) public pastRecords; // slot 9
    mapping(uint256 member => Head head) public issuerHeads; // slot 10
    mapping(bytes32 subject => Head head) public subjectHeads; // slot 11

    mapping(uint256 member => address[] list) public memberAccounts; // slot 12

    /// @dev Number of the event about to be emitted.
    function _nextSequence() internal returns (uint256) {
        return ++sequence;
    }
}
