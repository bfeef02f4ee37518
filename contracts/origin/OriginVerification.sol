// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {OriginState} from "./OriginState.sol";
import {IOrigin} from "../interfaces/IOrigin.sol";
import {Account} from "../types/Account.sol";
import {Certificate} from "../types/Certificate.sol";
import {Role} from "../types/Codes.sol";
import {Fingerprint} from "../types/Fingerprint.sol";
import {Inquiry, InquiryLib} from "../types/Inquiry.sol";
import {Sha256} from "../types/Sha256.sol";

/// @title OriginVerification
/// @notice Questions about a certificate after clearance: asked by the importing shore, answered by the exporting one.
abstract contract OriginVerification is OriginState {
    /// @inheritdoc IOrigin
    function requestVerification(bytes32 id, bytes32 evidence) external {
        (Account account, uint256 sequence) = _enterAsImporter(id, evidence);
        (uint256 number, Inquiry newest) = _newest(id);
        if (newest.state() == InquiryLib.REQUESTED || newest.state() == InquiryLib.REPLIED) {
            revert OriginInquiryConflict(id, newest.state());
        }
        uint256 due = block.timestamp + uint256(regimes[certificates[id].regime()].replyDays()) * 1 days;
        inquiryCounts[id] = number + 1;
        _set(id, number + 1, evidence, InquiryLib.requested(account.member(), block.timestamp, due), sequence);
    }

    /// @inheritdoc IOrigin
    function replyVerification(bytes32 id, uint32 issuer, bytes32 leaf, bytes32 evidence) external {
        (Account account, uint256 sequence) = _enter(VERIFY, Role.CERTIFIER | Role.CUSTOMS, 1);
        if (evidence == 0) revert OriginFieldInvalid("evidence");
        Certificate certificate = _requireRegistered(id);
        if (Fingerprint.recordId(issuer, leaf) != id) revert OriginFieldInvalid("issuer");
        bool isIssuer = account.member() == issuer;
        bool isItsCustoms = account.roles() & Role.CUSTOMS != 0 && account.shore() != certificate.destination();
        if (!isIssuer && !isItsCustoms) revert OriginFieldInvalid("caller");
        (uint256 number, Inquiry newest) = _newest(id);
        if (newest.state() != InquiryLib.REQUESTED) revert OriginInquiryConflict(id, newest.state());
        _set(id, number, evidence, newest.replied(block.timestamp), sequence);
    }

    /// @inheritdoc IOrigin
    function concludeVerification(bytes32 id, uint8 outcome, bytes32 evidence) external {
        (, uint256 sequence) = _enterAsImporter(id, evidence);
        (uint256 number, Inquiry newest) = _newest(id);
        if (!_mayConclude(newest, outcome)) revert OriginInquiryConflict(id, newest.state());
        _set(id, number, evidence, newest.concluded(outcome, block.timestamp), sequence);
    }

    // -------------------------------------------------------------- internal

    /// @dev With a reply the outcome is a judgement of it; without one, only that there was none in time.
    function _mayConclude(Inquiry newest, uint8 outcome) private view returns (bool) {
        if (newest.state() == InquiryLib.REPLIED) {
            return outcome == InquiryLib.CONFIRMED || outcome == InquiryLib.DENIED;
        }
        bool isOverdue = newest.state() == InquiryLib.REQUESTED && block.timestamp >= newest.dueAt();
        return isOverdue && outcome == InquiryLib.NO_REPLY;
    }

    function _enterAsImporter(bytes32 id, bytes32 evidence) private returns (Account account, uint256 sequence) {
        (account, sequence) = _enter(VERIFY, Role.CUSTOMS, 1);
        if (evidence == 0) revert OriginFieldInvalid("evidence");
        uint8 destination = _requireRegistered(id).destination();
        if (account.shore() != destination) revert CompanionShoreWrong(account.shore(), destination);
    }

    function _newest(bytes32 id) private view returns (uint256 number, Inquiry word) {
        number = inquiryCounts[id];
        word = inquiries[Sha256.ofPair(id, bytes32(number))];
    }

    function _set(bytes32 id, uint256 number, bytes32 evidence, Inquiry word, uint256 sequence) private {
        inquiries[Sha256.ofPair(id, bytes32(number))] = word;
        emit InquiryChanged(id, number, evidence, word, sequence);
    }
}
