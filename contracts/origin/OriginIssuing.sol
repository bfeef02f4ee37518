// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {OriginState} from "./OriginState.sol";
import {IOrigin} from "../interfaces/IOrigin.sol";
import {Account} from "../types/Account.sol";
import {Certificate, CertificateLib} from "../types/Certificate.sol";
import {Role, Shore} from "../types/Codes.sol";
import {Fingerprint} from "../types/Fingerprint.sol";
import {GoodsLine, GoodsLineLib} from "../types/GoodsLine.sol";
import {Sha256} from "../types/Sha256.sol";

/// @title OriginIssuing
/// @notice Registers certificates, their corrections and their copies.
abstract contract OriginIssuing is OriginState {
    /// @dev Seconds by which a date of issue may be ahead of the chain's clock: dates are days of UTC+8 or UTC+9.
    uint256 private constant AHEAD = 1 days;

    /// @inheritdoc IOrigin
    function register(Registration calldata wanted) external returns (bytes32 id) {
        (uint256 issuer, uint256 sequence) = _enterAsIssuer(wanted);
        bytes32 key = _numberKey(issuer, wanted.number);
        if (numbers[key] != 0) revert OriginNumberTaken(key, numbers[key]);
        id = _write(issuer, wanted, CertificateLib.ORIGINAL, 0, key, sequence);
    }

    /// @inheritdoc IOrigin
    function correct(bytes32 wrong, bytes32[] calldata wrongLines, Registration calldata wanted)
        external
        returns (bytes32 id)
    {
        (uint256 issuer, uint256 sequence) = _enterAsIssuer(wanted);
        Certificate before = _requireRegistered(wrong);
        // Asked first: what was corrected has its number no longer.
        if (before.isCorrected()) revert OriginSuperseded(wrong);
        bytes32 key = _numberKey(issuer, wanted.number);
        // The number's key holds the issuer: a certificate of somebody else has another.
        if (numbers[key] != wrong) revert OriginPredecessorDiffers("number");
        // The correction of a copy would have lines of its own, and so a second use.
        if (before.form() == CertificateLib.COPY) revert OriginPredecessorDiffers("form");
        if (before.regime() != wanted.regime) revert OriginPredecessorDiffers("regime");
        _requireUnused(wrong, before, wrongLines);
        certificates[wrong] = before.corrected();
        id = _write(issuer, wanted, CertificateLib.CORRECTION, wrong, key, sequence);
    }

    /// @inheritdoc IOrigin
    function copy(bytes32 leaf, Registration calldata wanted) external returns (bytes32 id) {
        (uint256 issuer, uint256 sequence) = _enterAsIssuer(wanted);
        // Made of the caller's own number, the id cannot be that of somebody else's certificate.
        bytes32 original = Fingerprint.recordId(issuer, leaf);
        Certificate of_ = _requireRegistered(original);
        if (of_.isCorrected()) revert OriginSuperseded(original);
        if (of_.form() == CertificateLib.COPY) revert OriginPredecessorDiffers("form");
        if (of_.regime() != wanted.regime) revert OriginPredecessorDiffers("regime");
        if (of_.issuedOn() != wanted.issuedOn) revert OriginPredecessorDiffers("issuedOn");
        _requireUnused(original, of_, wanted.lines);
        bytes32 key = _numberKey(issuer, wanted.number);
        if (numbers[key] != 0) revert OriginNumberTaken(key, numbers[key]);
        id = _write(issuer, wanted, CertificateLib.COPY, original, key, sequence);
    }

    // -------------------------------------------------------------- internal

    /// @dev Checks what every registration needs: a body authorised on the date of issue and now, and fields that can be.
    function _enterAsIssuer(Registration calldata wanted) private returns (uint256 issuer, uint256 sequence) {
        uint256 count = wanted.lines.length;
        if (count == 0 || count > MAX_LINES) revert OriginLinesInvalid(count);
        Account account;
        (account, sequence) = _enter(REGISTER, Role.CERTIFIER, count + 1);
        issuer = account.member();
        if (!regimes[wanted.regime].exists()) revert OriginRegimeUnknown(wanted.regime);
        if (wanted.leaf == 0) revert OriginFieldInvalid("leaf");
        if (wanted.number == 0) revert OriginFieldInvalid("number");
        if (!Shore.isOne(wanted.destination) || wanted.destination == account.shore()) {
            revert OriginFieldInvalid("destination");
        }
        if (wanted.issuedOn > block.timestamp + AHEAD) revert OriginFieldInvalid("issuedOn");
        _requireAuthorised(issuer, wanted.regime, wanted.issuedOn);
    }

    /// @dev A date of issue is the issuer's claim, so the authorisation must also reach to now: a body cannot date back to when it had one.
    function _requireAuthorised(uint256 issuer, uint8 regime, uint40 issuedOn) private view {
        (uint256 first, uint256 last) = (issuedOn, block.timestamp);
        if (first > last) (first, last) = (last, first);
        if (!bodies[_bodyKey(issuer, regime)].covers(first, last)) {
            revert OriginIssuerNotAuthorised(issuer, regime, issuedOn);
        }
    }

    function _requireUnused(bytes32 id, Certificate certificate, bytes32[] calldata keys) private view {
        bytes32 chain;
        for (uint256 i = 0; i < keys.length; ++i) {
            chain = Sha256.ofPair(chain, keys[i]);
            GoodsLine line = lines[keys[i]];
            if (line.isUsed()) revert OriginAlreadyUsed(id, line);
        }
        if (!certificate.covers(chain, keys.length)) revert OriginLinesInvalid(keys.length);
    }

    /// @dev `form` and `predecessor` say how it came to be.
    function _write(
        uint256 issuer,
        Registration calldata wanted,
        uint8 form,
        bytes32 predecessor,
        bytes32 numberKey,
        uint256 sequence
    ) private returns (bytes32 id) {
        id = Fingerprint.recordId(issuer, wanted.leaf);
        if (certificates[id].exists()) revert OriginAlreadyRegistered(id);
        Certificate word = _wordOf(wanted, form, predecessor);
        certificates[id] = word;
        numbers[numberKey] = id;
        if (predecessor != 0) predecessors[id] = predecessor;
        emit CertificateRegistered(id, numberKey, predecessor, word, sequence);
        _registerLines(id, wanted.lines, sequence + 1);
    }

    function _registerLines(bytes32 id, bytes32[] calldata keys, uint256 sequence) private {
        bytes32 last;
        for (uint256 i = 0; i < keys.length; ++i) {
            // A line named twice could never be used: its second use would find the first.
            if (keys[i] <= last) revert OriginLinesInvalid(i);
            last = keys[i];
            if (!lines[last].exists()) lines[last] = GoodsLineLib.REGISTERED;
            emit LineRegistered(last, id, sequence + i);
        }
    }

    /// @dev A copy is valid as long as its original, whatever both shores agreed since.
    function _wordOf(Registration calldata wanted, uint8 form, bytes32 predecessor) private view returns (Certificate) {
        uint16 validDays =
            form == CertificateLib.COPY ? certificates[predecessor].validDays() : regimes[wanted.regime].validDays();
        return CertificateLib.registered(wanted.regime, wanted.destination, form, wanted.issuedOn, validDays)
            .naming(_chain(wanted.lines), wanted.lines.length);
    }

    function _chain(bytes32[] calldata keys) private view returns (bytes32 chain) {
        for (uint256 i = 0; i < keys.length; ++i) {
            chain = Sha256.ofPair(chain, keys[i]);
        }
    }

    function _numberKey(uint256 issuer, bytes32 number) private view returns (bytes32) {
        return Sha256.ofPair(bytes32(issuer), number);
    }
}
