// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CompanionContract} from "../CompanionContract.sol";
import {IOrigin} from "../interfaces/IOrigin.sol";
import {Certificate} from "../types/Certificate.sol";
import {GoodsLine} from "../types/GoodsLine.sol";
import {Inquiry} from "../types/Inquiry.sol";
import {Regime} from "../types/Regime.sol";
import {Sha256} from "../types/Sha256.sol";
import {Term} from "../types/Term.sol";

/// @title OriginState
/// @notice All that is kept of certificates of origin. The order is part of the format (docs/spec/law.md section 2).
abstract contract OriginState is CompanionContract, IOrigin {
    /// @notice Most goods lines of a certificate (a form of twenty lines, and the sheets attached to it).
    uint256 internal constant MAX_LINES = 100;

    /// @dev Numbers of the actions that both shores can pause.
    uint8 internal constant REGISTER = 0;
    uint8 internal constant CONSUME = 1;
    /// @dev Verifying after clearance can never be paused.
    uint8 internal constant VERIFY = 128;

    /// @inheritdoc IOrigin
    mapping(uint256 regime => Regime word) public regimes; // slot 0
    /// @inheritdoc IOrigin
    mapping(bytes32 key => Term word) public bodies; // slot 1
    /// @inheritdoc IOrigin
    mapping(bytes32 key => bytes32 certificate) public numbers; // slot 2
    /// @inheritdoc IOrigin
    mapping(bytes32 id => Certificate word) public certificates; // slot 3
    /// @inheritdoc IOrigin
    mapping(bytes32 id => bytes32 predecessor) public predecessors; // slot 4
    /// @inheritdoc IOrigin
    mapping(bytes32 line => GoodsLine word) public lines; // slot 5
    /// @inheritdoc IOrigin
    mapping(bytes32 id => uint256 count) public inquiryCounts; // slot 6
    /// @inheritdoc IOrigin
    mapping(bytes32 key => Inquiry word) public inquiries; // slot 7

    function _bodyKey(uint256 member, uint256 regime) internal view returns (bytes32) {
        return Sha256.ofPair(bytes32(member), bytes32(regime));
    }

    function _requireRegistered(bytes32 id) internal view returns (Certificate certificate) {
        certificate = certificates[id];
        if (!certificate.exists()) revert OriginNotFound(id);
    }
}
