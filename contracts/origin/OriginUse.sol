// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {SafetyState} from "../safety/SafetyState.sol";
import {OriginState} from "./OriginState.sol";
import {IOrigin} from "../interfaces/IOrigin.sol";
import {Account} from "../types/Account.sol";
import {Certificate, CertificateLib} from "../types/Certificate.sol";
import {Kind, Role, Status} from "../types/Codes.sol";
import {GoodsLine, GoodsLineLib} from "../types/GoodsLine.sol";
import {Record} from "../types/Record.sol";
import {Sha256} from "../types/Sha256.sol";

/// @title OriginUse
/// @notice The one use of a certificate.
abstract contract OriginUse is OriginState, SafetyState {
    /// @inheritdoc IOrigin
    function consume(bytes32 id, bytes32 declaration, Goods[] calldata goods) external {
        (Account account, uint256 sequence, Record record) = _enterAbout(id, CONSUME, Role.CUSTOMS, 1);
        Certificate certificate = _requireRegistered(id);
        if (account.shore() != certificate.destination()) {
            revert CompanionShoreWrong(account.shore(), certificate.destination());
        }
        if (declaration == 0) revert OriginFieldInvalid("declaration");
        _requireStanding(id, certificate, record);
        uint8 regime = certificate.regime();
        GoodsLine use = GoodsLineLib.used(Sha256.ofPair(id, declaration), regime, block.timestamp, account.member());
        _useLines(id, certificate, goods, use);
        emit CertificateConsumed(id, declaration, use, sequence);
    }

    function _useLines(bytes32 id, Certificate certificate, Goods[] calldata goods, GoodsLine use) private {
        bytes32 chain;
        for (uint256 i = 0; i < goods.length; ++i) {
            (bytes32 lot, bytes32 detail) = (goods[i].lot, goods[i].detail);
            bytes32 key = Sha256.ofPair(lot, detail);
            chain = Sha256.ofPair(chain, key);
            _requireFree(id, lines[key], use.regime());
            lines[key] = use;
            _requireMovable(lot);
        }
        if (!certificate.covers(chain, goods.length)) revert OriginLinesInvalid(goods.length);
    }

    function _requireFree(bytes32 id, GoodsLine line, uint8 regime) private pure {
        if (!line.isUsed()) return;
        if (line.regime() != regime) revert OriginDoublePreference(id, line);
        revert OriginAlreadyUsed(id, line);
    }

    /// @dev The certificate, and of a copy its original too, is anchored, active, in its place, and valid.
    function _requireStanding(bytes32 id, Certificate certificate, Record record) private view {
        _requireActive(id, certificate, record);
        uint256 end = certificate.validUntil();
        if (block.timestamp >= end) revert OriginExpired(id, end);
        if (certificate.form() != CertificateLib.COPY) return;
        bytes32 original = predecessors[id];
        _requireActive(original, certificates[original], ledger.recordOf(original));
    }

    function _requireActive(bytes32 id, Certificate certificate, Record record) private view {
        uint8 status = record.kind() == Kind.CERTIFICATE_OF_ORIGIN ? record.status() : Status.NONE;
        if (certificate.isCorrected() || status == Status.SUPERSEDED) revert OriginSuperseded(id);
        if (status != Status.ACTIVE) revert OriginNotStanding(id, status);
        uint40 expiresAt = record.expiresAt();
        if (expiresAt != 0 && block.timestamp >= expiresAt) revert OriginExpired(id, expiresAt);
    }
}
