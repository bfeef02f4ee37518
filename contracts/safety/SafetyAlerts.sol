// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {SafetyState} from "./SafetyState.sol";
import {ISafety} from "../interfaces/ISafety.sol";
import {Account} from "../types/Account.sol";
import {Alert, AlertLib} from "../types/Alert.sol";
import {Lot} from "../types/Lot.sol";
import {Recall, RecallLib} from "../types/Recall.sol";
import {Sha256} from "../types/Sha256.sol";

/// @title SafetyAlerts
/// @notice Alerts in their five stages, and the recalls that they lead to.
abstract contract SafetyAlerts is SafetyState {
    /// @notice Grades of alerts, I to IV.
    uint8 private constant GRADES = 4;
    /// @notice Classes of recalls, in the law of either shore.
    uint8 private constant CLASSES = 3;
    /// @dev Reason of a lot's recall and of its end, in place of one of the listed codes.
    uint8 private constant NO_REASON = 0;

    /// @inheritdoc ISafety
    function raiseAlert(
        bytes32 salt,
        uint8 grade,
        uint32 owner,
        uint40 dueAt,
        bytes32 evidence,
        bytes32[] calldata named
    ) external returns (bytes32 alert) {
        _requireCount(named.length);
        (Account account, uint256 sequence) = _enterToWarn(evidence, named.length + 1);
        if (grade == 0 || grade > GRADES) revert SafetyFieldInvalid("grade");
        _requireOwner(owner);
        if (dueAt <= block.timestamp) revert SafetyFieldInvalid("dueAt");
        alert = Sha256.ofPair(bytes32(account.member()), salt);
        if (alerts[alert].stage() != 0) revert SafetyTaken(alert);
        Alert word =
            AlertLib.raised(grade, account.shore(), account.member(), owner, block.timestamp, dueAt, named.length);
        _setAlert(alert, evidence, word, sequence);
        for (uint256 i = 0; i < named.length; ++i) {
            _nameLot(alert, named[i], sequence + 1 + i);
        }
    }

    /// @inheritdoc ISafety
    function advanceAlert(bytes32 alert, uint8 stage, uint32 owner, uint40 dueAt, bytes32 evidence) external {
        (Account account, uint256 sequence) = _enterToWarn(evidence, 1);
        Alert before = _ownAlert(alert, account);
        uint8 present = before.stage();
        bool isClosing = stage == AlertLib.CLOSED;
        if (present == AlertLib.CLOSED || stage != present + 1 || (isClosing && before.openRecalls() != 0)) {
            revert SafetyStageConflict(alert, present);
        }
        _requireOwner(owner);
        if (isClosing ? dueAt != 0 : dueAt <= block.timestamp) revert SafetyFieldInvalid("dueAt");
        _setAlert(alert, evidence, before.advanced(owner, block.timestamp, dueAt), sequence);
    }

    /// @inheritdoc ISafety
    function openRecall(RecallOrder calldata order, bytes32[] calldata named) external returns (bytes32 recall) {
        _requireCount(named.length);
        (Account account, uint256 sequence) = _enterToWarn(order.evidence, named.length + 2);
        Alert before = _ownAlert(order.alert, account);
        if (before.stage() == AlertLib.CLOSED) revert SafetyStageConflict(order.alert, AlertLib.CLOSED);
        recall = _open(order, account.shore(), sequence);
        _writeAlert(order.alert, order.evidence, before.withRecall(), sequence + 1);
        for (uint256 i = 0; i < named.length; ++i) {
            _recallLot(order, recall, named[i], account, sequence + 2 + i);
        }
    }

    /// @inheritdoc ISafety
    function closeRecall(bytes32 alert, bytes32 salt, bytes32 evidence, bytes32[] calldata restored) external {
        if (restored.length > MAX_LOTS) revert SafetyCountOutOfRange(restored.length, MAX_LOTS);
        (Account account, uint256 sequence) = _enterToWarn(evidence, restored.length + 2);
        Alert before = _ownAlert(alert, account);
        bytes32 recall = Sha256.ofPair(alert, salt);
        if (!recalls[recall].isOpen()) revert SafetyUnknown(recall);
        _setRecall(recall, alert, evidence, recalls[recall].closed(block.timestamp), sequence);
        _writeAlert(alert, evidence, before.withoutRecall(), sequence + 1);
        for (uint256 i = 0; i < restored.length; ++i) {
            _restoreLot(alert, recall, restored[i], account, sequence + 2 + i);
        }
    }

    // -------------------------------------------------------------- internal

    function _ownAlert(bytes32 alert, Account account) private view returns (Alert word) {
        word = alerts[alert];
        if (word.stage() == 0) revert SafetyUnknown(alert);
        if (word.shore() != account.shore()) revert CompanionShoreWrong(account.shore(), word.shore());
    }

    function _requireOwner(uint32 owner) private view {
        if (ledger.members(owner).shore() == 0) revert SafetyFieldInvalid("owner");
    }

    /// @dev Writes an alert that came to a stage, and that stage's evidence.
    function _setAlert(bytes32 alert, bytes32 evidence, Alert word, uint256 sequence) private {
        alertEvidence[Sha256.ofPair(alert, bytes32(uint256(word.stage())))] = evidence;
        _writeAlert(alert, evidence, word, sequence);
    }

    function _writeAlert(bytes32 alert, bytes32 evidence, Alert word, uint256 sequence) private {
        alerts[alert] = word;
        emit AlertChanged(alert, evidence, word, sequence);
    }

    function _setRecall(bytes32 recall, bytes32 alert, bytes32 evidence, Recall word, uint256 sequence) private {
        recalls[recall] = word;
        emit RecallChanged(recall, alert, evidence, word, sequence);
    }

    function _nameLot(bytes32 alert, bytes32 lot, uint256 sequence) private {
        if (lot == 0) revert SafetyFieldInvalid("lot");
        alertLots[Sha256.ofPair(alert, lot)] = true;
        emit AlertLotNamed(alert, lot, sequence);
    }

    function _open(RecallOrder calldata order, uint8 shore, uint256 sequence) private returns (bytes32 recall) {
        if (order.recallClass == 0 || order.recallClass > CLASSES) revert SafetyFieldInvalid("class");
        _requireOwner(order.owner);
        bool isInTime = order.startBy > block.timestamp && order.completeBy >= order.startBy;
        if (!isInTime) revert SafetyFieldInvalid("startBy");
        recall = Sha256.ofPair(order.alert, order.salt);
        if (Recall.unwrap(recalls[recall]) != 0) revert SafetyTaken(recall);
        Recall word =
            RecallLib.opened(order.recallClass, shore, order.owner, block.timestamp, order.startBy, order.completeBy);
        _setRecall(recall, order.alert, order.evidence, word, sequence);
    }

    function _recallLot(RecallOrder calldata order, bytes32 recall, bytes32 lot, Account account, uint256 sequence)
        private
    {
        if (!alertLots[Sha256.ofPair(order.alert, lot)]) revert SafetyUnknown(lot);
        Lot before = lots[lot];
        if (before.isRecalledBy(account.shore())) revert SafetyLotConflict(lot, before);
        Lot word = before.recalled(account.shore(), block.timestamp, order.recallClass);
        _setLot(lot, recall, account, NO_REASON, word, sequence);
    }

    function _restoreLot(bytes32 alert, bytes32 recall, bytes32 lot, Account account, uint256 sequence) private {
        if (!alertLots[Sha256.ofPair(alert, lot)]) revert SafetyUnknown(lot);
        Lot before = lots[lot];
        if (!before.isRecalledBy(account.shore())) revert SafetyLotConflict(lot, before);
        _setLot(lot, recall, account, NO_REASON, before.restored(account.shore()), sequence);
    }
}
