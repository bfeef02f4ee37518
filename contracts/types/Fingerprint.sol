// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Sha256} from "./Sha256.sol";

/// @title Fingerprint
/// @notice The hashes that name things on the ledger: SHA-256 alone, so that outsiders can recompute them with any tool.
library Fingerprint {
    /// @notice Leaf of a document: the RFC 9162 section 2.1.1 leaf hash of its two digests.
    /// @param sha256Digest SHA-256 of the document's bytes
    /// @param sm3Digest SM3 of the same bytes
    /// @return The leaf
    function leafOf(bytes32 sha256Digest, bytes32 sm3Digest) internal pure returns (bytes32) {
        return sha256(bytes.concat(bytes1(0x00), sha256Digest, sm3Digest));
    }

    /// @notice Id of a record. It holds the issuer, so that no member can take or reach another's.
    /// @param issuer Number of the member
    /// @param leafOrRoot Leaf of a document, or root of a batch
    /// @return The id
    function recordId(uint256 issuer, bytes32 leafOrRoot) internal view returns (bytes32) {
        return Sha256.ofPair(bytes32(issuer), leafOrRoot);
    }

    /// @notice Key in `pastRecords` of what a record was before one of its changes.
    /// @param id Id of the record
    /// @param change Number of the change, the first being 1
    /// @return The key
    function pastRecordKey(bytes32 id, uint256 change) internal view returns (bytes32) {
        return Sha256.ofPair(id, bytes32(change));
    }
}
