// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {LedgerState} from "./LedgerState.sol";
import {INotary} from "./interfaces/INotary.sol";
import {Account} from "./types/Account.sol";
import {Kind, Reason, Status} from "./types/Codes.sol";
import {Fingerprint} from "./types/Fingerprint.sol";
import {Head} from "./types/Head.sol";
import {Record, RecordLib} from "./types/Record.sol";

/// @title Notary
/// @notice Records, their status, and the histories that hold them.
abstract contract Notary is LedgerState {
    /// @notice Most documents of one `anchorMany`.
    uint256 internal constant MAX_ENTRIES = 256;
    /// @notice Most subject links of one `anchorRoot`.
    uint256 internal constant MAX_LINKS = 512;

    // ----------------------------------------------------------------- views

    /// @inheritdoc INotary
    function recordOf(bytes32 id) external view returns (Record record) {
        return records[id].word;
    }

    // ------------------------------------------------------------- anchoring

    /// @inheritdoc INotary
    function anchor(Entry calldata entry) external returns (bytes32 id) {
        return _anchor(_liveAccount(msg.sender), entry);
    }

    /// @inheritdoc INotary
    function anchorMany(Entry[] calldata entries) external {
        Account account = _liveAccount(msg.sender);
        if (entries.length == 0 || entries.length > MAX_ENTRIES) {
            revert NotaryCountOutOfRange(entries.length, MAX_ENTRIES);
        }
        for (uint256 i = 0; i < entries.length; ++i) {
            _anchor(account, entries[i]);
        }
    }

    /// @inheritdoc INotary
    function anchorRoot(bytes32 root, uint32 size, uint16 kind, uint40 expiresAt, SubjectLink[] calldata links)
        external
        returns (bytes32 id)
    {
        Account account = _liveAccount(msg.sender);
        if (root == 0 || size == 0) revert NotaryRootInvalid(root, size);
        if (links.length > MAX_LINKS) revert NotaryCountOutOfRange(links.length, MAX_LINKS);
        Record record;
        (id, record) = _write(account, root, kind, expiresAt, size);
        emit RootAnchored(id, root, record, _nextSequence());
        for (uint256 i = 0; i < links.length; ++i) {
            _link(id, account.member(), links[i], i);
        }
    }

    // ------------------------------------------------------ changes of status

    /// @inheritdoc INotary
    function revoke(bytes32 leafOrRoot, uint16 reason) external {
        _changeStatus(_liveAccount(msg.sender).member(), leafOrRoot, Status.REVOKED, reason);
    }

    /// @inheritdoc INotary
    function suspend(bytes32 leafOrRoot, uint16 reason) external {
        _changeStatus(_liveAccount(msg.sender).member(), leafOrRoot, Status.SUSPENDED, reason);
    }

    /// @inheritdoc INotary
    function reinstate(bytes32 leafOrRoot, uint16 reason) external {
        _changeStatus(_liveAccount(msg.sender).member(), leafOrRoot, Status.ACTIVE, reason);
    }

    /// @inheritdoc INotary
    function supersede(bytes32 leafOrRoot, Entry calldata successor, uint16 reason) external returns (bytes32 id) {
        Account account = _liveAccount(msg.sender);
        // The old record is written first: a document named as its own successor is then found to be anchored already.
        (bytes32 superseded, uint16 kind) = _changeStatus(account.member(), leafOrRoot, Status.SUPERSEDED, reason);
        if (kind != 0 && kind != successor.kind) revert NotaryKindDiffers(superseded, kind, successor.kind);
        id = _anchor(account, successor);
        successors[superseded] = id;
        emit DocumentSuperseded(superseded, id, _nextSequence());
    }

    // -------------------------------------------------------------- internal

    /// @dev Anchors one document.
    function _anchor(Account account, Entry calldata entry) private returns (bytes32 id) {
        (bytes32 sha256Digest, bytes32 sm3Digest, bytes32 subject) =
            (entry.sha256Digest, entry.sm3Digest, entry.subject);
        if (sha256Digest == 0 || sm3Digest == 0) revert NotaryDigestMissing(sha256Digest, sm3Digest);
        Record record;
        (id, record) = _write(account, Fingerprint.leafOf(sha256Digest, sm3Digest), entry.kind, entry.expiresAt, 1);
        if (subject != 0) subjectHeads[subject] = subjectHeads[subject].extended(id);
        emit DocumentAnchored(id, subject, sha256Digest, sm3Digest, record, _nextSequence());
    }

    /// @dev Writes a new record and extends its issuer's history by it.
    function _write(Account account, bytes32 leafOrRoot, uint16 kind, uint40 expiresAt, uint256 size)
        private
        returns (bytes32 id, Record record)
    {
        _checkRole(account, kind);
        uint256 issuer = account.member();
        id = Fingerprint.recordId(issuer, leafOrRoot);
        RecordSlot storage slot = records[id];
        record = slot.word;
        if (record.exists()) revert NotaryAlreadyAnchored(id, record);
        Head head = issuerHeads[issuer].extended(id);
        issuerHeads[issuer] = head;
        record = RecordLib.anchored(issuer, kind, block.timestamp, expiresAt, head.count(), size);
        slot.word = record;
    }

    function _checkRole(Account account, uint16 kind) private pure {
        uint16 needed = Kind.anchoredBy(kind);
        if (needed == 0) revert NotaryKindUnknown(kind);
        if (account.roles() & needed == 0) revert NotaryRoleMissing(account.roles(), kind);
    }

    /// @dev Extends a subject's history by a document of a batch.
    function _link(bytes32 rootId, uint256 issuer, SubjectLink calldata link, uint256 index) private {
        (bytes32 subject, bytes32 leaf) = (link.subject, link.leaf);
        if (subject == 0 || leaf == 0) revert NotaryLinkInvalid(index);
        subjectHeads[subject] = subjectHeads[subject].extended(Fingerprint.recordId(issuer, leaf));
        emit SubjectExtended(subject, rootId, leaf, issuer, _nextSequence());
    }

    /// @dev Changes the status of a record of `issuer`, or of a document of one of its batches.
    function _changeStatus(uint256 issuer, bytes32 leafOrRoot, uint8 wanted, uint16 reason)
        private
        returns (bytes32 id, uint16 kind)
    {
        if (!Reason.isGiven(reason)) revert NotaryReasonUnknown(reason);
        assembly ("memory-safe") {
            // Fingerprint.recordId(issuer, leafOrRoot), in place: a revocation has no gas to spare for calling it.
            mstore(0x00, issuer)
            mstore(0x20, leafOrRoot)
            if iszero(staticcall(gas(), 0x02, 0x00, 0x40, 0x00, 0x20)) { revert(0, 0) }
            id := mload(0x00)
        }
        RecordSlot storage slot = records[id];
        Record before = slot.word;
        if (wanted == Status.ACTIVE || !before.isUnchanged()) _checkLaterChange(id, before, wanted);
        Record record = before.changed(issuer, wanted, reason, block.timestamp);
        slot.word = record;
        kind = record.kind();
        emit StatusChanged(id, record.numbered(_nextSequence()));
    }

    /// @dev Checks that a status that has changed before, or is to become active again, may do so, and keeps what the record was.
    function _checkLaterChange(bytes32 id, Record before, uint8 wanted) private {
        uint8 status = before.status();
        bool allowed = wanted == Status.ACTIVE
            ? status == Status.SUSPENDED
            : status == Status.ACTIVE || (status == Status.SUSPENDED && wanted != Status.SUSPENDED);
        if (!allowed) revert NotaryStatusConflict(id, status, wanted);
        uint256 changes = before.changes();
        bool isFinal = wanted == Status.REVOKED || wanted == Status.SUPERSEDED;
        if (!isFinal && changes + 1 == RecordLib.MAX_CHANGES) revert NotaryChangesExhausted(id, changes);
        pastRecords[Fingerprint.pastRecordKey(id, changes + 1)] = before;
    }
}
