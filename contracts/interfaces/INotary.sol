// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Account} from "../types/Account.sol";
import {Head} from "../types/Head.sol";
import {Record} from "../types/Record.sol";

/// @title INotary
/// @notice What members anchored, and how it stands.
///
/// What holds, whoever calls:
/// - a record is never removed, and its issuer, kind, time of anchoring, expiry, position and size never change;
/// - only accounts of the record's issuer change its status, since ids are derived from the caller's own member number;
/// - REVOKED and SUPERSEDED are final;
/// - every state change emits one event with the next sequence number.
///
/// What readers must know:
/// - the ledger sees fingerprints only: whether a document exists, is well-formed or is signed is the verifier's to check;
/// - a document in a batch has no record of its own until its status changes, so both its own record and its root's must be looked at, and the worse one counts;
/// - a link to a subject names its issuer, and is that member's claim: anyone who knows a subject's key can extend its history;
/// - an expiry that has passed already is accepted: older documents may be anchored late.
///
/// Each function that writes needs an account that is live now; `anchor`, `anchorMany`, `anchorRoot` and `supersede` also one of the roles for the kind.
/// Changes of status need no role: an issuer that lost one must still be able to withdraw what it issued under it.
interface INotary {
    /// @notice A document to be anchored by itself.
    /// @param sha256Digest SHA-256 of its bytes
    /// @param sm3Digest SM3 of the same bytes
    /// @param subject Key of the history it belongs to; 0: none
    /// @param kind Code of the kind
    /// @param expiresAt Unix seconds; 0: never
    struct Entry {
        bytes32 sha256Digest;
        bytes32 sm3Digest;
        bytes32 subject;
        uint16 kind;
        uint40 expiresAt;
    }

    /// @notice A document of a batch that belongs to a history.
    /// @param subject Key of the history
    /// @param leaf Leaf of the document
    struct SubjectLink {
        bytes32 subject;
        bytes32 leaf;
    }

    // ---------------------------------------------------------------- events

    /// @notice A single document was anchored; its subject's history, where it has one, holds its id now.
    /// @param id Id of its record
    /// @param subject Key of the history it belongs to; 0: none
    /// @param sha256Digest SHA-256 of its bytes
    /// @param sm3Digest SM3 of the same bytes
    /// @param record The record
    /// @param sequence Number of this event
    event DocumentAnchored(
        bytes32 indexed id,
        bytes32 indexed subject,
        bytes32 sha256Digest,
        bytes32 sm3Digest,
        Record record,
        uint256 sequence
    );

    /// @notice A batch was anchored.
    /// @param id Id of its record
    /// @param root Root of the RFC 9162 tree over the documents' leaves
    /// @param record The record
    /// @param sequence Number of this event
    event RootAnchored(bytes32 indexed id, bytes32 root, Record record, uint256 sequence);

    /// @notice A document of a batch was added to a subject's history, under the id `SHA-256(uint256(issuer) || leaf)`.
    /// @param subject Key of the history
    /// @param root Id of the batch's record
    /// @param leaf Leaf of the document
    /// @param issuer Number of the member that says so
    /// @param sequence Number of this event
    event SubjectExtended(
        bytes32 indexed subject, bytes32 indexed root, bytes32 leaf, uint256 issuer, uint256 sequence
    );

    /// @notice A record's status changed.
    /// @param id Id of the record
    /// @param change The record from now on, with the number of this event in place of its lowest 64 bits (position and size, which never change)
    event StatusChanged(bytes32 id, uint256 change);

    /// @notice A record has a successor. Its own change of status and the successor's anchoring precede this event.
    /// @param id Id of the record
    /// @param successor Id of the record that takes its place
    /// @param sequence Number of this event
    event DocumentSuperseded(bytes32 indexed id, bytes32 indexed successor, uint256 sequence);

    // ---------------------------------------------------------------- errors

    /// @notice The caller is not an account that may write now.
    /// @param account Who called
    /// @param word Its standing: member, roles, validity, state
    error NotaryAccountNotLive(address account, Account word);

    /// @notice The account has none of the roles that may anchor the kind.
    /// @param roles Roles of the account
    /// @param kind Code of the kind
    error NotaryRoleMissing(uint16 roles, uint16 kind);

    /// @notice No kind has the code.
    /// @param kind Code given
    error NotaryKindUnknown(uint16 kind);

    /// @notice No reason has the code.
    /// @param reason Code given
    error NotaryReasonUnknown(uint16 reason);

    /// @notice A document must have both digests.
    /// @param sha256Digest SHA-256 given
    /// @param sm3Digest SM3 given
    error NotaryDigestMissing(bytes32 sha256Digest, bytes32 sm3Digest);

