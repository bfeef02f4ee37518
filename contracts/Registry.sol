// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CompanionContract} from "./CompanionContract.sol";
import {ILedger} from "./interfaces/ILedger.sol";
import {IRegistry} from "./interfaces/IRegistry.sol";
import {Account} from "./types/Account.sol";
import {Role} from "./types/Codes.sol";
import {CompanionKind} from "./types/Companion.sol";
import {Filing, FilingLib} from "./types/Filing.sol";
import {Sha256} from "./types/Sha256.sol";

/// @title Registry
/// @notice Parties and products, filed once. The order of the variables is part of the format (docs/spec/law.md section 5).
contract Registry is CompanionContract, IRegistry {
    /// @dev Number of the action that both shores can pause.
    uint8 private constant FILE = 0;

    /// @inheritdoc IRegistry
    mapping(bytes32 subject => Filing word) public filings; // slot 0
    /// @inheritdoc IRegistry
    mapping(bytes32 key => bytes32 digest) public filingDigests; // slot 1

    /// @notice Names the ledger, for good.
    /// @param ledger_ The ledger
    constructor(ILedger ledger_) CompanionContract(ledger_, CompanionKind.REGISTRY) {}

    /// @inheritdoc IRegistry
    function file(bytes32 subject, uint8 kind, bytes32 digest) external returns (uint256 version) {
        (Account account, uint256 sequence) = _enter(FILE, Role.CUSTOMS | Role.REGULATOR | Role.CERTIFIER, 1);
        if (subject == 0) revert RegistryFieldInvalid("subject");
        if (kind != FilingLib.PARTY && kind != FilingLib.PRODUCT) revert RegistryFieldInvalid("kind");
        if (digest == 0) revert RegistryFieldInvalid("digest");
        Filing word = filings[subject];
        if (!word.exists()) word = FilingLib.filed(kind, account.shore(), block.timestamp);
        if (word.shore() != account.shore()) revert CompanionShoreWrong(account.shore(), word.shore());
        if (word.kind() != kind) revert RegistryKindDiffers(subject, word.kind());
        word = word.updated(account.member(), block.timestamp);
        version = word.version();
        filings[subject] = word;
        filingDigests[Sha256.ofPair(subject, bytes32(version))] = digest;
        emit Filed(subject, digest, word, sequence);
    }
}
