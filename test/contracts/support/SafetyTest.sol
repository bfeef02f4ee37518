// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ISafety} from "../../../contracts/interfaces/ISafety.sol";
import {Alert} from "../../../contracts/types/Alert.sol";
import {Head} from "../../../contracts/types/Head.sol";
import {Lot} from "../../../contracts/types/Lot.sol";
import {Recall} from "../../../contracts/types/Recall.sol";
import {LawTest} from "./LawTest.sol";
import {Log} from "./Vm.sol";

/// @title SafetyTest
/// @notice Alerts, holds and recalls by the letter of the interface, and short ways to them.
abstract contract SafetyTest is LawTest {
    uint256 internal constant MOST_LOTS = 256;
    bytes32 internal constant SALT = bytes32(uint256(0x5a17));

    uint256 internal constant RAISED = 1;
    uint256 internal constant ASSESSED = 2;
    uint256 internal constant DISPOSED = 3;
    uint256 internal constant REVIEWED = 4;
    uint256 internal constant CLOSED = 5;

    /// @dev The time, kept here: an optimiser may take `block.timestamp` for the same throughout a function.
    uint256 internal present = START;

    function skip(uint256 duration) internal {
        present += duration;
        vm.warp(present);
    }

    /// @dev A day from now.
    function due() internal view returns (uint40) {
        return uint40(present + 1 days);
    }

    function lotKeys(uint256 first, uint256 count) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = lotKey(first + i);
        }
    }

    function one(bytes32 lot) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](1);
        list[0] = lot;
    }

    // -------------------------------------------------------------- in the law

    function alertId(address regulator, bytes32 salt) internal view returns (bytes32) {
        return pair(bytes32(uint256(numberOf[regulator])), salt);
    }

    /// @dev An alert of a regulator about the lots 1 and 2.
    function raise(address regulator) internal returns (bytes32) {
        actAs(regulator);
        return clearance.raiseAlert(SALT, 2, numberOf[regulator], due(), EVIDENCE, lotKeys(1, 2));
    }

    function advance(address regulator, bytes32 alert, uint256 stage) internal {
        actAs(regulator);
        clearance.advanceAlert(alert, uint8(stage), numberOf[regulator], stage == CLOSED ? 0 : due(), EVIDENCE);
    }

    /// @dev A recall of class 2 under an alert, that has to be begun within a day and done within two.
    function orderOf(address regulator, bytes32 alert) internal view returns (ISafety.RecallOrder memory) {
        return ISafety.RecallOrder(alert, SALT, 2, numberOf[regulator], due(), due() + 1 days, EVIDENCE);
    }

    function alertWord(bytes32 alert) internal view returns (uint256) {
        return Alert.unwrap(clearance.alerts(alert));
    }

    function recallWord(bytes32 recall) internal view returns (uint256) {
        return Recall.unwrap(clearance.recalls(recall));
    }

    function lotWord(bytes32 lot) internal view returns (uint256) {
        return Lot.unwrap(clearance.lots(lot));
    }

    function lotHead(bytes32 lot) internal view returns (bytes32) {
        return Head.unwrap(clearance.lotHeads(lot));
    }

    // ------------------------------------------------------------------ words

    /// @dev The half of a shore.
    function half(uint8 shore, uint256 fields) internal pure returns (uint256) {
        return shore == CN ? fields << 128 : fields;
    }

    function holdOf(uint8 shore, uint256 at, address by, uint256 reason) internal view returns (uint256) {
        return half(shore, at << 88 | uint256(numberOf[by]) << 56 | reason << 48);
    }

    function recallOf(uint8 shore, uint256 at, uint256 class) internal pure returns (uint256) {
        return half(shore, at << 8 | class);
    }

    // ----------------------------------------------------------------- events

    function assertAlertLog(Log memory log, bytes32 alert, bytes32 evidence, uint256 word, uint256 sequence)
        internal
        view
    {
        bytes memory data = abi.encode(evidence, word, sequence);
        assertEvent(log, address(clearance), ISafety.AlertChanged.selector, topicsOf(alert), data);
    }

    function assertLotLog(Log memory log, bytes32[2] memory lotAndCause, address by, uint256[3] memory values)
        internal
        view
    {
        bytes memory data = abi.encode(numberOf[by], values[0], values[1], values[2]);
        bytes32[] memory topics = topicsOf(lotAndCause[0], lotAndCause[1]);
        assertEvent(log, address(clearance), ISafety.LotChanged.selector, topics, data);
    }

    // ----------------------------------------------------------------- errors

    function fieldInvalid(bytes32 name) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ISafety.SafetyFieldInvalid.selector, name);
    }

    function unknown(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ISafety.SafetyUnknown.selector, id);
    }

    function taken(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ISafety.SafetyTaken.selector, id);
    }

    function stageConflict(bytes32 alert, uint256 stage) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ISafety.SafetyStageConflict.selector, alert, stage);
    }

    function lotConflict(bytes32 lot, uint256 word) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ISafety.SafetyLotConflict.selector, lot, word);
    }

    function countOutOfRange(uint256 count) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ISafety.SafetyCountOutOfRange.selector, count, MOST_LOTS);
    }

    /// @dev The call of the safety contract, from whoever acts, reverts with exactly this error, and nothing is numbered.
    function assertSafetyRefuses(bytes memory call, bytes memory error) internal {
        uint256 before = ledger.sequence();
        assertRefused(address(clearance), call, error);
        assertEq(ledger.sequence(), before, "sequence");
    }
}