    /// @notice A batch must have a root and at least one document.
    /// @param root Root given
    /// @param size Size given
    error NotaryRootInvalid(bytes32 root, uint32 size);

    /// @notice A link must have a subject and a leaf.
    /// @param index Number of the link, from 0
    error NotaryLinkInvalid(uint256 index);

    /// @notice There is nothing to do, or too much for one call.
    /// @param count Number given
    /// @param limit Most allowed
    error NotaryCountOutOfRange(uint256 count, uint256 limit);

    /// @notice The issuer has a record of the document or batch already.
    /// @param id Id of the record
    /// @param record The record
    error NotaryAlreadyAnchored(bytes32 id, Record record);

    /// @notice The record's status does not allow the change.
    /// @param id Id of the record
    /// @param status Its status
    /// @param wanted Status that was asked for
    error NotaryStatusConflict(bytes32 id, uint8 status, uint8 wanted);

    /// @notice The last change that a record can count is kept for a final one.
    /// @param id Id of the record
    /// @param changes Changes so far
    error NotaryChangesExhausted(bytes32 id, uint256 changes);

    /// @notice A successor must be of the kind of what it succeeds.
    /// @param id Id of the record to be superseded
    /// @param kind Its kind
    /// @param successorKind Kind given
    error NotaryKindDiffers(bytes32 id, uint16 kind, uint16 successorKind);

    // ----------------------------------------------------------------- views

    /// @notice What the ledger says of a document or batch.
    /// @param id Id of the record
    /// @return record The packed word; zero: none
    function recordOf(bytes32 id) external view returns (Record record);

    /// @notice What takes the place of a superseded record.
    /// @param id Id of the record
    /// @return successor Id of the successor's record; zero: none
    function successors(bytes32 id) external view returns (bytes32 successor);

    /// @notice What a record was before one of its changes of status, kept from the second on.
    /// @param key `SHA-256(id || uint256(number of the change))`
    /// @return record The packed word; zero: none
    function pastRecords(bytes32 key) external view returns (Record record);

    /// @notice Head of the history of what a member anchored.
    /// @param member Number of the member
    /// @return head Count and chain
    function issuerHeads(uint256 member) external view returns (Head head);

    /// @notice Head of a subject's history.
    /// @param subject Key of the history
    /// @return head Count and chain
    function subjectHeads(bytes32 subject) external view returns (Head head);

    // ------------------------------------------------------------- anchoring

    /// @notice Anchors one document.
    /// @param entry The document
    /// @return id Id of its record
    function anchor(Entry calldata entry) external returns (bytes32 id);

    /// @notice Anchors 1 to 256 documents, each with a record of its own.
    /// @param entries The documents
    function anchorMany(Entry[] calldata entries) external;

    /// @notice Anchors any number of documents by one root.
    /// @dev Whether a link's leaf is under the root is for verifiers to check, by its inclusion path.
    /// @param root Root of the RFC 9162 tree over the documents' leaves
    /// @param size Number of the documents
    /// @param kind Code of their kind
    /// @param expiresAt Unix seconds at which all of them expire; 0: never
    /// @param links Documents that belong to subjects' histories, 0 to 512
    /// @return id Id of the batch's record
    function anchorRoot(bytes32 root, uint32 size, uint16 kind, uint40 expiresAt, SubjectLink[] calldata links)
        external
        returns (bytes32 id);

    // ------------------------------------------------------ changes of status

    /// @notice Revokes a document or batch of the caller's member, for good.
    /// @param leafOrRoot Leaf of the document, or root of the batch
    /// @param reason Code of the reason
    function revoke(bytes32 leafOrRoot, uint16 reason) external;

    /// @notice Suspends an active document or batch of the caller's member.
    /// @param leafOrRoot Leaf of the document, or root of the batch
    /// @param reason Code of the reason
    function suspend(bytes32 leafOrRoot, uint16 reason) external;

    /// @notice Reinstates a suspended document or batch of the caller's member.
    /// @param leafOrRoot Leaf of the document, or root of the batch
    /// @param reason Code of the reason
    function reinstate(bytes32 leafOrRoot, uint16 reason) external;

    /// @notice Puts a new document in the place of an active or suspended one of the caller's member, for good.
    /// @param leafOrRoot Leaf of the document to be superseded, or root of the batch
    /// @param successor The document that takes its place
    /// @param reason Code of the reason
    /// @return id Id of the successor's record
    function supersede(bytes32 leafOrRoot, Entry calldata successor, uint16 reason) external returns (bytes32 id);
}
