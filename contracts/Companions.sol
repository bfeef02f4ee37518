// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {LedgerState} from "./LedgerState.sol";
import {IMembership} from "./interfaces/IMembership.sol";
import {ICompanions} from "./interfaces/ICompanions.sol";
import {Account} from "./types/Account.sol";
import {Shore} from "./types/Codes.sol";
import {Companion, CompanionLib} from "./types/Companion.sol";
import {Record} from "./types/Record.sol";

/// @title Companions
/// @notice The contracts that stand beside the ledger.
abstract contract Companions is LedgerState {
    // ------------------------------------------------------------ both shores

    /// @inheritdoc ICompanions
    function addCompanion(address companion, uint8 kind) external {
        _onlyBothShores();
        if (companion.code.length == 0 || kind == 0 || companions[companion].exists()) {
            revert CompanionsInvalid(companion, kind);
        }
        uint16 version = companions[newestCompanion[kind]].version() + 1;
        newestCompanion[kind] = companion;
        _setCompanion(companion, CompanionLib.added(kind, version, block.timestamp));
    }

    /// @inheritdoc ICompanions
    function pause(address companion, uint128 actions) external {
        _onlyBothShores();
        _setCompanion(companion, _known(companion).paused(actions));
    }

    /// @inheritdoc ICompanions
    function resume(address companion, uint128 actions) external {
        _onlyBothShores();
        _setCompanion(companion, _known(companion).resumed(actions));
    }

    // ------------------------------------------------------------- companions

    /// @inheritdoc ICompanions
    function enter(address account, uint8 action, uint256 events, bytes32 id)
        external
        returns (Account standing, uint256 first, Record record)
    {
        if (_known(msg.sender).isPaused(action)) revert CompanionsActionPaused(msg.sender, action);
        standing = _liveAccount(account);
        first = _reserve(events);
        if (id != 0) record = records[id].word;
    }

    /// @inheritdoc ICompanions
    function enterAsAuthority(address caller, uint256 shore, uint256 events) external returns (uint256 first) {
        _known(msg.sender);
        if (caller != authorities[shore]) revert IMembership.MembershipNotAuthority(caller, uint8(shore));
        first = _reserve(events);
    }

    // -------------------------------------------------------------- internal

    function _onlyBothShores() private view {
        if (msg.sender != authorities[Shore.BOTH]) revert IMembership.MembershipNotAuthority(msg.sender, Shore.BOTH);
    }

    function _known(address companion) private view returns (Companion word) {
        word = companions[companion];
        if (!word.exists()) revert CompanionsUnknown(companion);
    }

    function _setCompanion(address companion, Companion word) private {
        companions[companion] = word;
        emit CompanionChanged(companion, word, _nextSequence());
    }
}
