// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {SafetyState} from "./SafetyState.sol";
import {ISafety} from "../interfaces/ISafety.sol";
import {Account} from "../types/Account.sol";
import {Reason, Role} from "../types/Codes.sol";
import {Lot} from "../types/Lot.sol";

/// @title SafetyMovements
/// @notice Holds, and the movements of goods that they stop.
abstract contract SafetyMovements is SafetyState {
    uint8 private constant RELEASED = 1;
    uint8 private constant RELEASED_WITH_PREFERENCE = 2;
    uint8 private constant WRITTEN_OFF = 3;

    /// @inheritdoc ISafety
    function hold(bytes32 lot, uint8 reason) external {
        (Account account, uint256 sequence) = _enterToStop(lot, reason);
        Lot before = lots[lot];
        if (before.isHeldBy(account.shore())) revert SafetyLotConflict(lot, before);
        Lot word = before.held(account.shore(), block.timestamp, account.member(), reason);
        _setLot(lot, 0, account, reason, word, sequence);
    }

    /// @inheritdoc ISafety
    function lift(bytes32 lot, uint8 reason) external {
        (Account account, uint256 sequence) = _enterToStop(lot, reason);
        Lot before = lots[lot];
        if (!before.isHeldBy(account.shore())) revert SafetyLotConflict(lot, before);
        _setLot(lot, 0, account, reason, before.lifted(account.shore()), sequence);
    }

    /// @inheritdoc ISafety
    function release(bytes32 declaration, bool isPreferential, bytes32[] calldata released) external {
        _requireCount(released.length);
        (Account account, uint256 sequence) = _enter(RELEASE, Role.CUSTOMS, released.length);
        _move(declaration, isPreferential ? RELEASED_WITH_PREFERENCE : RELEASED, account, released, sequence);
    }

    /// @inheritdoc ISafety
    function writeOff(bytes32 list, bytes32[] calldata written) external {
        _requireCount(written.length);
        (Account account, uint256 sequence) = _enter(WRITE_OFF, Role.CUSTOMS | Role.OPERATOR, written.length);
        _move(list, WRITTEN_OFF, account, written, sequence);
    }

    // -------------------------------------------------------------- internal

    function _enterToStop(bytes32 lot, uint8 reason) private returns (Account account, uint256 sequence) {
        (account, sequence) = _enter(WARN, Role.REGULATOR | Role.CUSTOMS, 1);
        if (lot == 0) revert SafetyFieldInvalid("lot");
        if (!Reason.isGiven(reason)) revert SafetyFieldInvalid("reason");
    }

    function _move(bytes32 document, uint8 movement, Account account, bytes32[] calldata moved, uint256 sequence)
        private
    {
        if (document == 0) revert SafetyFieldInvalid("document");
        if (movements[document] != 0) revert SafetyTaken(document);
        movements[document] = uint256(movement) << 72 | account.member() << 40 | block.timestamp;
        for (uint256 i = 0; i < moved.length; ++i) {
            if (moved[i] == 0) revert SafetyFieldInvalid("lot");
            _requireMovable(moved[i]);
            emit LotMoved(moved[i], document, movement, account.member(), sequence + i);
        }
    }
}
