// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {InvariantHandler} from "./InvariantHandler.sol";
import {LawTest} from "./LawTest.sol";

/// @title LawHandler
/// @notice A handler of the law, with the offices of either shore.
abstract contract LawHandler is LawTest, InvariantHandler {
    function anyShore() internal returns (uint8) {
        return oneIn(2) ? CN : KR;
    }

    function certifierOf(uint8 shore) internal pure returns (address) {
        return shore == CN ? CERTIFIER_CN : CERTIFIER_KR;
    }

    function laboratoryOf(uint8 shore) internal pure returns (address) {
        return shore == CN ? LABORATORY_CN : LABORATORY_KR;
    }

    function customsOf(uint8 shore) internal pure returns (address) {
        return shore == CN ? CUSTOMS_CN : CUSTOMS_KR;
    }

    function regulatorOf(uint8 shore) internal pure returns (address) {
        return shore == CN ? REGULATOR_CN : REGULATOR_KR;
    }

    function accreditorOf(uint8 shore) internal pure returns (address) {
        return shore == CN ? ACCREDITOR_CN : ACCREDITOR_KR;
    }
}
