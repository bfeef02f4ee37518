// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Status} from "./Codes.sol";

/// @notice What the ledger says of a document or batch, in one word, from the most significant bit:
/// `issuer 32, kind 8, status 8, reason 8, changes 16, anchoredAt 40, expiresAt 40, changedAt 40, position 32, size 32`.
type Record is uint256;

using RecordLib for Record global;

/// @title RecordLib
/// @notice Reads and derives the words of `records`.
library RecordLib {
    uint256 private constant ISSUER = 224;
    uint256 private constant KIND = 216;
    uint256 private constant STATUS = 208;
    uint256 private constant REASON = 200;
    uint256 private constant CHANGES = 184;
    uint256 private constant ANCHORED_AT = 144;
    uint256 private constant EXPIRES_AT = 104;
    uint256 private constant CHANGED_AT = 64;
    uint256 private constant POSITION = 32;

    uint256 private constant STANDING_FIELDS = uint256(0xffff) << REASON | uint256(type(uint40).max) << CHANGED_AT;
    uint256 private constant EARLIER_CHANGE = uint256(0xffffffff) << CHANGES & ~(uint256(Status.ACTIVE) << STATUS);
    uint256 private constant FIXED_PLACE = type(uint64).max;

    /// @notice Most changes of status that a record can count.
    uint256 internal constant MAX_CHANGES = type(uint16).max;

    /// @notice A record newly anchored, by a single document or a root.
    /// @param issuer Member that anchors
    /// @param ofKind Code of the kind
    /// @param anchoredAt Unix seconds
    /// @param until Unix seconds; 0: never
    /// @param position Number of the record in the issuer's history, the first being 1
    /// @param size Number of documents under the root
    /// @return The word
    function anchored(uint256 issuer, uint16 ofKind, uint256 anchoredAt, uint40 until, uint256 position, uint256 size)
        internal
        pure
        returns (Record)
    {
        return Record.wrap(
            issuer << ISSUER | uint256(ofKind) << KIND | uint256(Status.ACTIVE) << STATUS | anchoredAt << ANCHORED_AT
                | uint256(until) << EXPIRES_AT | position << POSITION | size
        );
    }

    /// @notice The record after one more change of its status.
    /// @dev The caller sees to it that `changes` is below MAX_CHANGES. A document in a batch has no record before its first change: then the
    /// issuer is all that is known of it; else `issuer` is the one that the record has.
    /// @param self The word before
    /// @param issuer Member that anchored the document or its batch
    /// @param newStatus Code of the status
    /// @param newReason Code of the reason
    /// @param at Unix seconds
    /// @return The word after
    function changed(Record self, uint256 issuer, uint256 newStatus, uint256 newReason, uint256 at)
        internal
        pure
        returns (Record)
    {
        uint256 kept = Record.unwrap(self) & ~STANDING_FIELDS | issuer << ISSUER;
        unchecked {
            return
                Record.wrap((kept | newReason << REASON | at << CHANGED_AT) + ((newStatus << STATUS) + (1 << CHANGES)));
        }
    }

    /// @notice What `StatusChanged` tells: the record, and in the place of its position and size, which never change, the event's number.
    /// @param self The word
    /// @param sequence Number of the event, below 2^64
    /// @return The packed change
    function numbered(Record self, uint256 sequence) internal pure returns (uint256) {
        return Record.unwrap(self) & ~FIXED_PLACE | sequence;
    }

    /// @notice Whether the status never changed: the word is that of an anchored record as it was, or of a document in a batch, zero.
    /// @param self The word
    /// @return Whether it is the first change that comes now
    function isUnchanged(Record self) internal pure returns (bool) {
        return Record.unwrap(self) & EARLIER_CHANGE == 0;
    }

    /// @notice Whether there is a record at all.
    /// @param self The word
    /// @return False for the word of a document never anchored singly and never changed
    function exists(Record self) internal pure returns (bool) {
        return Record.unwrap(self) != 0;
    }

    /// @notice Kind of what was anchored.
    /// @param self The word
    /// @return Code of the kind; 0 for a document in a batch
    function kind(Record self) internal pure returns (uint8) {
        return uint8(Record.unwrap(self) >> KIND);
    }

    /// @notice When what was anchored expires.
    /// @param self The word
    /// @return Unix seconds; 0: never
    function expiresAt(Record self) internal pure returns (uint40) {
        return uint40(Record.unwrap(self) >> EXPIRES_AT);
    }

    /// @notice Standing.
    /// @param self The word
    /// @return Code of the status
    function status(Record self) internal pure returns (uint8) {
        return uint8(Record.unwrap(self) >> STATUS);
    }

    /// @notice Number of changes of status so far.
    /// @param self The word
    /// @return The count
    function changes(Record self) internal pure returns (uint256) {
        return uint16(Record.unwrap(self) >> CHANGES);
    }
}
