// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CompanionContract} from "../CompanionContract.sol";
import {ILaboratories} from "../interfaces/ILaboratories.sol";
import {Arrangement} from "../types/Arrangement.sol";
import {Report} from "../types/Report.sol";
import {Sha256} from "../types/Sha256.sol";
import {Term} from "../types/Term.sol";

/// @title LaboratoriesState
/// @notice All that is kept of laboratories. The order is part of the format (docs/spec/law.md section 3).
abstract contract LaboratoriesState is CompanionContract, ILaboratories {
    /// @dev Numbers of the actions that both shores can pause.
    uint8 internal constant ACCREDIT = 0;
    uint8 internal constant DESIGNATE = 1;
    uint8 internal constant REGISTER = 2;
    uint8 internal constant ACCEPT = 3;
    /// @dev Ending, refusing and declaring compromised can never be paused.
    uint8 internal constant WITHDRAW = 128;

    /// @inheritdoc ILaboratories
    mapping(uint256 panel => bytes32 digest) public panels; // slot 0
    /// @inheritdoc ILaboratories
    mapping(bytes32 key => uint256 count) public profileVersions; // slot 1
    /// @inheritdoc ILaboratories
    mapping(bytes32 key => bytes32 digest) public profileDigests; // slot 2
    /// @inheritdoc ILaboratories
    mapping(bytes32 key => uint256 count) public periodCounts; // slot 3
    /// @inheritdoc ILaboratories
    mapping(bytes32 key => Term word) public periods; // slot 4
    /// @inheritdoc ILaboratories
    mapping(bytes32 key => uint256 tests) public scopes; // slot 5
    /// @inheritdoc ILaboratories
    mapping(bytes32 key => Term word) public designations; // slot 6
    /// @inheritdoc ILaboratories
    mapping(bytes32 id => Report word) public reports; // slot 7
    /// @inheritdoc ILaboratories
    mapping(bytes32 key => Report word) public pastReports; // slot 8
    /// @inheritdoc ILaboratories
    mapping(uint256 arrangement => Arrangement word) public arrangements; // slot 9
    /// @inheritdoc ILaboratories
    mapping(uint256 arrangement => uint256 tests) public coverage; // slot 10

    /// @dev What a laboratory has of its own for a panel.
    function _panelKey(uint256 laboratory, uint256 panel) internal view returns (bytes32) {
        return Sha256.ofPair(bytes32(laboratory), bytes32(panel));
    }

    /// @dev One of several under such a key.
    function _numbered(bytes32 key, uint256 number) internal view returns (bytes32) {
        return Sha256.ofPair(key, bytes32(number));
    }

    function _requireTerm(uint40 from, uint40 until) internal pure {
        if (from == 0 || (until != 0 && until <= from)) revert LaboratoriesFieldInvalid("term");
    }
}
