// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CompanionContract} from "../CompanionContract.sol";
import {ISafety} from "../interfaces/ISafety.sol";
import {Account} from "../types/Account.sol";
import {Alert} from "../types/Alert.sol";
import {Role} from "../types/Codes.sol";
import {Head} from "../types/Head.sol";
import {Lot} from "../types/Lot.sol";
import {Recall} from "../types/Recall.sol";

/// @title SafetyState
/// @notice All that is kept of alerts, holds and recalls. The order, behind that of `OriginState`, is part of the format (docs/spec/law.md section 2).
abstract contract SafetyState is CompanionContract, ISafety {
    /// @notice Most lots of one call.
    uint256 internal constant MAX_LOTS = 256;

    /// @dev Numbers of the actions that both shores can pause.
    uint8 internal constant RELEASE = 2;
    uint8 internal constant WRITE_OFF = 3;
    /// @dev Warning and stopping can never be paused.
    uint8 internal constant WARN = 128;

    /// @inheritdoc ISafety
    mapping(bytes32 lot => Lot word) public lots; // slot 8
    /// @inheritdoc ISafety
    mapping(bytes32 lot => Head head) public lotHeads; // slot 9
    /// @inheritdoc ISafety
    mapping(bytes32 alert => Alert word) public alerts; // slot 10
    /// @inheritdoc ISafety
    mapping(bytes32 key => bytes32 evidence) public alertEvidence; // slot 11
    /// @inheritdoc ISafety
    mapping(bytes32 key => bool isNamed) public alertLots; // slot 12
    /// @inheritdoc ISafety
    mapping(bytes32 recall => Recall word) public recalls; // slot 13
    /// @inheritdoc ISafety
    mapping(bytes32 document => uint256 word) public movements; // slot 14

    /// @dev Lets a regulator warn, with evidence.
    function _enterToWarn(bytes32 evidence, uint256 events) internal returns (Account account, uint256 sequence) {
        (account, sequence) = _enter(WARN, Role.REGULATOR, events);
        if (evidence == 0) revert SafetyFieldInvalid("evidence");
    }

    /// @dev A lot that either shore holds or recalls does not move.
    function _requireMovable(bytes32 lot) internal view {
        Lot word = lots[lot];
        if (word.isStopped()) revert SafetyLotOnHold(lot, word);
    }

    function _requireCount(uint256 count) internal pure {
        if (count == 0 || count > MAX_LOTS) revert SafetyCountOutOfRange(count, MAX_LOTS);
    }

    /// @dev Writes what stops a lot, and extends the history of it.
    function _setLot(bytes32 lot, bytes32 cause, Account account, uint8 reason, Lot word, uint256 sequence) internal {
        lots[lot] = word;
        lotHeads[lot] = lotHeads[lot].extended(bytes32(Lot.unwrap(word)));
        emit LotChanged(lot, cause, account.member(), reason, word, sequence);
    }
}
