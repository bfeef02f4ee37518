// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ICompanions} from "./interfaces/ICompanions.sol";
import {ILedger} from "./interfaces/ILedger.sol";
import {IMembership} from "./interfaces/IMembership.sol";
import {INotary} from "./interfaces/INotary.sol";
import {Account} from "./types/Account.sol";
import {Companion} from "./types/Companion.sol";
import {Head} from "./types/Head.sol";
import {Key} from "./types/Key.sol";
import {Member} from "./types/Member.sol";
import {Record} from "./types/Record.sol";

/// @title LedgerState
/// @notice All that the ledger keeps. Readers prove single slots to each other, so the order below is part of the format
/// (docs/spec/ledger.md section 2): variables are never moved, removed or put between.
abstract contract LedgerState is ILedger {
    /// @dev One word, as a struct: a pointer to it spares finding its slot twice.
    struct RecordSlot {
        Record word;
    }

    /// @inheritdoc ILedger
    uint256 public sequence; // slot 0
    /// @inheritdoc IMembership
    mapping(uint256 shore => address authority) public authorities; // slot 1
    /// @inheritdoc IMembership
    uint256 public membersEnrolled; // slot 2
    /// @inheritdoc IMembership
    mapping(uint256 member => Member word) public members; // slot 3
    /// @inheritdoc IMembership
    mapping(uint256 member => bytes32 digest) public profiles; // slot 4
    /// @inheritdoc IMembership
    mapping(address account => Account word) public accounts; // slot 5
    /// @inheritdoc IMembership
    mapping(bytes32 thumbprint => Key word) public keys; // slot 6
    /// @dev Read by `recordOf`.
    mapping(bytes32 id => RecordSlot slot) internal records; // slot 7
    /// @inheritdoc INotary
    mapping(bytes32 id => bytes32 successor) public successors; // slot 8
    /// @inheritdoc INotary
    mapping(bytes32 key => Record record) public pastRecords; // slot 9
    /// @inheritdoc INotary
    mapping(uint256 member => Head head) public issuerHeads; // slot 10
    /// @inheritdoc INotary
    mapping(bytes32 subject => Head head) public subjectHeads; // slot 11
    /// @dev Read by `accountsOf`.
    mapping(uint256 member => address[] list) internal memberAccounts; // slot 12
    /// @inheritdoc ICompanions
    mapping(address companion => Companion word) public companions; // slot 13
    /// @inheritdoc ICompanions
    mapping(uint256 kind => address companion) public newestCompanion; // slot 14

    /// @dev The standing of an account, if it may write now.
    function _liveAccount(address sender) internal view returns (Account account) {
        account = accounts[sender];
        if (!account.isLive(block.timestamp)) revert NotaryAccountNotLive(sender, account);
    }

    /// @dev Number of the event about to be emitted.
    function _nextSequence() internal returns (uint256) {
        unchecked {
            return ++sequence; // 2^64 events, as many as `StatusChanged` can number, take longer than there is time
        }
    }

    /// @dev Takes numbers for events about to be emitted by a companion; tells the first of them.
    function _reserve(uint256 events) internal returns (uint256 first) {
        uint256 last = sequence;
        sequence = last + events;
        first = last + 1;
    }
}
