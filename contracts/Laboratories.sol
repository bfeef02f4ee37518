// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Acceptance} from "./laboratories/Acceptance.sol";
import {Accreditation} from "./laboratories/Accreditation.sol";
import {CompanionContract} from "./CompanionContract.sol";
import {ILedger} from "./interfaces/ILedger.sol";
import {CompanionKind} from "./types/Companion.sol";

/// @title Laboratories
/// @notice From a laboratory's accreditation to the acceptance of its reports by the destination.
contract Laboratories is Accreditation, Acceptance {
    /// @notice Names the ledger, for good.
    /// @param ledger_ The ledger
    constructor(ILedger ledger_) CompanionContract(ledger_, CompanionKind.LABORATORIES) {}
}
