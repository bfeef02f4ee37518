// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Filing} from "../types/Filing.sol";
import {ICompanion} from "./ICompanion.sol";

/// @title IRegistry
/// @notice Parties and products, filed once by their home shore and referred to by every document. Filing again makes a new version of the
/// same; earlier ones stay readable.
///
/// What holds, whoever calls: a filing's shore, kind and versions never change, and only its home shore adds a version. The texts stay with the
/// shore; their digests are here, under the subject's salted key.
interface IRegistry is ICompanion {
    /// @notice A party or product was filed, or filed anew.
    /// @param subject Salted subject key of the party (417) or product (01)
    /// @param digest SHA-256 of the filing's exact text
    /// @param word `kind 8, shore 8, version 32, member 32, filedAt 40, updatedAt 40, unused 96`
    /// @param sequence Number of this event
    event Filed(bytes32 indexed subject, bytes32 digest, Filing word, uint256 sequence);

    /// @notice A subject, kind or digest is missing or cannot be.
    /// @param field Name of the parameter
    error RegistryFieldInvalid(bytes32 field);

    /// @notice The subject was filed as something else.
    /// @param subject Subject given
    /// @param kind Code of the kind that it has
    error RegistryKindDiffers(bytes32 subject, uint8 kind);

    /// @notice How a subject is filed.
    /// @param subject Salted subject key
    /// @return word As in `Filed`; zero: not filed
    function filings(bytes32 subject) external view returns (Filing word);

    /// @notice Digest of a version of a filing.
    /// @param key `SHA-256(subject || uint256(version))`
    /// @return digest SHA-256 of its exact text; zero: none
    function filingDigests(bytes32 key) external view returns (bytes32 digest);

    /// @notice Files a subject, or a new version of one filed by the caller's shore.
    /// @param subject Salted subject key
    /// @param kind 1 party, 2 product
    /// @param digest SHA-256 of the filing's exact text
    /// @return version Number of the version, the first being 1
    function file(bytes32 subject, uint8 kind, bytes32 digest) external returns (uint256 version);
}
